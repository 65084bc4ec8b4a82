"""Numbers follow the country, and an unknown country is refused."""

import re

import pytest

from bot.clinical.signs import Sign, Urgency
from bot.knowledge import DEFAULT_FOLDER, KnowledgeError, load_knowledge
from bot.knowledge.files import read_file
from bot.knowledge.review import patient_texts

COUNTRIES = list(read_file(DEFAULT_FOLDER, "countries.yml"))


def test_the_expected_countries_are_there() -> None:
    """At least these eight."""
    assert {"US", "GB", "CA", "AU", "IE", "NZ", "DE", "ES"} <= set(COUNTRIES)


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_is_complete(code: str) -> None:
    """Emergency and crisis numbers are on the cards, and no other country's number is left in a text."""
    knowledge = load_knowledge(country=code)
    country = knowledge.country
    assert re.fullmatch(r"\d{3}", country.emergency_number)
    assert country.crisis.number.replace(" ", "") in country.crisis_line.replace(" ", "")
    assert country.support and country.no_voice.endswith(".")
    card = knowledge.care_card(Urgency.EMERGENCY, [Sign.AIRWAY])
    assert card.call.number == country.emergency_number and country.emergency_number in card.headline
    assert knowledge.care_card(Urgency.EMERGENCY, [Sign.SELF_HARM]).call.number == country.crisis.number
    texts = " ".join(text.text for text in patient_texts(knowledge))
    if country.emergency_number != "911":
        assert not re.search(r"\b911\b", texts)
    if country.crisis.number != "988":
        assert not re.search(r"\b988\b", texts)


@pytest.mark.parametrize("code", ["us", " Gb "])
def test_a_code_is_read_in_any_case(code: str) -> None:
    """Small letters and blanks do no harm."""
    assert load_knowledge(country=code).country.code == code.strip().upper()


@pytest.mark.parametrize("code", ["XX", "", "USA", "United States"])
def test_an_unknown_country_is_refused(code: str) -> None:
    """The error names the known ones, so that nobody gets the wrong number."""
    with pytest.raises(KnowledgeError, match=r"countries\.yml: .*: unknown country; known are AT, AU, CA"):
        load_knowledge(country=code)
