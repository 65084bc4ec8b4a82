"""Messages that only answer the question before."""

import pytest

from bot.language import Answer, Reader


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", Answer.YES), ("Yeah!", Answer.YES), ("yep, sure do", Answer.YES), ("afraid so", Answer.YES),
        ("no", Answer.NO), ("nope none of that", Answer.NO), ("No to every one of them", Answer.NO),
        ("not that i know of", Answer.NO), ("none of those, thanks", Answer.NO), ("no no no", Answer.NO),
        ("dunno", Answer.NOT_SURE), ("not sure really", Answer.NOT_SURE), ("hard to tell", Answer.NOT_SURE),
        ("no, only the left arm", None), ("yes on the lips", None), ("no fever", None), ("hello", None), ("", None),
    ],
)  # fmt: skip
def test_answer(reader: Reader, text: str, answer: Answer | None) -> None:
    """Yes, no and not sure in their many forms; nothing where more is said."""
    assert reader.read(text).answer is answer
