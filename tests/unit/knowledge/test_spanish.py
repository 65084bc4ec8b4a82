"""Spanish stands beside the English of every emergency, in every country."""

import re
from collections.abc import Iterator

import pytest

from bot.answers.care import card_reply
from bot.answers.doubt import ONCE_MORE
from bot.clinical.signs import Sign, Urgency
from bot.knowledge import DEFAULT_FOLDER, KnowledgeError, load_knowledge
from bot.knowledge.files import read_file
from bot.knowledge.phrases import parse_phrases
from bot.knowledge.review import patient_texts

#: What stands on buttons, the phrase for a checklist answered with "not sure", and what goes with a repeated question.
BUTTONS = {
    "Yes, now",
    "No",
    "Not sure",
    "None of these",
    "I have no rash",
    "A few spots",
    "About half",
    "Nearly all",
    "danger signs that you are not sure about",
    ONCE_MORE,
}
COUNTRIES = list(read_file(DEFAULT_FOLDER, "countries.yml"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_urgent_text_is_there(country: str) -> None:
    """Red flags, checklist and care cards: nothing of them is left in English."""
    knowledge = load_knowledge(country=country)
    spanish = knowledge.phrases["es"]
    assert [text.text for text in patient_texts(knowledge) if text.urgent and text.text not in spanish] == []


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d ]*\d", text))


def _shown(urgency: Urgency, sign: Sign | None) -> Iterator[str]:
    knowledge = load_knowledge()
    data = card_reply(knowledge.care_card(urgency, [sign] if sign else []), knowledge).data
    yield from (data["headline"], data["say"], data["check_again"], data["call"]["label"])
    yield from (*data["heard"], *data["steps"], *data["watch"])


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("sign", [*Sign, None])
def test_whole_cards_are_there(urgency: Urgency, sign: Sign | None) -> None:
    """Each line of a card as it is shown, with the steps of each sign."""
    spanish = load_knowledge().phrases["es"]
    assert [line for line in _shown(urgency, sign) if line not in spanish] == []


def test_no_phrase_is_left_over() -> None:
    """An English text that was changed needs its Spanish changed too: each phrase is one that the guide says."""
    said = {text.text for country in COUNTRIES for text in patient_texts(load_knowledge(country=country))}
    said |= {line for urgency in Urgency for sign in (*Sign, None) for line in _shown(urgency, sign)}
    said |= {item.heard for item in (*load_knowledge().checklist.values(), *load_knowledge().red_flags.values())}
    said |= BUTTONS
    values = {v for country in COUNTRIES for v in load_knowledge(country=country).country.placeholders.values()}
    placed = values | {value.partition(" (")[0] for value in values}
    assert [english for english in load_knowledge().phrases["es"] if english not in said | placed] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_are_those_of_the_english_text(country: str) -> None:
    """Every emergency and crisis number in a text is in its Spanish too."""
    for english, spanish in load_knowledge(country=country).phrases["es"].items():
        assert _numbers(english) == _numbers(spanish), english


@pytest.mark.parametrize("country", COUNTRIES)
def test_placeholders_are_in_spanish_too(country: str) -> None:
    """What is filled in for the country is no English among the Spanish."""
    texts = " ".join(load_knowledge(country=country).phrases["es"].values())
    for words in ("emergency room", "emergency department", "If you", "call or text", " poison line", "safety program"):
        assert words not in texts


@pytest.mark.parametrize(
    ("phrases", "reason"),
    [
        ([{"en": "a", "es": "b"}, {"en": "a", "es": "c"}], "stands twice"),
        ([{"en": "a"}], "missing key"),
        ([{"en": "a", "es": "b", "fr": "c"}], "unknown key"),
        ([{"en": "call {nobody}", "es": "b"}], "unknown placeholder"),
        ("words", "must hold a list"),
    ],
)
def test_bad_phrases_are_refused(phrases: object, reason: str) -> None:
    """With the file and the reason."""
    with pytest.raises(KnowledgeError, match=reason):
        parse_phrases(phrases, {"emergency_number": "911"}, "spanish.yml")
