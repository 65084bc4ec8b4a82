"""The browser for the tests of the pages: the system's own Chromium or Chrome, never a downloaded build."""

import os
import shutil
from typing import Optional

from scripts.prepare.console import CommandFailed, Problem, run
from scripts.prepare.packages import install_system_packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> Optional[str]:
    """The path of a Chromium that starts: the one that CHROMIUM names, or the first on the path; None without one."""
    for candidate in (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *_MAC):
        if candidate:
            try:
                run([candidate, "--version"])
            except CommandFailed:
                continue
            return candidate
    return None


def prepare_chromium() -> str:
    """The path of a Chromium, which is installed with the system's package manager where there is none."""
    found = find_chromium()
    if found:
        return found
    install_system_packages(
        {"apt-get": ["chromium", "chromium-browser"], "dnf": ["chromium"], "brew": ["chromium"]},
        "The tests of the pages need Chromium (or Chrome), and none is on the path",
    )
    found = find_chromium()
    if not found:
        raise Problem(
            "Chromium was installed but doesn't start. Say where a working one is: "
            "CHROMIUM=/path/to/chromium scripts/test"
        )
    return found
