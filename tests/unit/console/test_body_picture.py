"""The picture of what a patient tapped on the body map."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.body_surface import MAP_AREAS
from bot.console.body_picture import picture, shape_of
from tests.unit.console.review_events import said, shown, tell

SCRIPT = Path(__file__).resolve().parents[3] / "bot/web/static/js/cards/body_shapes.js"


@pytest.mark.parametrize("area", MAP_AREAS, ids=lambda area: area.id)
def test_every_area_has_its_shape(area: Any) -> None:
    """It is one of the page's, and the two sides are mirror images of one."""
    shape = shape_of(area.id, area.view)
    assert shape is not None
    assert f'"{shape[0]}"' in SCRIPT.read_text()
    other = re.sub("^(left|right)_", lambda side: "right_" if side[1] == "left" else "left_", area.id)
    if other != area.id:
        assert shape_of(other, area.view) == (shape[0], not shape[1])


def test_what_was_tapped_is_filled() -> None:
    """From the front, the patient's left is on the right."""
    pieces = {piece.title: piece for piece in picture({"chest": "half", "left_thigh_front": "all"})["front"]}
    filled = {title: piece.level for title, piece in pieces.items() if piece.level}
    assert set(filled.values()) == {"half", "all"} and len(filled) == 2
    [thigh] = [piece for piece in pieces.values() if piece.level == "all"]
    assert thigh.mirrored


@pytest.mark.parametrize("tapped", [{}, {"elsewhere": "all"}, {"chest": "purple"}, {"chest": None}, ["chest"], None])
def test_nothing_to_draw(tapped: Any) -> None:
    """What is on no map, or of no known level, makes no picture."""
    assert picture(tapped) == {}


def test_picture_stands_in_the_transcript(coach: Any, engine: Any, console: Any) -> None:
    """Beside the table that says the same in words."""
    tell(engine, "c", said("Chest: about half", 1.0, answer={"areas": {"chest": "half", "belly": "spots"}}), shown(2.0))
    page = coach.get("/conversations/c").text
    assert page.count('class="figure"') == 2
    assert page.count('class="half"') == 1 and page.count('class="spots"') == 1
    assert "Tapped on the body map" in page
