"""Runs the tests: Rasa's own on stories, then pytest over the rest, with one summary at the end.

The unit tests that need no model run while it is trained and the stories are tested.

usage: scripts/test [PART ...] [-- PYTEST OPTIONS]

parts, all of them where none is named:
  unit      rules, content, language, everything that needs no process beside it
  stories   training data, training, and the conversations in tests/stories as Rasa tests them
  service   the real processes and the scripts
  browser   the real pages in Chromium

Examples: scripts/test unit -- -k grade
          scripts/test unit -- tests/unit/language/test_undenied.py
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from scripts.prepare import ROOT
from scripts.prepare.__main__ import locked
from scripts.prepare.chromium import prepare_chromium
from scripts.prepare.console import CommandFailed, Problem, run, say, step
from scripts.prepare.model import MODEL, prepare_model, quiet_rasa

PARTS = ("unit", "stories", "service", "browser")
STORIES = ROOT / "tests" / "stories"

_CLOSING = re.compile(r"(no tests ran|.*\b\d+ (passed|failed|errors?|skipped|deselected)\b.*) in [\d.]+s.*")
_CORRECT = re.compile(r"CONVERSATION level.*?Correct:\s+(\d+) / (\d+)", re.DOTALL)


@dataclass
class Outcome:
    """How each step ended, in order: (step, "ok" or "FAILED", remark)."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def attempt(self, name: str, work: Callable[[], str]) -> bool:
        """Does one step and notes how it ended. `work` gives the remark; Problem and CommandFailed are failures."""
        began = time.monotonic()
        try:
            remark, mark = work(), "ok"
        except Problem as problem:
            remark, mark = str(problem).partition("\n")[0], "FAILED"
            print(f"\n{problem}\n", flush=True)
        except CommandFailed as error:
            remark, mark = "see above", "FAILED"
            print(f"\n{error.tail(60)}\n", flush=True)
        self.rows.append((name, mark, f"{time.monotonic() - began:.0f} s{', ' if remark else ''}{remark}"))
        return mark == "ok"

    @property
    def failed(self) -> bool:
        """Whether anything did."""
        return any(mark != "ok" for _, mark, _ in self.rows)

    def summary(self) -> str:
        """One line for each step."""
        lines = [f"  {name:<22}{mark:<8}{remark}" for name, mark, remark in self.rows]
        return "\n".join(["Summary:", *lines])


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 where everything passed, 1 where something failed, 2 for an unknown part."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parts, options = list(arguments[:split]), list(arguments[split + 1 :])
    if {"-h", "--help"} & set(parts):
        print((__doc__ or "").partition("\n\n")[2])
        return 0
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"scripts/test: there is no part {unknown[0]!r}. Parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    wanted = set(parts or PARTS)
    outcome = Outcome()
    if "browser" in wanted and not outcome.attempt("Chromium", _chromium):
        wanted.discard("browser")
    runs = _run(wanted, options, outcome)
    selected = any(ended.code != NO_TESTS for ended in runs)
    for ended in runs:
        passed = ended.code == 0 or (ended.code == NO_TESTS and selected)
        outcome.rows.append(("pytest", "ok" if passed else "FAILED", f"{', '.join(ended.folders)}: {ended.closing}"))
    print(f"\n{outcome.summary()}", flush=True)
    return 1 if outcome.failed else 0


def _run(wanted: set[str], options: Sequence[str], outcome: Outcome) -> "list[Pytest]":
    """Trains where that is needed, with the unit tests that can do without the model beside it; then runs the rest."""
    trains = bool(wanted & {"stories", "service", "browser"})
    runs = []
    with ExitStack() as stack:
        if "unit" in wanted:
            chosen = ["-m", "not model", *options] if trains else options
            runs.append(stack.enter_context(begun(_unless_named(["tests/unit"], options), chosen)))
        if "stories" in wanted:
            outcome.attempt("rasa data validate", _validate)
        trained = trains and outcome.attempt("rasa train", _model)
        if trained and "stories" in wanted:
            outcome.attempt("rasa test", _test_stories)
        for begun_before in runs:
            begun_before.finish()
        if trained:
            units = _unless_named(["tests/unit"], options)
            later = [(units, ["-m", "model", *options])] if "unit" in wanted else []
            folders = [f"tests/{part}" for part in ("service", "browser") if part in wanted]
            later += [(_unless_named(folders, options), list(options))] if folders else []
            for where, with_options in later:
                runs.append(stack.enter_context(begun(where, with_options)))
                runs[-1].finish()
    return runs


