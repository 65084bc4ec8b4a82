"""`bot bench`: how fast the guide answers and what it needs, beside Rasa without the mends, in one run.

Each side is a fresh process that loads the same model and answers the same messages; they take turns, because a
machine that is busy for a while would otherwise favour one of them. Read the ratios, not the times.
"""

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

#: One turn each of the kinds that differ in what they need: rules and a card, the form, an action, small talk.
MESSAGES = (
    "itchy red rash on chest and arms for three days, no blisters",
    "my lips are swollen and I have trouble breathing",
    "what cream can I put on it?",
    "hello",
    "can I take omega-3 with my aspirin?",
    "what did the study about rash find?",
)
SIDES = {"guide": "with the mends", "stock": "Rasa as it comes"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `bot bench`."""
    parser.add_argument("--rounds", type=int, default=5, help="how often each side answers all messages (5)")
    parser.add_argument("--turns", type=int, default=60, help="length of the long conversation in turns (60)")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Runs both sides and prints a table; with --side, measures that side and prints JSON."""
    if args.side:
        print(json.dumps(asyncio.run(_measure(args.side, args.rounds, args.turns))))
        return 0
    results: dict[str, dict[str, float]] = {}
    for side, what in SIDES.items():
        print(f"{what.capitalize()} ...", flush=True)
        command = [sys.executable, "-m", "bot", "bench", "--side", side]
        command += ["--rounds", str(args.rounds), "--turns", str(args.turns)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr.strip().splitlines()[-1] if done.stderr else "failed", file=sys.stderr)
            return 1
        results[side] = json.loads(done.stdout.splitlines()[-1])
    print(table(results["guide"], results["stock"]))
    return 0


def table(guide: Mapping[str, float], stock: Mapping[str, float]) -> str:
    """Both sides with the ratio, one line a figure."""
    lines = [f"{'':34}{SIDES['guide']:>18}{SIDES['stock']:>20}{'ratio':>8}"]
    for name, value in guide.items():
        ratio = stock[name] / value if value else float("nan")
        lines.append(f"{name:34}{value:>18.2f}{stock[name]:>20.2f}{ratio:>8.2f}")
    return "\n".join(lines)


async def _measure(side: str, rounds: int, turns: int) -> dict[str, float]:
    from bot.rasa_parts.quiet import quiet

    quiet()
    from bot.rasa_parts import mends

    if side == "stock":
        mends.apply = lambda: None  # type: ignore[assignment]
    started = time.perf_counter()
    from bot.evaluation.ask import Talk
    from bot.language import Reader
    from bot.rasa_parts.agent import load_agent
    from bot.rasa_parts.findings_reader import listener

    agent: Any = load_agent()
    loaded = time.perf_counter() - started
    rules, net = Reader(with_safety_net=False), listener().reader
    # A number makes each message a new one: the encoder remembers those that it has just heard.
    messages = [f"{text} {number}" for number in range(20) for text in MESSAGES]
    by_rules = [_ms(lambda text=text: rules.read(text)) for text in messages]
    reading = [_ms(lambda text=text: net.read(text)) for text in messages]
    first = []
    for _ in range(rounds):
        for text in MESSAGES:
            begin = time.perf_counter()
            await Talk(agent).say(text)
            first.append(1000 * (time.perf_counter() - begin))
    long, talk = [], Talk(agent)
    for number in range(turns):
        begin = time.perf_counter()
        await talk.say(MESSAGES[2 + number % 4])
        long.append(1000 * (time.perf_counter() - begin))
    return {
        "start, s": loaded,
        "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rules reading, median ms": statistics.median(by_rules),
        "rules and net, median ms": statistics.median(reading),
        "first turn, median ms": statistics.median(first),
        "first turn, 95th ms": statistics.quantiles(first, n=20)[-1],
        "messages a second": 1000 / statistics.mean(first),
        f"turn {turns}, median ms of last 10": statistics.median(long[-10:]),
    }


def _ms(call: Any) -> float:
    begin = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - begin)
