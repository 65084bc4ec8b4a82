"""Finding the part of a message that asks."""

import pytest

from bot.rasa_parts.asking_clause import asking_clause, clauses


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        # the question stands last, first or in the middle
        ("Arms are red since Monday. Which cream is best?", "Which cream is best?"),
        ("which cream is best? arms are red since monday", "which cream is best?"),
        ("My arms are red. What helps? It itches.", "What helps?"),
        # without a question mark, after a comma, in a run-on sentence
        ("arms are red, what can i put on it", "what can i put on it"),
        ("bumps all over my back should i stop the capsules", "should i stop the capsules"),
        ("No fever. Please tell me about creams", "Please tell me about creams"),
        ("red all over which cream can i use", "which cream can i use"),
        # the plainer of two
        ("I want to sleep again. Can I take two of them?", "Can I take two of them?"),
        # nothing asks, or there is one clause only
        ("Red arms. Itchy legs.", "Red arms. Itchy legs."),
        ("is this grade 2", "is this grade 2"),
        ("", ""),
    ],
)
def test_asking_clause_is_found(text: str, asking: str) -> None:
    """The clause that asks is taken alone; where none asks, the message stays whole."""
    assert asking_clause(text) == asking


@pytest.mark.parametrize("unit", ["a", "? ", ", ", "what ", " ", "\n", "so but and ", ". can i "])
def test_clauses_keep_every_word(unit: str) -> None:
    """Cutting loses no words, whatever is repeated."""
    text = unit * 200
    assert " ".join(clauses(text)).split() == text.split()
