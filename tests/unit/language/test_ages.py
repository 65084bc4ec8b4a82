"""How old somebody is tells nothing of how long a rash has lasted; a time after a mark is of what follows the mark."""

import pytest

from bot.language import Reader

TIMES = {"rash_onset", "lenalidomide_start"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am 74 years old and have an itchy rash since three days. I take Revlimid.", {"rash_onset": 3}),
        ("i'm 70 yrs, rash 2 weeks", {"rash_onset": 14}),
        ("my mother is 81 years old, rash since 2 days", {"rash_onset": 2}),
        ("Im 68 and have a rash for a week now, started revlimid 10 days ago",
         {"rash_onset": 7, "lenalidomide_start": 10}),
        ("started revlimid 3 weeks ago, rash for 4 days", {"rash_onset": 4, "lenalidomide_start": 21}),
        ("rash 3 days, started lenalidomide, 2 weeks ago", {"rash_onset": 3, "lenalidomide_start": 14}),
        ("she is 66 years of age, the rash began 5 days ago", {"rash_onset": 5}),
        ("the rash is two years old", {"rash_onset": 730}),
    ],
)  # fmt: skip
def test_only_times_are_times(reader: Reader, text: str, expected: dict[str, int]) -> None:
    """In days, as the summary for the team tells them."""
    findings = reader.read(text).findings
    assert {f.concept: f.measure.value for f in findings if f.concept in TIMES and f.measure} == expected
