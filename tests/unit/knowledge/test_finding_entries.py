"""The entry that a question asks for."""

import pytest

from bot.knowledge import load_knowledge
from bot.knowledge.topics import TOPICS, normalise

KNOWLEDGE = load_knowledge()


@pytest.mark.parametrize(
    ("topic", "question", "entry"),
    [
        ("adjuncts", "is omega-3 safe with my aspirin?", "E29"),
        ("adjuncts", "What about FISH OILS", "E29"),
        ("adjuncts", "should i take vit d", "E30"),
        ("adjuncts", "is yoghurt ok", "E28"),
        ("adjuncts", "a low-histamine diet", "E31"),
        ("adjuncts", "turmeric tea", "E58"),
        ("adjuncts", "green tea", "E59"),
        ("adjuncts", "vitamin C", "E60"),
        ("adjuncts", "St John\u2019s wort", "E61"),
        ("adjuncts", "a glass of wine", "E62"),
        ("adjuncts", "anything else I could take?", "E32"),
        ("treatment", "can I take Benadryl", "E50"),
        ("treatment", "zyrtec?", "E24"),
        ("treatment", "which is safe for my kidneys", "E54"),
        ("treatment", "how do I treat it", "E23"),
        ("treatment", "at home, what soothes it", "E23"),
        ("treatment", "I have leftover prednisone", "E26"),
        ("treatment", "hydrocortisone cream", "E25"),
        ("treatment", "calamine lotion", "E53"),
        ("treatment", "an oatmeal bath", "E52"),
        ("treatment", "baking soda bath", "E51"),
        ("treatment", "a good moisturiser", "E46"),
        ("treatment", "cold compresses", "E47"),
        ("treatment", "can I sit in the sun", "E40"),
        ("treatment", "on Sunday", "E23"),
        ("treatment", "hot showers", "E48"),
        ("treatment", "ibuprofen", "E49"),
        ("treatment", "what helps", "E23"),
        ("stop_medicine", "should I stop Revlimid", "E19"),
        ("stop_medicine", "will they lower my dose", "E20"),
        ("stop_medicine", "can I go back on it", "E21"),
        ("stop_medicine", "never take it again", "E22"),
        ("stop_medicine", "it happened with thalidomide", "E45"),
        ("stop_medicine", "I missed a dose", "E67"),
        ("study", "is it a good sign", "E33"),
        ("study", "show me the survival numbers", "E34"),
        ("study", "can it be bias", "E68"),
        ("study", "do other studies disagree", "E69"),
        ("study", "no rash, is it not working", "E70"),
        ("grades", "how is it graded", "E36"),
        ("grades", "measure with my hand", "E37"),
        ("grades", "why do versions differ", "E72"),
        ("grades", "grade 4 in the article", "E73"),
        ("rash", "how common is it", "E14"),
        ("rash", "when does it start", "E15"),
        ("rash", "how long does it last", "E16"),
        ("rash", "what does it look like", "E17"),
        ("rash", "what does it look like on brown skin", "E74"),
        ("rash", "why does it happen", "E18"),
        ("rash", "could it be allopurinol", "E27"),
        ("danger", "what is SJS", "E05"),
        ("danger", "what is DRESS", "E06"),
        ("danger", "it is hard to dress", "E02"),
        ("danger", "what are the danger signs", "E02"),
        ("danger", "which temperature is a fever", "E04"),
        ("danger", "tell me about shingles", "E08"),
        ("danger", "could my wife get pregnant", "E12"),
        ("practical", "should I take photos", "E38"),
        ("practical", "what do I say when I call", "E39"),
        ("practical", "I write for my husband", "E41"),
        ("practical", "how do I report a side effect", "E42"),
        ("practical", "who can I trust", "E43"),
        ("about", "are you a robot", "E01"),
        ("about", "what is stored", "E78"),
        ("about", "where do your facts come from", "E79"),
        ("desensitization", "what is desensitization", "E35"),
        ("desensitization", "the Wanchoo paper", "E65"),
        ("desensitization", "can I do it at home", "E66"),
    ],
)
def test_the_best_entry_answers(topic: str, question: str, entry: str) -> None:
    """Most matched letters win; without a match the topic's default answers."""
    assert KNOWLEDGE.topics[topic].find(question).id == entry


def test_several_subjects_are_all_found() -> None:
    """A question about two things finds both entries."""
    found = KNOWLEDGE.asked_for("adjuncts", "can I take fish oil and vitamin D together?")
    assert {"E29", "E30"} <= {entry.id for entry in found}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_text_without_words_gets_the_default(topic: str) -> None:
    """Emoji, blanks and nonsense find nothing and break nothing."""
    known = KNOWLEDGE.topics[topic]
    for text in ("", "  ", "\U0001f642", "xqzw", "((("):
        assert known.find(text) is known.default and KNOWLEDGE.asked_for(topic, text) == ()


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("is turmeric any good", "E58"),
        ("what temperature is a fever", "E04"),
        ("can I drink alcohol", "E62"),
        ("my back hurts again", None),
        ("is it normal to be tired", None),
        ("can I get a flu shot", None),
        ("how long will constipation last", None),
        ("how long does it last", None),
        ("how long does the rash last", "E16"),
        ("xqzw", None),
    ],
)
def test_search_answers_only_what_it_knows(question: str, entry: str | None) -> None:
    """A health question outside the rash gets an entry where one surely fits, else nothing."""
    found = KNOWLEDGE.search(question)
    assert (found.id if found else None) == entry


def test_a_keyword_inside_another_counts_once() -> None:
    """ "vitamin d" is not also counted as "vitamin"."""
    assert KNOWLEDGE.entries["E30"].score("vitamin d") == len("vitamin d")


def test_words_may_stand_between_the_parts_of_a_keyword() -> None:
    """Up to four, so that a long message does not join what has nothing to do with each other."""
    known = KNOWLEDGE.entries["E75"]
    assert (
        known.score("grandchildren with ... rash") == known.score("grandchildren, with this awful itchy red rash") > 0
    )
    assert known.score("grandchildren with me all day long and now a rash") == 0


def test_every_entry_can_be_found_by_its_own_keywords() -> None:
    """No keyword leads to nothing, and each entry is the answer to at least one of its own."""
    for topic in KNOWLEDGE.topics.values():
        for entry in topic.entries:
            assert any(topic.find(keyword.removesuffix("*")) is entry for keyword in entry.keywords), entry.id


def test_normalise() -> None:
    """Case, accents, apostrophes and marks do not matter."""
    assert normalise("  D'you\ttake Caf\u00e9-Ol\u00e9? ") == "dyou take cafe ole"
