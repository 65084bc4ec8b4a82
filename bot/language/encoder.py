"""Hears the meaning of a whole message: a small language model, fine-tuned on labelled messages of patients.

Word lists know only what somebody wrote into them; this model has read a great deal of English and knows that skin that
"stays on the towel" is peeling. It says how alarming a message sounds, of which red flag, and what the writer may want.
It decides nothing: `safety_net` may raise what the rules read, and the intent classifier weighs its opinion.

Made by scripts/make_encoder.py. Runs on onnxruntime, one thread, in a few milliseconds; no network, no PyTorch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parents[2] / "data" / "encoder"
#: In tokens. A longer message is heard in parts that overlap, so that time grows with its length and nothing is lost.
WINDOW, STRIDE = 200, 150
#: A message has at most 2,000 characters; text of more tokens than this is no language.
MOST_WINDOWS = 5
#: One message is heard by the reader and again by the classifier.
_REMEMBERED = 64


@dataclass(frozen=True)
class Heard:
    """What a message sounds like.

    alarm: how surely an urgent sign is there now, 0 to 1. flags: the same for each red flag by itself.
    intents: probabilities of what the writer wants, adding up to 1.
    """

    alarm: float
    flags: Mapping[str, float]
    intents: Mapping[str, float]


class Encoder:
    """The model with its words. `hear` keeps no state but the last few answers."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, labels: Mapping[str, list[str]]):
        """labels: {"flags": [...], "intents": [...]}, in the order of the model's outputs."""
        self._session = session
        self._tokenizer = tokenizer
        self._flags, self.intents = labels["flags"], labels["intents"]
        self.hear = lru_cache(maxsize=_REMEMBERED)(self._hear)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Encoder":
        """Reads model.onnx, tokenizer.json and labels.json. Raises where one is missing or damaged."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    def _hear(self, text: str) -> Heard:
        """The most alarming part decides about alarm; what is wanted is told by all parts together."""
        alarms, flags, intents = zip(*(self._run(part) for part in self._parts(text)), strict=True)
        wanted = np.mean(intents, axis=0)
        return Heard(
            float(max(alarms)),
            MappingProxyType(dict(zip(self._flags, np.max(flags, axis=0).tolist(), strict=True))),
            MappingProxyType(dict(zip(self.intents, wanted.tolist(), strict=True))),
        )

    def _parts(self, text: str) -> list[list[int]]:
        tokens = self._tokenizer.encode(text).ids
        first, inner, last = tokens[0], tokens[1:-1], tokens[-1]
        starts = range(0, max(len(inner) - (WINDOW - STRIDE), 1), STRIDE)
        return [[first, *inner[start : start + WINDOW], last] for start in starts][:MOST_WINDOWS]

    def _run(self, tokens: list[int]) -> tuple[float, npt.NDArray[Any], npt.NDArray[Any]]:
        alarm, flags, intents = self._session.run(None, {"tokens": np.array([tokens], np.int64)})
        return float(alarm[0]), flags[0], intents[0]


@lru_cache(maxsize=1)
def load_encoder(folder: Path = FOLDER) -> Encoder:
    """The encoder of this process: loading takes a moment."""
    return Encoder.load(folder)
