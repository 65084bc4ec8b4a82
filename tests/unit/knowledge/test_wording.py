"""How patients are spoken to: plain words, no doses, nothing from the list of things never to say."""

import re
from collections.abc import Iterator

import pytest
import textstat

from bot.clinical.signs import Sign, Urgency
from bot.knowledge import DEFAULT_FOLDER, load_knowledge
from bot.knowledge.files import read_file
from bot.knowledge.review import PatientText, patient_texts

KNOWLEDGE = load_knowledge()
TEXTS = list(patient_texts(KNOWLEDGE))
#: The formula says nothing about a title or a button of a few words.
ENOUGH_WORDS = 8


def _grade(text: str) -> float:
    for line in KNOWLEDGE.country.support:
        text = text.replace(f"{line.name} ({line.number})", "them")
    return float(textstat.flesch_kincaid_grade(text))


def _all(*files: str) -> Iterator[PatientText]:
    return (text for text in TEXTS if text.file in files)


def _too_hard(texts: list[PatientText], limit: float) -> list[tuple[float, str, str]]:
    measured = ((_grade(text.text), text.id, text.text) for text in texts if len(text.text.split()) >= ENOUGH_WORDS)
    return [found for found in measured if found[0] > limit]


def test_patient_texts_are_at_grade_six() -> None:
    """Every text of eight words or more has a Flesch-Kincaid grade of 6 or less."""
    assert _too_hard(TEXTS, 6.0) == []


@pytest.mark.parametrize("country", list(read_file(DEFAULT_FOLDER, "countries.yml")))
def test_urgent_texts_are_at_grade_five_in_every_country(country: str) -> None:
    """Care cards and questions about red flags are plainer still, whatever names and numbers are put in."""
    texts = [text for text in patient_texts(load_knowledge(country=country)) if text.urgent]
    assert _too_hard(texts, 5.0) == []


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("sign", [*Sign, None])
def test_whole_cards_are_at_grade_five(urgency: Urgency, sign: Sign | None) -> None:
    """A card as it is read, with the steps of each sign, is at grade 5 or less."""
    card = KNOWLEDGE.care_card(urgency, [sign] if sign else [])
    assert _grade(". ".join(card.text.replace(":\n", ". ").split("\n"))) <= 5.0


def test_whole_entries_are_at_grade_six() -> None:
    """An answer as a whole is at grade 6 or less."""
    assert [entry.id for entry in KNOWLEDGE.entries.values() if _grade(entry.text) > 6.0] == []


@pytest.mark.parametrize(
    ("never", "pattern"),
    [
        ("a dose", r"\b\d+(\.\d+)?\s*(mg|mcg|g|iu|milligrams?|ml)\b|mg/kg"),
        ("a dose in words", r"\b(take|apply|use|put)\b[^.]*\b(once|twice|three times) (a|per) day\b"),
        ("playing it down", r"just a (mild )?rash|only a rash|nothing to worry|don't worry"),
        ("go on with it", r"you can (keep|continue|go on) taking"),
        ("stop it, as advice", r"(?<!not )(?<!never )\bstop (taking )?(lenalidomide|revlimid|it)\b"),
        ("a restart dose", r"restart (at|on|with) \d"),
        ("a rash as success", r"rash (means|shows) (that )?(it|the (drug|medicine)) (is working|works)"),
        ("the culprit", r"(allopurinol|bactrim|tmp|sulfa)\w* (causes|caused|did|is to blame)"),
        ("the author's story", r"antineoplaston|25 years|miracle"),
        ("redness alone", r"\bredness\b"),
    ],
)
def test_never_said(never: str, pattern: str) -> None:
    """No patient text says it."""
    assert [(text.id, text.text) for text in TEXTS if re.search(pattern, text.text, re.IGNORECASE)] == [], never


def test_color_of_the_skin_is_told_for_all_skin() -> None:
    """Where red skin is spoken of, the same statement or its neighbour says how it looks on brown and black skin."""
    for entry in KNOWLEDGE.entries.values():
        if re.search(r"\b(red|pink)\b", entry.text):
            assert re.search(r"brown or black skin|\bdark\b", entry.text), entry.id
    for text in _all("red_flags.yml", "care.yml", "questions.yml", "grading.yml", "small_talk.yml"):
        assert not re.search(r"\b(red|pink)\b", text.text), text.id


def test_grades_are_named_only_where_they_are_explained() -> None:
    """ "Grade 2" stands with CTCAE or the article, in the texts about grades and nowhere else."""
    allowed = {"topics/grades.yml", "grading.yml", "claims.yml"}
    assert [text.id for text in TEXTS if re.search(r"\bgrade \d", text.text.lower()) and text.file not in allowed] == []


def test_survival_is_told_only_when_asked() -> None:
    """Months of survival stand in the study's texts and in the claims about it."""
    files = {text.file for text in TEXTS if re.search(r"22\.4|10\.5|42\.6|24\.6", text.text)}
    assert files <= {"topics/study.yml", "study.yml", "claims.yml"}


def test_the_paper_that_was_not_found_is_named_as_such() -> None:
    """Wanchoo is never named without saying that the paper could not be found."""
    named = [text.text for text in TEXTS if "Wanchoo" in text.text]
    assert named and all("cited by the article; we could not find this paper" in text for text in named)


def test_the_coach_is_named_only_where_he_is_asked_for() -> None:
    """Name and address stand in the coach's texts."""
    assert {text.file for text in TEXTS if re.search(r"Emerson|gmail", text.text)} <= {"coach.yml"}


def test_the_coach_is_never_the_answer_to_a_sign() -> None:
    """No care card and no red flag mentions the coach."""
    assert not [text for text in _all("care.yml", "red_flags.yml") if "coach" in text.text.lower()]


def test_no_placeholder_is_left() -> None:
    """Every text is filled in."""
    assert [text for text in TEXTS if "{" in text.text or "}" in text.text] == []


def test_sentences_are_whole() -> None:
    """Statements begin with a capital or a number, and end with a mark."""
    statements = [text for text in TEXTS if "." in text.id or text.id.startswith("CARE-")]
    assert [text.text for text in statements if not re.match(r"[A-Z0-9].*[.?!]$", text.text, re.DOTALL)] == []
