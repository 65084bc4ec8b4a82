"""The reader by itself, without Rasa and intents, as a system to be measured."""

from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.evaluation.figures import Prediction
from bot.evaluation.labels import Message
from bot.language.reader import Reader
from bot.language.reading import Answer, Context, Finding, Reading, Status


class ReaderAlone:
    """Predicts with the reader and the plainest memory: what was told stays told until it is taken back."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

    def __call__(self, message: Message) -> Prediction:
        """The state after the last turn."""
        known: set[str] = set()
        mentioned: list[str] = []
        asked: tuple[str, ...] = ()
        reading = Reading("")
        for turn in message.turns:
            context = Context(asked=asked, mentioned=tuple(mentioned), known=tuple(sorted(known)), before=reading.text)
            reading = self._reader.read(turn, context)
            self._take(reading, known, mentioned, asked)
            asked = tuple(
                dict.fromkeys(f.concept for f in reading.findings if f.doubtful and f.concept in FLAG_OF_CONCEPT)
            )
        escalated = not known.isdisjoint(FLAG_OF_CONCEPT)
        reasons = tuple(_reason(f) for f in reading.findings if f.concept in FLAG_OF_CONCEPT)
        return Prediction(escalated, bool(asked) and not escalated, None, reasons)

    @staticmethod
    def _take(reading: Reading, known: set[str], mentioned: list[str], asked: tuple[str, ...]) -> None:
        if reading.answer is Answer.YES:
            known.update(asked)
        taken_back = "correction" in reading.notes
        present = {f.concept for f in reading.findings if f.stands}
        for finding in reading.findings:
            if finding.concept not in FLAG_OF_CONCEPT:
                if finding.concept in present:
                    known.add(finding.concept)
                continue
            if finding.concept in present:
                known.add(finding.concept)
            elif taken_back and finding.status in (Status.ABSENT, Status.PAST, Status.SOMEONE_ELSE):
                known.discard(finding.concept)
            if finding.status is not Status.PRESENT and finding.concept not in mentioned:
                mentioned.append(finding.concept)


def _reason(finding: Finding) -> str:
    doubt = ", asked" if finding.in_doubt else ""
    return f"{finding.concept} {finding.text!r}: {finding.status.value} ({finding.rule}){doubt}"
