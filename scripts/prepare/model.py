"""The trained model in models/: trained again when something that it was made from has changed."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Dict, Iterator

from scripts.prepare import ROOT
from scripts.prepare.console import CommandFailed, Problem, need_space, run, say, step
from scripts.prepare.registry import explain

MODEL = ROOT / "models" / "guide.tar.gz"
STAMP = ROOT / "models" / "guide.stamp"

#: What a model is made from: training data, content with the lexicon, and the code that runs while training.
INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "requirements.lock",
    "bot/rasa_parts",
    "bot/language",
    "bot/knowledge",
    "bot/clinical",
    "bot/assessment",
)

#: What training needs on the disk while it runs, in MB.
SPACE_MB = 500


def quiet_rasa() -> Dict[str, str]:
    """The environment for Rasa's commands: nothing is reported to anyone, and TensorFlow keeps still."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def is_current() -> bool:
    """Whether there is a whole model that was trained from what is here now."""
    if not MODEL.is_file() or not STAMP.is_file():
        return False
    return STAMP.read_text() == _stamp(ROOT, MODEL)


def prepare_model() -> None:
    """Trains where there is no model, a damaged one, or one of other training data. Never leaves half a model."""
    if is_current():
        return
    reason = "something it was made from has changed" if MODEL.is_file() else "there is none yet"
    need_space(ROOT, SPACE_MB, "train the model")
    workshop = ROOT / "models" / ".training"
    shutil.rmtree(str(workshop), ignore_errors=True)
    workshop.mkdir(parents=True)
    # --force: Rasa's own cache doesn't look into the modules that its components use.
    command = [
        str(ROOT / ".venv" / "bin" / "python"),
        *("-m", "rasa", "train", "--force", "--out", str(workshop), "--fixed-model-name", "guide"),
    ]
    try:
        with step("Training the model ({}; two to five minutes)".format(reason)):
            run(command, cwd=ROOT, env=quiet_rasa())
        trained = workshop / "guide.tar.gz"
        if not trained.is_file():
            raise Problem("Rasa trained without an error but wrote no model. Try `.venv/bin/rasa train` to see more.")
        os.replace(str(trained), str(MODEL))
        STAMP.write_text(_stamp(ROOT, MODEL))
    except CommandFailed as error:
        raise explain(error, "train the model") from error
    finally:
        shutil.rmtree(str(workshop), ignore_errors=True)
    say("The model is trained.")


def _stamp(root: Path, model: Path) -> str:
    inputs = hashlib.sha256()
    for path in _files(root):
        inputs.update("{}\0".format(path.relative_to(root)).encode())
        inputs.update(hashlib.sha256(path.read_bytes()).digest())
    return "{}\n{}\n".format(inputs.hexdigest(), hashlib.sha256(model.read_bytes()).hexdigest())


def _files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        place = root / name
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        for path in found:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
