"""The command line: `bot ask`, `bot serve` and the others. Each command is imported only when it is called."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from bot.settings import ROOT, SettingsError


class CommandModule(Protocol):
    """What the module of a command has."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its options."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit code."""


#: Name of the command: its module, and what it does in a few words.
COMMANDS: dict[str, tuple[str, str]] = {
    "ask": ("bot.evaluation.ask", "talk to the guide here, or answer lines of JSON from standard input"),
    "read": ("bot.evaluation.read", "show what the reader makes of a message, and which rule decided"),
    "score": ("bot.evaluation.score", "measure the reading of labelled messages"),
    "bench": ("bot.evaluation.bench", "measure how fast the guide answers"),
    "serve": ("bot.serve", "start action server, Rasa and gateway, and stop them together"),
    "check": ("bot.check", "look at settings, ports and files without starting anything"),
    "coach": ("bot.console.coach_command", "manage the coaches who may review conversations"),
    "audit": ("bot.console.audit_command", "verify the console's audit log"),
    "demo": ("bot.evaluation.demo", "fill a database with made-up conversations"),
}


def is_here(name: str) -> bool:
    """Whether this installation has a command's module. Looks at files only: importing would run packages."""
    place = ROOT.joinpath(*COMMANDS[name][0].split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit code 2 for a command that isn't known or isn't there, else the command's own."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(prog="bot", description="The lenalidomide rash guide.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked_for = arguments[0] if arguments else ""
    if asked_for in COMMANDS and not is_here(asked_for):
        print(f"bot {asked_for}: not part of this version ({COMMANDS[asked_for][0]} is missing).", file=sys.stderr)
        return 2
    for name, (module_name, summary) in COMMANDS.items():
        if not is_here(name):
            continue
        subparser = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        # Only the command that was asked for is loaded, some take seconds to import.
        if name == asked_for:
            module = cast(CommandModule, importlib.import_module(module_name))
            module.add_arguments(subparser)
            subparser.set_defaults(module=module)
    args = parser.parse_args(arguments)
    try:
        return cast(CommandModule, args.module).run(args)
    except SettingsError as error:
        print(f"bot {asked_for}: {error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
