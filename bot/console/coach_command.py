"""`bot coach`: add coaches and manage their access from the command line, where the first one has to come from."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.engine import Connection, Row

from bot.console import coaches
from bot.console.audit import audit
from bot.console.errors import ConsoleError
from bot.console.keys import Keys, load_keys
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.database import DatabaseError, engine_for, writing
from bot.storage.schema import upgrade

WHO = "(command line)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommands."""
    commands = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = commands.add_parser("add", help="add a coach and print a one-time link for setting up access")
    add.add_argument("name", metavar="NAME")
    roles = ", ".join(f"{role.value} {role.meaning}" for role in Role)
    add.add_argument("--role", choices=[role.value for role in Role], default="coach", help=f"{roles} (coach)")
    commands.add_parser("list", help="list all coaches")
    reset = commands.add_parser("reset", help="print a new one-time link; password and sessions end at once")
    reset.add_argument("name", metavar="NAME")
    disable = commands.add_parser("disable", help="take a coach's access away")
    disable.add_argument("name", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 1 with the reason."""
    settings = Settings.from_environment()
    own = ConsoleSettings.from_environment(settings)
    try:
        engine = engine_for(settings.database)
        upgrade(engine)
        with writing(engine) as connection:
            return _COMMANDS[args.what](connection, load_keys(settings.data_folder, own.key), own, args)
    except (ConsoleError, DatabaseError) as error:
        print(f"bot coach: {getattr(error, 'message', error)}", file=sys.stderr)
        return 1


def _add(connection: Connection, keys: Keys, own: ConsoleSettings, args: argparse.Namespace) -> int:
    role = Role(args.role)
    coach_id = coaches.add(connection, args.name, role, time.time())
    audit(connection, keys, WHO, "coach added", args.name, {"role": role.value})
    _print_link(connection, keys, own, coach_id)
    if role is not Role.LEAD and not coaches.other_leads(connection, coach_id):
        print("There is no lead yet, who exports, erases and manages coaches: bot coach add NAME --role lead")
    return 0


def _list(connection: Connection, *_: object) -> int:
    found = coaches.everyone(connection)
    for coach in found:
        print(f"{coach.name:<24} {coach.role:<7} {_state(coach)}")
    if not found:
        print("There is no coach yet: bot coach add NAME --role lead")
    return 0


def _reset(connection: Connection, keys: Keys, own: ConsoleSettings, args: argparse.Namespace) -> int:
    coach = _named(connection, args.name)
    coaches.enable(connection, coach.id)
    audit(connection, keys, WHO, "coach reset", coach.name)
    _print_link(connection, keys, own, coach.id)
    return 0


def _disable(connection: Connection, keys: Keys, own: ConsoleSettings, args: argparse.Namespace) -> int:
    coach = _named(connection, args.name)
    coaches.disable(connection, coach.id, time.time())
    audit(connection, keys, WHO, "coach disabled", coach.name)
    print(f"{coach.name} has no access any more. `bot coach reset` gives it back.")
    return 0


_COMMANDS: dict[str, Callable[[Connection, Keys, ConsoleSettings, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "reset": _reset,
    "disable": _disable,
}


def set_up_link(own: ConsoleSettings, token: str) -> str:
    """The address that a coach opens. The token stands in the query, which is not logged."""
    return f"{own.public_url}/set-up?{urlencode({'key': token})}"


def _print_link(connection: Connection, keys: Keys, own: ConsoleSettings, coach_id: int) -> None:
    now = time.time()
    token = coaches.invite(connection, keys, coach_id, now)
    until = datetime.fromtimestamp(now + coaches.LINK_AGE)
    print(f"Open this once, until {until:%Y-%m-%d %H:%M}, to set a password and a second factor:")
    print(set_up_link(own, token))


def _named(connection: Connection, name: str) -> Row:
    coach = coaches.find(connection, name)
    if coach is None:
        raise ConsoleError(404, "Not found", f"there is no coach {name}. See: bot coach list")
    return coach


def _state(coach: Row) -> str:
    if coach.disabled_at is not None:
        return "no access"
    return "active" if coach.password_hash else "not set up"
