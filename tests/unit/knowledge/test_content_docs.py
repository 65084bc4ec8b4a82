"""docs/content.md tells of every file, placeholder, level and state of reading."""

from pathlib import Path
from typing import get_args

import pytest

from bot.knowledge import DEFAULT_FOLDER, load_knowledge
from bot.knowledge.base import LEVELS
from bot.knowledge.evidence import Retrieved

DOCS = (Path(__file__).parents[3] / "docs" / "content.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(path.name for path in DEFAULT_FOLDER.glob("*.yml")))
def test_every_file_is_documented(file: str) -> None:
    """Whoever edits the content finds what stands where."""
    assert f"`{file}`" in DOCS


@pytest.mark.parametrize("name", load_knowledge().country.placeholders)
def test_every_placeholder_is_documented(name: str) -> None:
    """Only these can be used in a text."""
    assert f"`{{{name}}}`" in DOCS


@pytest.mark.parametrize("word", [*LEVELS, *get_args(Retrieved)])
def test_every_allowed_word_is_documented(word: str) -> None:
    """Levels and states of reading are a fixed list."""
    assert f"`{word}`" in DOCS
