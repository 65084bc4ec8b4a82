"""`bot serve`: action server, Rasa and gateway, started together, watched, and stopped together."""

import argparse
import os
import sys
import tarfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import yaml

from bot import check, readiness
from bot.processes import Command, Ended, Interrupted, Processes, interruptible
from bot.settings import ROOT, Settings

DEFAULT_MODEL = ROOT / "models" / "guide.tar.gz"

#: A phase that takes longer than this says so again, in seconds.
HEARTBEAT = 15.0

ACTIONS, RASA, GATEWAY = "action server", "Rasa server", "gateway"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `bot serve`."""
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL, help="trained model (models/guide.tar.gz)")
    parser.add_argument("--only", choices=["console"], help="start the coach's console alone, on its own port")


def run(args: argparse.Namespace) -> int:
    """Runs until Ctrl-C (exit code 0), or until one of the processes can't start or ends (1)."""
    settings = Settings.from_environment()
    if args.only:
        # Alone it needs no watching: it runs in this process's place.
        os.execv(sys.executable, [sys.executable, "-m", "bot.console"])
    if check.report(check.problems(settings)):
        return 1
    if check.runs_here(settings.rasa_url) and check.report(_model_problems(args.model)):
        return 1
    processes = Processes(settings.data_folder / "log", ROOT)
    try:
        with interruptible():
            try:
                _serve(settings, args.model, processes)
            except Ended as ended:
                print(f"\n{ended}", file=sys.stderr)
                return 1
            except readiness.NotReady as late:
                print(f"\n{late} {processes.tail(late.part)}", file=sys.stderr)
                return 1
            except Interrupted:
                print("\nStopping ...", flush=True)
                return 0
            finally:
                processes.stop()
    finally:
        print("Stopped.", flush=True)


def _model_problems(model: Path) -> Iterator[str]:
    """Rasa also starts without a model that it can read, and then answers nothing."""
    if not model.is_file():
        yield f"There is no trained model at {model}. Make one: scripts/train"
        return
    try:
        with tarfile.open(model) as archive:
            archive.getmembers()
    except (tarfile.TarError, OSError, EOFError, zlib.error):
        yield f"The trained model {model} is damaged. Make it again: scripts/train --force"


def _serve(settings: Settings, model: Path, processes: Processes) -> NoReturn:
    """Starts everything and watches it. Ends only by an exception."""
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:4.0f} s] {text}", flush=True)

    wanted = list(commands(settings, model))
    say(f"Starting {', '.join(command.name for command in wanted)} ...")
    processes.start(wanted)
    with _heartbeat(say):
        for progress in readiness.wait(settings, processes.check, processes.log_file(GATEWAY)):
            say(progress)
    processes.keep_words_out_of_logs()
    places = [*readiness.pages(settings), ("Logs", str(settings.data_folder / "log"))]
    lines = [f"    {title:<24}{place}" for title, place in places]
    print("\nThe guide is ready.", *lines, "Ctrl-C stops it.", sep="\n", flush=True)
    while True:
        processes.check()
        time.sleep(0.5)


def commands(settings: Settings, model: Path) -> Iterator[Command]:
    """What to start, in this order. Parts whose address is on another machine are run by somebody else."""
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # Rasa's debug lines quote every message.
        "LOG_LEVEL": "INFO",
        # The action server has no option for it and would listen to the whole network.
        "SANIC_HOST": "127.0.0.1",
    }
    python = [sys.executable, "-m"]
    if check.runs_here(settings.actions_url):
        # The module that `rasa run actions` starts, without Rasa itself, which takes 8 s and 500 MB to import.
        arguments = [*python, "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)]
        yield Command(ACTIONS, arguments, environment)
    if check.runs_here(settings.rasa_url):
        arguments = [*python, "rasa", "run", "--interface", "127.0.0.1", "--port", str(settings.rasa_port)]
        arguments += ["--model", str(model), "--endpoints", str(_endpoints(settings))]
        yield Command(RASA, arguments, environment)
    yield Command(GATEWAY, [*python, "bot.web"], environment)


def _endpoints(settings: Settings) -> Path:
    """endpoints.yml, or a copy of it in the data folder where the action server is set to another address."""
    own = ROOT / "endpoints.yml"
    endpoints = yaml.safe_load(own.read_text(encoding="utf-8")) or {}
    wanted = settings.actions_url + "/webhook"
    action_endpoint = endpoints.setdefault("action_endpoint", {})
    if action_endpoint.get("url") == wanted:
        return own
    action_endpoint["url"] = wanted
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = settings.data_folder / "endpoints.yml"
    copy.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return copy


@contextmanager
def _heartbeat(say: Callable[[str], None]) -> Iterator[None]:
    """Says every 15 seconds that starting goes on."""
    over = threading.Event()

    def remind() -> None:
        while not over.wait(HEARTBEAT):
            say("    still starting")

    threading.Thread(target=remind, daemon=True).start()
    try:
        yield
    finally:
        over.set()
