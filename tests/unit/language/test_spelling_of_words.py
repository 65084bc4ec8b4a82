"""Misspelt words are matched with care; real words only where their company shows it."""

import pytest

from bot.language import Reader, verdict


def words(reader: Reader, text: str) -> list[str]:
    return list(reader._tokenise(text).user_data["draft"].words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # letters swapped, lost or doubled
        ("blsiters", "blisters"), ("blistrs", "blisters"), ("swoolen", "swollen"), ("swolen", "swollen"),
        ("ulsers", "ulcers"), ("brething", "breathing"), ("throte", "throat"), ("tounge", "tongue"),
        ("temprature", "temperature"), ("uticaria", "urticaria"), ("feaver", "fever"), ("genitels", "genitals"),
        ("lenalidamide", "lenalidomide"), ("itchhhy", "itchy"), ("peelling", "peeling"),
        # left alone
        ("sister", "sister"), ("bolder", "bolder"), ("fewer", "fewer"), ("Bristol", "bristol"), ("pulse", "pulse"),
    ],
)  # fmt: skip
def test_word_is_corrected_or_left_alone(reader: Reader, typed: str, meant: str) -> None:
    """Only words that are rare in English are touched."""
    assert words(reader, typed) == [meant]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("wheels all over my arms", "wheals"), ("my lisp are swollen", "lips"), ("lives all over my tum", "hives")],
)
def test_real_word_is_read_by_its_company(reader: Reader, text: str, meant: str) -> None:
    """Autocorrect writes real words; those around them tell."""
    assert meant in words(reader, text)


@pytest.mark.parametrize("text", ["the wheels of my chair", "she has a lisp", "nine lives"])
def test_real_word_stays_in_other_company(reader: Reader, text: str) -> None:
    """The same words, rightly used."""
    assert not {"wheals", "lips", "hives"} & set(words(reader, text))


def test_words_run_together_are_parted(reader: Reader) -> None:
    """Two known words without their space."""
    assert words(reader, "mouthsores") in (["mouth", "sores"], ["mouthsores"])


STRANGERS = ("people", "neighbour", "colleague", "cousin", "friend", "someone", "nobody", "doctor")


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_slip_makes_what_is_told_somebody_elses(reader: Reader, stranger: str) -> None:
    """Words a letter or two away from one for another person are not taken for it: "proply" is not "people"."""
    letters = "qxzjkvw"
    slips = {stranger[:at] + letter + stranger[at + 1 :] for at in range(1, len(stranger)) for letter in letters}
    for slip in sorted(slips):
        text = f"my throat is closing {slip}"
        assert verdict(reader.read(text)).action == "escalate", text
