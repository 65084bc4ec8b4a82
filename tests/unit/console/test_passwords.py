"""Which passwords are accepted, and that what is stored is Argon2id."""

import pytest

from bot.console.passwords import hash_password, is_password, problem_with


@pytest.mark.parametrize(
    "password",
    [
        # too short, counted in characters and not in bytes
        "", "gravel tuli", "grün ähre x",
        # common words, with digits, years, disguises and repetitions around them
        "password1234", "PasswordPassword", "P@ssw0rd2024!!", "Summer2026!!!!", "letmeinletmein", "iloveyou12345",
        "correcthorsebatterystaple", "Welcome-to-the-hospital1", "lenalidomide2026", "rashguide-console",
        # rows of keys, also backwards; one thing again and again
        "qwertyuiop123", "abcdefghijkl", "0987654321098", "poiuytrewq99", "aaaaaaaaaaaa", "xyxyxyxyxyxyxy",
        "ab12ab12ab12ab12",
        # the coach's own name
        "Marianne-2026", "marianneMARIANNE", "m4r1anne!!!!!",
        # too long
        "tulip " * 100,
    ],
)  # fmt: skip
def test_what_guessing_tries_first_is_refused(password: str) -> None:
    """With a sentence that says why."""
    assert problem_with(password, "Marianne Doe") is not None


@pytest.mark.parametrize(
    "password",
    ["gravel tulip copper mirror", "Kx9$vRq2!mTz", "my dog eats seven socks",
     "naïve café über Öl", "яблоко груша слива"],
)  # fmt: skip
def test_passwords_of_ones_own_are_accepted(password: str) -> None:
    """Any script, blanks included."""
    assert problem_with(password, "Marianne Doe") is None


def test_only_an_argon2id_hash_is_stored() -> None:
    """The same letter written in another way is the same password."""
    stored = hash_password("grave\u0301l tulip copper")
    assert stored.startswith("$argon2id$")
    assert is_password(stored, "grav\u00e9l tulip copper")
    assert not is_password(stored, "gravel tulip copper")


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_without_a_stored_hash_nothing_is_right(stored: str | None) -> None:
    """Not even what the stand-in was made of."""
    assert not is_password(stored, "nobody has this password")
