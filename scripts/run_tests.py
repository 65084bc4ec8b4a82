"""Runs the tests: Rasa's own on stories, then pytest once over the rest, with one summary at the end.

usage: scripts/test [PART ...] [-- PYTEST OPTIONS]

parts, all of them where none is named:
  unit      rules, content, language, everything that needs no process beside it
  stories   training data, training, and the conversations in tests/stories as Rasa tests them
  service   the real processes and the scripts
  browser   the real pages in Chromium

Example: scripts/test unit -- -k grade
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scripts.prepare import ROOT
from scripts.prepare.__main__ import locked
from scripts.prepare.chromium import prepare_chromium
from scripts.prepare.console import CommandFailed, Problem, run, say, step
from scripts.prepare.model import MODEL, prepare_model, quiet_rasa

PARTS = ("unit", "stories", "service", "browser")
STORIES = ROOT / "tests" / "stories"

_CLOSING = re.compile(r"=* ?(no tests ran|.*\b\d+ (passed|failed|errors?|skipped|deselected)\b.*) in [\d.]+s.*=*\s*")
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
    closing = ""
    if "browser" in wanted and not outcome.attempt("Chromium", _chromium):
        wanted.discard("browser")
    if "stories" in wanted:
        outcome.attempt("rasa data validate", _validate)
    if wanted & {"stories", "service", "browser"}:
        if not outcome.attempt("rasa train", _model):
            wanted &= {"unit"}
        elif "stories" in wanted:
            outcome.attempt("rasa test", _test_stories)
    folders = [f"tests/{part}" for part in PARTS if part != "stories" and part in wanted]
    if folders:
        code, closing = _pytest(folders, options)
        outcome.rows.append(("pytest", "ok" if code == 0 else "FAILED", ", ".join(folders)))
    print(f"\n{outcome.summary()}", flush=True)
    if closing:
        print(closing, flush=True)
    return 1 if outcome.failed else 0


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


def _pytest(folders: Sequence[str], options: Sequence[str]) -> tuple[int, str]:
    """Runs pytest, with its output as it comes but for its closing line; the exit code and that line."""
    say(f"pytest {' '.join(folders)} ...")
    colour = "yes" if sys.stdout.isatty() else "no"
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", f"--color={colour}", *folders, *options],
        cwd=ROOT,
        env={**quiet_rasa(), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    closing = ""
    for line in process.stdout:
        if closing:
            print(closing, flush=True)
            closing = ""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
        if _CLOSING.fullmatch(plain):
            closing = line.rstrip("\n")
        else:
            sys.stdout.write(line)
            sys.stdout.flush()
    return process.wait(), closing


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
