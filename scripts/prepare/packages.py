"""The system's own package manager, for the few things that don't come from a Python registry."""

import os
import shutil
from typing import Dict, List, Mapping, Optional

from scripts.prepare.console import CommandFailed, Problem, run, step


def install_system_packages(names: Mapping[str, List[str]], why: str) -> None:
    """Installs packages by the first package manager that is here and may be used without a password.

    names: package names by manager ("apt-get", "dnf", "brew"); several are tried one after the other.
    why: what is missing, as the beginning of a sentence.
    Raises Problem, with the command to type, where no manager is here or none of the names could be installed.
    """
    manager = next((name for name in names if shutil.which(name)), None)
    if manager is None:
        raise Problem("{}, and no package manager of {} is here. Install it by hand.".format(why, ", ".join(names)))
    by_hand = "{}{} install {}".format("" if manager == "brew" else "sudo ", manager, names[manager][0])
    prefix = _as_administrator(manager)
    if prefix is None:
        raise Problem("{}. Install it as administrator and run this again:\n    {}".format(why, by_hand))
    environment: Dict[str, str] = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failures: List[str] = []
    with step("Installing {} with {}".format(" or ".join(names[manager]), manager)):
        if manager == "apt-get":
            try:
                run([*prefix, manager, "update", "-q"], env=environment)
            except CommandFailed as error:
                failures.append(error.tail(3))
        for name in names[manager]:
            options = ["--cask"] if manager == "brew" else ["-y"]
            try:
                run([*prefix, manager, "install", *options, name], env=environment)
            except CommandFailed as error:
                failures.append(error.tail(5))
            else:
                return
    raise Problem(
        "{}, and {} could not install it:\n{}\nInstall it by hand and run this again:\n    {}".format(
            why, manager, "\n".join(failures), by_hand
        )
    )


def _as_administrator(manager: str) -> Optional[List[str]]:
    """What goes before the command so that it may install: nothing, sudo without a password, or None if neither."""
    if manager == "brew" or os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        try:
            run(["sudo", "-n", "true"])
        except CommandFailed:
            return None
        return ["sudo", "-n"]
    return None
