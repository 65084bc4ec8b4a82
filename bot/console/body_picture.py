"""The body map that a patient tapped on, as a picture. Its shapes are read from the script of the patient's page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.clinical.body_surface import MAP_AREAS
from bot.settings import ROOT

_SCRIPT = ROOT / "bot" / "web" / "static" / "js" / "cards" / "body_shapes.js"

#: Levels of a tap, from little to much; how dark each is drawn is up to the style sheet.
LEVELS = ("spots", "half", "all")


@dataclass(frozen=True)
class Piece:
    """One area of the figure. path: in units of a drawing of 200 by 440; level: of `LEVELS`, "" where not tapped."""

    title: str
    path: str
    mirrored: bool
    level: str


def picture(tapped: Any) -> dict[str, list[Piece]]:
    """Front and back with what was tapped; {} where none of it is on the map. tapped: area -> level."""
    if not isinstance(tapped, Mapping):
        return {}
    levels = {area: str(level) if level in LEVELS else "" for area, level in tapped.items()}
    if not any(levels.get(area.id) for area in MAP_AREAS):
        return {}
    views: dict[str, list[Piece]] = {"front": [], "back": []}
    for area in MAP_AREAS:
        shape = shape_of(area.id, area.view)
        if shape:
            views[area.view].append(Piece(area.title, *shape, levels.get(area.id, "")))
    return views


def shape_of(area: str, view: str) -> tuple[str, bool] | None:
    """Path of an area and whether it is drawn mirrored, as `shapeOf` in the script has it."""
    name = area if area in ("upper_back", "lower_back") else re.sub("_(front|back)$", "", area)
    side = re.match("(left|right)_", name)
    table = _shapes()[f"{'SIDE' if side else 'MIDDLE'}_{view.upper()}"]
    path = table.get(name[side.end() :] if side else name)
    # From the front, the patient's left is on the right of the picture.
    return (path, side is not None and (side[1] == "left") == (view == "front")) if path else None


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """The script's tables. One may take in another ("...SIDE") or name one of its paths ("MIDDLE_FRONT.face")."""
    tables: dict[str, dict[str, str]] = {}
    script = _SCRIPT.read_text(encoding="utf-8")
    for name, body in re.findall(r"const (\w+) = \{(.*?)\};", script, re.DOTALL):
        table: dict[str, str] = {}
        for taken, key, path, other, there in re.findall(r'\.\.\.(\w+)|(\w+): (?:"([^"]+)"|(\w+)\.(\w+))', body):
            if taken:
                table |= tables[taken]
            else:
                table[key] = path or tables[other][there]
        tables[name] = table
    return tables
