"""Which tests `scripts/test` runs where its options name some."""

import pytest

from scripts.run_tests import _unless_named

FOLDERS = ["tests/unit"]


@pytest.mark.parametrize(
    "options",
    [["tests/unit/test_docs.py"], ["-q", "tests/unit/test_docs.py::test_script_is_documented_and_can_be_run"]],
)
def test_a_file_that_is_named_runs_alone(options: list[str]) -> None:
    """Pytest would run the folder beside it."""
    assert _unless_named(FOLDERS, options) == []


@pytest.mark.parametrize("options", [[], ["-x"], ["-k", "docs"], ["-k", "scripts"], ["tests/unit/no_such_file.py"]])
def test_a_word_that_is_a_folder_too_names_none(options: list[str]) -> None:
    """ "-k docs" picks tests by name; without the folder all others would run as well."""
    assert _unless_named(FOLDERS, options) == FOLDERS
