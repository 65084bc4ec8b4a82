"""Years beside a sign: what was then is over, what is back is there."""

import pytest

from bot.language.reader import Reader
from bot.language.verdict import verdict


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("had shingles 2014. now got itchy knees", "clear"),
        ("stroke 2013, left me a limp", "clear"),
        ("had blisters in 2014, now again", "escalate"),
        ("had shingles in 2014, now again", "ask"),
        ("blisters in 2014. now they are back", "escalate"),
        ("the skin is coming off me like it did in 2020", "escalate"),
        ("2019 was fine but my lips are swollen", "escalate"),
    ],
)
def test_a_year_ends_what_is_not_back(reader: Reader, text: str, action: str) -> None:
    """Said in few words, as patients list what they had."""
    assert verdict(reader.read(text)).action == action
