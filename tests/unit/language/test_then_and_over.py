"""A time of long ago and an ending, each too loose to clear a sign by itself, clear it together; a new statement, an
ending of something else or a word of now keeps it asked about."""

import pytest

from bot.language import Reader, verdict

SIGNS = ("blisters", "mouth sores", "a fever", "purple spots", "swollen lips", "wheezing")
OVER = (
    "In 2018 on vancomycin I got a rash, {s}, liver trouble. I'm fully recovered. Now I start Revlimid",
    "Five weeks in I got {s}, four nights in hospital. That was 2014, healed with no scars",
    "Took two tablets and ended up with {s}, ambulance and all. 3 yrs ago, fine ever since",
    "I had {s} so badly that I lived on soup. That was nearly four years ago and I made a full recovery",
    "I was on Bactrim and I had {s}, my roommate drove me to the ER. Twenty six years ago lol",
    "Carbamazepine did for me in the nineties, rash, {s}, the lot. Two months, then it all cleared",
    "had {s} in march, finished the course, all clear. can I still get the vaccine",
    "I had {s} in 2015, gone after piriton. My consultant wants me to have contrast again",
)
NOT_SURELY_OVER = (
    "{s}, I had eczema years ago, all healed",
    "{s}, had shingles in 2014 that healed",
    "{s} and chills, my appendix was in 1999, fully recovered",
    "In 2018 I had {s}, fully recovered. Since Tuesday they are back again",
    "in the past it was only itchy. {s} on my arms",
    "In 2019 my shingles healed. {s} since last night",
    "{s}. In 2019 I had shingles, fully healed.",
    "three months ago I started getting {s}. The itch has cleared",
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("frame", OVER)
def test_what_is_of_long_ago_and_over_is_no_sign(reader: Reader, frame: str, sign: str) -> None:
    """Neither escalated nor asked about: the two say it together."""
    assert verdict(reader.read(frame.format(s=sign))).action == "clear"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("frame", NOT_SURELY_OVER)
def test_what_may_be_of_now_is_never_cleared(reader: Reader, frame: str, sign: str) -> None:
    """The time or the ending may be of something else."""
    assert verdict(reader.read(frame.format(s=sign))).action != "clear"
