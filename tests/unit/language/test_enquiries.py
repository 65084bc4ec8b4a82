"""Lists of signs that somebody asked about, ticked or denied in a clinician's way: only a plain no clears."""

import pytest

from bot.language import Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        "Nurse asked us about fever, blisters, trouble breathing - none of those",
        "I asked about blisters and his mouth and he said nope",
        "they asked about blisters and mouth sores. No to both",
        "fever N, swelling of face N, blisters N, mouth sores N, new medication Y",
        "Denies fever, dysphagia, dyspnoea, oral ulcers, bullae, facial oedema. Itch moderate",
        "Rash torso. Negatives: peeling, blistering, mucosal involvement, fever. Positive: itch",
    ],
)
def test_a_plain_no_clears_the_list(reader: Reader, text: str) -> None:
    """Each item is read as denied, and nobody is asked again."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    "text",
    [
        # what follows is no answer
        "The nurse asked about blisters, no idea why, I have them on both hands",
        "She asked if I had fever and no one called me back, temp is 102",
        "They asked about mouth sores. No appointment till Friday",
        "the nurse asked about fever, sores and blisters, nothing works on them",
        "he asked about my blisters, no let up in them",
        "doc asked about sores in my mouth, not sure if these count",
        "they asked about my blisters",
        # a new statement within the sentence
        "Denies pain, lips swollen and blue since noon",
        "Denies fever but has oral ulcers",
        "tested negative, fever and lips swollen",
        "swab was negative but blisters everywhere",
        # "n" is "and"
        "blisters n mouth sores n fever",
        # two denials undo each other
        "can't say a full sentence without stopping for a breath",
        # the writer reports for the patient
        "I'm just the neighbor typing. Lady is 80, she says heavy chest and can't catch her breath",
        # a harmless cause does not clear a bleeding
        "black stool after iron tablets, dizzy",
    ],
)
def test_anything_less_than_a_plain_no_is_asked_about_or_escalated(reader: Reader, text: str) -> None:
    """Silence is not an outcome."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize("sign", ["swollen lips", "trouble breathing", "chest pain", "sores", "a fever"])
@pytest.mark.parametrize(
    "question",
    [
        "is {} from the revlimid", "could {} be the revlimid",
        "should I worry about {}", "do I need to worry about {}",
    ],
)  # fmt: skip
def test_who_asks_for_the_cause_or_whether_to_worry_is_asked(reader: Reader, question: str, sign: str) -> None:
    """It is there as a rule, and a question in general as well; whether it can happen at all is only that."""
    assert verdict(reader.read(question.format(sign))).action != "clear"
    assert verdict(reader.read(f"can revlimid cause {sign}")).action == "clear"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (
            "The nurse read me the list: any blisters, any sores, puffy face, skin coming away. It went on for ages",
            "ask",
        ),
        ("The form asks: have you ever had chest pain, clots, stroke, jaundice. Ancient history counts too?", "ask"),
        ("The checklist asked: chest pain, puffy face? I said no to all", "clear"),
        # one's own list is told, and so is what a leaflet only warns of
        ("My list reads: blisters on both arms, puffy face, fever 39", "escalate"),
        ("They read me the list: risk of clots, stroke and liver failure", "clear"),
    ],
)
def test_a_list_that_somebody_read_out(reader: Reader, text: str, action: str) -> None:
    """What stands after its colon was asked; without an answer the patient is asked."""
    assert verdict(reader.read(text)).action == action
