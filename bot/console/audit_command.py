"""`bot audit verify`: whether the audit log is still what was written."""

import argparse
import sys

from bot.console.audit import verify
from bot.console.keys import load_keys
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.database import DatabaseError, engine_for
from bot.storage.schema import upgrade


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one subcommand."""
    commands = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    commands.add_parser("verify", help="find rows that were changed, removed or put in afterwards")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where nothing was changed, 1 where something was, with a line for each place."""
    settings = Settings.from_environment()
    own = ConsoleSettings.from_environment(settings)
    try:
        engine = engine_for(settings.database)
        upgrade(engine)
    except DatabaseError as error:
        sys.stderr.write(f"bot audit: {error}\n")
        return 1
    with engine.connect() as connection:
        count, breaks = verify(connection, load_keys(settings.data_folder, own.key))
    lines = [found.text for found in breaks]
    if breaks:
        lines.append(f"The audit log is NOT what was written: {len(breaks)} places, {count} rows.")
    else:
        lines.append(f"The audit log is whole: {count} rows.")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if breaks else 0