def _unless_named(folders: list[str], options: Sequence[str]) -> list[str]:
    """The folders to run, none where an option names the file or folder itself: pytest would run both.

    Only below tests: in "-k docs" the word names tests, though there is a folder of that name too.
    """
    named = (option.partition("::")[0] for option in options)
    return [] if any(name.startswith("tests/") and (ROOT / name).exists() for name in named) else folders


def _chromium() -> str:
    # The browser tests start what this variable names.
    os.environ["CHROMIUM"] = prepare_chromium()
    return os.environ["CHROMIUM"]


def _rasa(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rasa", *arguments]


def _validate() -> str:
    with step("Validating the training data"):
        run(_rasa("data", "validate", "--fail-on-warnings"), cwd=ROOT, env=quiet_rasa())
    return ""


def _model() -> str:
    with locked():
        prepare_model()
    return "current"


def _test_stories() -> str:
    # Without --e2e Rasa takes the intents as written and reads no message.
    arguments = (
        "--e2e",
        "--stories",
        str(STORIES),
        "--model",
        str(MODEL),
        "--out",
        "results",
        "--fail-on-prediction-errors",
    )
    with step("Testing the stories"):
        output = run(_rasa("test", "core", *arguments), cwd=ROOT, env=quiet_rasa())
    correct = _CORRECT.search(output)
    # Rasa is content where it finds no story at all.
    if not correct or int(correct[2]) == 0:
        raise Problem(f"Rasa found no stories in {STORIES}.")
    if correct[1] != correct[2]:
        raise Problem(f"{correct[1]} of {correct[2]} stories passed, see results/failed_test_stories.yml.")
    return f"{correct[1]} of {correct[2]} conversations"


#: What pytest says where its options select no test; of two runs one may well select none.
NO_TESTS = 5


@dataclass
class Pytest:
    """One run of pytest: what it ended with, and its closing line, once it has been waited for."""

    folders: Sequence[str]
    process: "subprocess.Popen[bytes]"
    output: TextIO
    code: int | None = None
    closing: str = ""

    def finish(self) -> None:
        """Waits for it, and meanwhile prints what it has to say."""
        say(f"pytest {' '.join(self.folders)}:")
        told = ""
        while self.code is None:
            time.sleep(_LOOK_EVERY)
            self.code = self.process.poll()
            new = self.output.read()
            sys.stdout.write(new)
            sys.stdout.flush()
            told += new
        lines = map(_plain, reversed(told.splitlines()))
        self.closing = next((line for line in lines if _CLOSING.fullmatch(line)), "")


@contextmanager
def begun(folders: Sequence[str], options: Sequence[str]) -> Iterator[Pytest]:
    """A run of pytest that goes on by itself; stopped at the end where it is still under way."""
    say(f"pytest {' '.join(folders or options)} ...")
    colour = "yes" if sys.stdout.isatty() else "no"
    # Written and read by two handles, each with its own place in the file.
    with (
        tempfile.NamedTemporaryFile("wb") as written,
        open(written.name, encoding="utf-8", errors="replace") as output,
    ):
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", f"--color={colour}", *folders, *options],
            cwd=ROOT,
            env={**quiet_rasa(), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Pytest(folders, process, output)
        finally:
            process.kill()
            process.wait()


#: Seconds between two looks at the output of a run.
_LOOK_EVERY = 0.5


def _plain(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line).strip("= ")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
