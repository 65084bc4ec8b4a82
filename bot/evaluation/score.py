"""`bot score`: measures systems on labelled messages of patients.

`python -m bot.evaluation.score FILE` does so for the reader alone, without loading Rasa.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.evaluation.figures import Prediction, Score, markdown_table, score
from bot.evaluation.labels import LabelError, Message, load
from bot.evaluation.negex import load_kit, measure
from bot.evaluation.reader_alone import ReaderAlone
from bot.language.reader import Reader

Predict = Callable[[Message], Prediction]
#: A labelled file by its name: what it holds.
Sets = dict[str, tuple[Message, ...]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `bot score`."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled messages, JSON lines")
    parser.add_argument("--reader-only", action="store_true", help="the reader without Rasa: no intents")
    parser.add_argument("--rules-only", action="store_true", help="the reader without its statistical safety net")
    parser.add_argument("--baselines", action="store_true", help="keyword list, negspacy, ConText and stock Rasa too")
    parser.add_argument("--table", action="store_true", help="one Markdown table: rules, reader and whole assistant")
    parser.add_argument("--json", action="store_true", help="one JSON object for each file and system")
    parser.add_argument("--quiet", action="store_true", help="totals only, without the list of errors")
    parser.add_argument("--model", type=Path, default=None, help="model file or folder (models/)")
    parser.add_argument("--negex", type=Path, metavar="KIT", help="F1 of negation on the public NegEx kit")


def run(args: argparse.Namespace) -> int:
    """Runs the command; 2 for labels, a kit or a model that can't be used."""
    try:
        if not args.files and not args.negex:
            raise LabelError("needs a FILE of labelled messages, or --negex KIT")
        sets: Sets = {}
        for path in args.files:
            name = path.stem if path.stem not in sets else str(path)
            sets[name] = load(path)
        if args.negex:
            print(measure(load_kit(args.negex), Reader(with_safety_net=False)))
        with ExitStack() as stack:
            results = _results(args, sets, stack)
            if args.table:
                print(markdown_table(list(results)))
                return 0
            for name, system, result in results:
                if args.json:
                    row = {"file": name, "system": system, **result.as_json(errors=not args.quiet)}
                    print(json.dumps(row, ensure_ascii=False), flush=True)
                else:
                    print(
                        f"{name}, {len(sets[name])} messages: {system}\n{result.report(not args.quiet)}\n", flush=True
                    )
    except (LabelError, FileNotFoundError) as error:
        print(f"bot score: {error}", file=sys.stderr)
        return 2
    return 0


def _results(args: argparse.Namespace, sets: Sets, stack: ExitStack) -> Iterator[tuple[str, str, Score]]:
    """File, system and figures, file by file."""
    systems = list(_systems(args, stack)) if sets else []
    for name, messages in sets.items():
        told = messages
        for system, predict in systems:
            predictions = {message: predict(message) for message in messages}
            yield name, system, score(messages, predictions.__getitem__)
            told = tuple(message for message in messages if not predictions[message].escalated)
        if args.baselines:
            for system, result in _baselines(messages, told):
                yield name, system, result


def _systems(args: argparse.Namespace, stack: ExitStack) -> Iterator[tuple[str, Predict]]:
    """What of ours is to be measured; the whole assistant comes last, for it takes longest to load."""
    if args.rules_only or args.table:
        yield "rules alone", ReaderAlone(Reader(with_safety_net=False))
    if (args.reader_only and not args.rules_only) or args.table:
        yield "reader alone", ReaderAlone()
    if not (args.reader_only or args.rules_only):
        # Rasa takes seconds to import and hundreds of megabytes.
        from bot.evaluation.whole_assistant import whole_assistant

        yield "whole assistant", stack.enter_context(whole_assistant(args.model))


def _baselines(messages: Sequence[Message], told: Sequence[Message]) -> Iterator[tuple[str, Score]]:
    """The baselines' figures; one that can't be had is named with the reason.

    told: the messages that our own system did not escalate, on which intents are compared.
    """
    from bot.evaluation.baselines import diet
    from bot.evaluation.baselines.environment import BaselineError
    from bot.evaluation.baselines.keywords import keyword_list
    from bot.evaluation.baselines.negation import CONTEXT, NEGSPACY

    yield "keyword list", score(messages, keyword_list)
    for name, predict, on in (
        ("negspacy 1.0.4", NEGSPACY.predict, messages),
        ("medspaCy ConText", CONTEXT.predict, messages),
        (f"stock Rasa, DIET, {diet.EPOCHS} epochs", diet.predict, told),
    ):
        try:
            result = score(on, predict(on).__getitem__)
        except BaselineError as error:
            print(f"bot score: {name} is left out: {error}", file=sys.stderr)
            continue
        yield name, result.intents_only() if predict is diet.predict else result


def main(arguments: Sequence[str]) -> int:
    """The reader alone, as a module."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.score", description="Measures the reader alone.")
    add_arguments(parser)
    args = parser.parse_args(arguments)
    args.reader_only = True
    return run(args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
