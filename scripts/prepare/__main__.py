"""`python -m scripts.prepare environment model chromium`: makes the named things ready, in this order."""

import errno
import fcntl
import sys
from contextlib import contextmanager
from typing import Iterator, List

from scripts.prepare import ROOT
from scripts.prepare.chromium import prepare_chromium
from scripts.prepare.console import Problem, say
from scripts.prepare.environment import prepare_environment
from scripts.prepare.model import prepare_model

PARTS = {"environment": prepare_environment, "model": prepare_model, "chromium": prepare_chromium}


def main(arguments: List[str]) -> int:
    """Exit code 0 where all is ready; 1 with a plain sentence on standard error where it is not; 130 on Ctrl-C."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown or not arguments:
        sys.stderr.write("usage: python -m scripts.prepare {}\n".format(" ".join(PARTS)))
        return 2
    try:
        with locked():
            for name in arguments:
                PARTS[name]()
    except Problem as problem:
        sys.stderr.write("\nStopped. {}\n".format(problem))
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        sys.stderr.write("\nStopped. Can't write to {}: {}.\n".format(error.filename or ROOT, error.strerror))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped by you. Run this again to go on: what is done is kept.\n")
        return 130
    return 0


@contextmanager
def locked() -> Iterator[None]:
    """Waits for another run that is preparing the same folder, and keeps others out."""
    # Health data goes there later: for its owner only.
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with (ROOT / "var" / "prepare.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another run that is installing or training here ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
