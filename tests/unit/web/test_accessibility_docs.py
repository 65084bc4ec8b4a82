"""docs/accessibility.md: every criterion that binds, and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCS = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCS.splitlines() if re.match(r"\| \d", line)]

#: WCAG 2.2, levels A and AA.
CRITERIA = re.findall(
    r"[\d.]+",
    """
    1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5
    1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13
    2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11
    2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8
    3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
    """,
)


def test_every_criterion_is_there() -> None:
    """None of the 55 is missing, none stands twice."""
    assert [row[0] for row in ROWS] == CRITERIA


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_is_shown(row: list[str]) -> None:
    """By a test, or it does not apply; and it says how it is met."""
    number, level, name, how, shown = row
    assert level in ("A", "AA") and name and how
    assert "`tests/" in shown or shown == "does not apply", number


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[^`]+)`", DOCS))))
def test_named_tests_exist(named: str) -> None:
    """A test that is named can be run."""
    file, _, name = named.partition("::")
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
