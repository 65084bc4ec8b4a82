"""Stock Rasa: the default pipeline with DIET, trained on the project's own examples, for intents only.

As a script, `python -m bot.evaluation.baselines.diet IN OUT`, it trains where that has not been done yet and writes the
intent of each text. It runs in a process of its own: TensorFlow keeps its memory.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bot.evaluation.baselines.environment import CACHE, run_script
from bot.evaluation.figures import Prediction
from bot.evaluation.labels import Message
from bot.settings import ROOT

#: Far below Rasa's default of 100, which takes hours on two cores here; so the batches are large, too.
EPOCHS = 3
_EXAMPLES = ROOT / "data" / "nlu"
_CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "diet-baseline",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS, "batch_size": 256, "entity_recognition": False, "random_seed": 1},
    ],
    "policies": [{"name": "RulePolicy"}],
}


def predict(messages: Sequence[Message]) -> Mapping[Message, Prediction]:
    """The intent of each last turn; urgency is not its business. Raises BaselineError."""
    command = [sys.executable, "-m", "bot.evaluation.baselines.diet"]
    intents = run_script(command, [message.turns[-1] for message in messages], shown=True)
    return {message: Prediction(False, False, intent) for message, intent in zip(messages, intents, strict=True)}


def _model() -> Path:
    """The trained model, one for each state of the examples and the pipeline."""
    from rasa.model_training import train_nlu

    state = hashlib.sha256(json.dumps(_CONFIG).encode())
    for file in sorted(_EXAMPLES.glob("*.yml")):
        state.update(file.read_bytes())
    folder = CACHE / "diet"
    model = folder / f"{state.hexdigest()[:12]}.tar.gz"
    if not model.is_file():
        sys.stderr.write(f"diet: training {EPOCHS} epochs, which takes some minutes\n")
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "config.yml"
        config.write_text(yaml.safe_dump(_CONFIG), encoding="utf-8")
        train_nlu(str(config), str(_EXAMPLES), str(folder), fixed_model_name=model.name.removesuffix(".tar.gz"))
    return model


async def _intents(texts: Sequence[str]) -> list[str | None]:
    from rasa.core.agent import Agent

    agent = Agent.load(_model())
    return [(await agent.parse_message(text))["intent"]["name"] for text in texts]


def main(source: str, result: str) -> None:
    """Reads texts and writes intents, both as JSON files."""
    from bot.rasa_parts.quiet import quiet

    quiet()
    texts = json.loads(Path(source).read_text(encoding="utf-8"))
    # Training starts event loops of its own, so it is done before ours.
    _model()
    Path(result).write_text(json.dumps(asyncio.run(_intents(texts))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
