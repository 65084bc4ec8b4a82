"""What else may explain a sign leaves a question, and for a few slight signs none.

What shows that it is more makes it an alarm again.
"""

import pytest

from bot.language import Reader, verdict

#: A sign beside what may explain it, and what shows that it is more.
EXPLAINED = (
    ("I have been bleeding all month, my periods are heavy since the tubal", "and my platelets are low"),
    ("this drug helps my partial seizures, I have a seizure once a month", "today he had a new one and is blue"),
    ("numbness in my right leg, it is the sciatica the doctor says", "suddenly my speech is slurred"),
    ("AZO turned my pee dark orange", "and my eyes look yellow"),
    ("it burns my penis when I urinate, the UTI is back", "there are ulcers on the tip of my penis"),
    ("I can't swallow the tablets", "my throat is closing"),
    ("no period for two months on the depo shot", "and I take lenalidomide"),
    ("condom broke, I took ella the same day", "I am on thalidomide"),
    ("Nexplanon has me bleeding nonstop for a month", "I'm on Revlimid and my platelets are low"),
)  # fmt: skip
#: Slight signs with such a cause are not asked about, unless something more is told.
SETTLED = (
    ("everything hurts all over, fibromyalgia for ten years", "now with a rash that is raw"),
    ("bleeding between my periods since the implant", "and I'm on lenalidomide and my platelets are low"),
    ("a sinus infection again, on augmentin", "and the cut on my leg is full of pus"),
)  # fmt: skip
ALONE = (
    "I feel awful on this medicine", "the side effects made me feel lousy",
    "it made me very ill for a week",
)  # fmt: skip
COMPANY = ("and I have a rash", "and I have a fever", "I'm on lenalidomide", "he is grey and clammy")
#: An old or a bare disease, sleep and doses told by the hour, and words that mean something else here.
OTHER_SENSES = (
    "I wake every hour and have to go up to pee, then sleep again", "I was on 200 mg every 2 hours and am now on 1200",
    "my LDL went down to 104", "I am so confused about whether to restart", "it doesn't make sense to me",
    "he knocked me out cold in the ring thirty years ago", "I decided to end the medication",
    "the second line drug did not help", "periods heavy due to the fibroids", "I'm 43 and have pimples on my chin",
    "breasts tender", "the painful breats are from the pill", "my sleep has been terrible",
    "I'd like to use it until I die", "a yeast infection last year", "I felt out of it at work",
)  # fmt: skip
#: Ordinary doings with a place, and the sign of the same place.
DOINGS = (
    ("I put the drops in my eye", "and now it is swollen shut"),
    ("I rinse my mouth with salt water", "my mouth is full of ulcers"),
    ("I hold the pill under my tongue", "and my tongue swelled up"),
    ("the cream goes into my vagina", "it is raw and blistered"),
    ("I can finally breathe through my nose", "my throat is closing up now"),
    ("I close my eyes and rest", "they are glued shut with pus"),
)


@pytest.mark.parametrize(("told", "more"), EXPLAINED)
def test_what_may_explain_it_leaves_a_question(reader: Reader, told: str, more: str) -> None:
    """Asked about, not silent; with more it is an alarm."""
    assert verdict(reader.read(told)).action == "ask"
    assert verdict(reader.read(f"{told}, {more}")).action == "escalate"


@pytest.mark.parametrize(("told", "more"), SETTLED)
def test_what_explains_a_slight_sign_settles_it(reader: Reader, told: str, more: str) -> None:
    """Not asked about; with more it is an alarm."""
    assert verdict(reader.read(told)).action == "clear"
    assert verdict(reader.read(f"{told}, {more}")).action == "escalate"


@pytest.mark.parametrize("told", ALONE)
def test_feeling_very_ill_by_itself_is_asked_about(reader: Reader, told: str) -> None:
    """It may be sleep, a mood or any medicine."""
    assert verdict(reader.read(told)).action == "ask"


@pytest.mark.parametrize("company", COMPANY)
@pytest.mark.parametrize("told", ["I feel awful", "she is very ill"])
def test_feeling_very_ill_beside_a_rash_or_fever_alarms(reader: Reader, told: str, company: str) -> None:
    """Then it is part of a picture."""
    assert verdict(reader.read(f"{told}, {company}")).action == "escalate"


@pytest.mark.parametrize("told", OTHER_SENSES)
def test_other_senses_of_the_words_do_not_alarm(reader: Reader, told: str) -> None:
    """Read off public posts, in words of our own."""
    assert verdict(reader.read(told)).action != "escalate"


@pytest.mark.parametrize(("doing", "sign"), DOINGS)
def test_what_is_done_with_a_place_is_no_complaint_and_silences_none(reader: Reader, doing: str, sign: str) -> None:
    """The doing alone raises nothing; the sign of the same place beside it is heard."""
    assert verdict(reader.read(doing)).action == "clear"
    assert verdict(reader.read(f"{doing}, {sign}")).action == "escalate"
