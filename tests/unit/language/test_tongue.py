"""Messages in other languages are noticed, English ones in any spelling are not."""

import pytest

from bot.language.tongue import foreign_language, is_gibberish


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Guten Tag, ich habe eine Frage zu meinen Medikamenten", "de"),
        ("hola, tengo una pregunta sobre mi tratamiento", "es"),
        ("bonjour, je voudrais savoir si je peux continuer mon traitement", "fr"),
        ("buongiorno, vorrei sapere se posso continuare la terapia", "it"),
        ("quero saber se posso continuar com o tratamento", "pt"),
        # English, however written
        ("i got a rash on me arms innit", None),
        ("itchy rsh on chst n armz 3 dys", None),
        ("lenalidomide dexamethasone daratumumab rash", None),
        ("ola", None),
        ("", None),
        ("😀 😀 😀", None),
    ],
)
def test_the_language_of_a_message(text, language):
    """By its words alone."""
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    ("text", "gibberish"),
    [
        ("asdf qwer zxcv", True),
        ("aaaaaaaaaaaaaaaa", True),
        ("😀 😀", True),
        ("itchy", False),
        ("ok", False),
        ("rsh on my arm", False),
    ],
)
def test_letters_without_sense_are_noticed(text, gibberish):
    """One known word is enough to be language."""
    assert is_gibberish(text) == gibberish
