"""Baselines that clear a keyword where a published negation algorithm says so: negspacy and medspaCy's ConText."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.baselines.environment import python_with, run_script
from bot.evaluation.baselines.keywords import keywords, plain_quotes
from bot.evaluation.figures import Prediction
from bot.evaluation.labels import Message


@dataclass(frozen=True)
class NegationBaseline:
    """A script beside this file, and the packages of the environment that it runs in."""

    name: str
    script: str
    requirements: tuple[str, ...]

    def predict(self, messages: Sequence[Message]) -> Mapping[Message, Prediction]:
        """Escalates where a keyword stands that is not cleared. Raises BaselineError."""
        python = python_with(self.name, self.requirements)
        texts = [plain_quotes(turn) for message in messages for turn in message.turns]
        script = Path(__file__).with_name(self.script)
        found = iter(run_script([python, script], {"keywords": keywords(), "texts": texts}))
        predictions = {}
        for message in messages:
            told = [(word, status) for _ in message.turns for word, status in next(found)]
            reasons = tuple(f"keyword {word!r}: {status}" for word, status in told)
            predictions[message] = Prediction(any(s == "present" for _, s in told), False, None, reasons)
        return predictions


NEGSPACY = NegationBaseline("negspacy", "negspacy_script.py", ("negspacy==1.0.4",))
# spaCy 3.7, which it takes on Python 3.10, is built for NumPy 1.
CONTEXT = NegationBaseline("medspacy", "context_script.py", ("medspacy==1.3.1", "numpy<2"))
