"""The vocabulary of signs is complete."""

from bot.clinical.signs import FLAG_OF, NAME_OF_SIGN, RASH_SIGNS, RED_FLAGS, URGENCY_OF_SIGN, Sign, Urgency


def test_every_sign_has_a_tier_and_a_name() -> None:
    """No sign can be reported that the rules or the explanation do not know."""
    assert set(URGENCY_OF_SIGN) == set(NAME_OF_SIGN) == set(Sign)
    assert len(set(NAME_OF_SIGN.values())) == len(Sign)


def test_every_red_flag_is_urgent_or_more() -> None:
    """A sign that belongs to a red flag is never less than urgent on its own, and only such a sign is."""
    for sign in Sign:
        assert (URGENCY_OF_SIGN[sign].rank >= Urgency.URGENT.rank) is (sign.flag is not None), sign


def test_red_flags_are_named_once() -> None:
    """The list of red flags holds each name of the table once."""
    assert set(RED_FLAGS) == set(FLAG_OF.values())
    assert len(RED_FLAGS) == len(set(RED_FLAGS))


def test_signs_of_the_skin_are_rashes() -> None:
    """What is itself a rash outweighs "I have no rash"; sores of mouth or eyes do not."""
    assert Sign.HIVES in RASH_SIGNS
    assert not RASH_SIGNS & {Sign.MOUTH_SORES, Sign.EYE_INFLAMMATION, Sign.FEVER}
