"""`bot read`: what the reader makes of a message, and which rule decided each finding. Needs no model and no Rasa."""

import argparse
import sys
from collections.abc import Iterator

from bot.assessment.case import STEPS
from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.language import Reader
from bot.language.reading import Context, Finding, Reading
from bot.language.verdict import verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `bot read`."""
    parser.add_argument("text", nargs="*", help="a message; without one each line of standard input is read")
    parser.add_argument("--rules-only", action="store_true", help="without the safety net")
    parser.add_argument("--step", choices=STEPS, help="the question of the assessment that is open")
    parser.add_argument("--before", default="", metavar="TEXT", help="the patient's message before it")


def run(args: argparse.Namespace) -> int:
    """Prints one block for each message."""
    reader = Reader(with_safety_net=not args.rules_only)
    messages = [" ".join(args.text)] if args.text else (line.strip() for line in sys.stdin)
    for text in filter(None, messages):
        reading = reader.read(text, Context(step=args.step, before=args.before))
        print("\n".join(lines_of(reading)), flush=True)
    return 0


def lines_of(reading: Reading) -> Iterator[str]:
    """The message with what it leads to, then its findings: red flags first, each with what decided it."""
    yield f"{verdict(reading).action:<10}{reading.text}"
    if reading.answer:
        yield f"{'':<10}answers {reading.answer.value}"
    if reading.language != "en":
        yield f"{'':<10}in the language {reading.language}"
    for finding in sorted(reading.findings, key=lambda found: (found.concept not in FLAG_OF_CONCEPT, found.start)):
        yield f"{'':<10}{_line_of(finding)}"


def _line_of(finding: Finding) -> str:
    status = f"{finding.status.value}{', asked about' if finding.doubtful else ''}"
    flag = FLAG_OF_CONCEPT.get(finding.concept)
    name = f"{finding.concept} ({flag})" if flag and flag != finding.concept else finding.concept
    beside = [
        f"at {finding.site}" if finding.site else "",
        f"severity {finding.severity} of 4" if finding.severity is not None else "",
        f"{finding.measure.value:g} {finding.measure.unit}" if finding.measure else "",
        f"ground: {finding.ground.value}" if finding.ground else "",
    ]
    return "; ".join([f'{name}: {status}, in "{finding.text}"', *filter(None, beside), f"rule: {finding.rule}"])
