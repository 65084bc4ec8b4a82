"""What all content records share: strict reading from YAML, evidence levels, statements."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, Extra, ValidationError

from bot.knowledge.errors import KnowledgeError

#: Evidence levels, strongest first. Worked out per statement, not per source.
Level = Literal["label", "guideline", "study", "case series", "expert opinion", "unverified"]

LEVELS: tuple[Level, ...] = get_args(Level)


class Record(BaseModel):
    """An immutable record whose keys are all known."""

    class Config:
        extra = Extra.forbid
        frozen = True
        min_anystr_length = 1
        anystr_strip_whitespace = True


class Named(Record):
    """A record with an id that is unique in its list."""

    id: str


class Sourced(Named):
    """A record that names the sources it rests on and its evidence level."""

    sources: tuple[str, ...]
    level: Level


class Statement(Sourced):
    """One sentence or a few, as the patient reads them."""

    text: str


R = TypeVar("R", bound=Record)
N = TypeVar("N", bound=Named)


def parse(model: type[R], raw: Any, file: str, entry: str) -> R:
    """`raw` as a `model`. Raises KnowledgeError with the first thing that is wrong."""
    if not isinstance(raw, Mapping):
        raise KnowledgeError(file, entry, "must be a mapping")
    try:
        return model.parse_obj(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reasons = {"value_error.extra": f"unknown key '{where}'", "value_error.missing": f"missing key '{where}'"}
        raise KnowledgeError(file, entry, reasons.get(first["type"], f"'{where}': {first['msg']}")) from error


def parse_list(model: type[N], raw: Any, file: str) -> dict[str, N]:
    """A list of mappings as records by id, in order. Raises KnowledgeError on a duplicate id."""
    found: dict[str, N] = {}
    for number, item in enumerate(as_list(raw, file), start=1):
        entry = str(item.get("id", f"entry {number}")) if isinstance(item, Mapping) else f"entry {number}"
        record = parse(model, item, file, entry)
        if record.id in found:
            raise KnowledgeError(file, record.id, "duplicate id")
        found[record.id] = record
    return found


def as_list(raw: Any, file: str) -> list[Any]:
    """`raw`, or KnowledgeError where it is no list."""
    if not isinstance(raw, list):
        raise KnowledgeError(file, "file", "must hold a list of entries here")
    return raw


def as_mapping(raw: Any, file: str) -> Mapping[str, Any]:
    """`raw`, or KnowledgeError where it is no mapping."""
    if not isinstance(raw, Mapping):
        raise KnowledgeError(file, "file", "must hold a mapping here")
    return raw


def only_keys(raw: Mapping[str, Any], allowed: Iterable[str], file: str) -> None:
    """Refuses a file whose top-level keys are not exactly `allowed`."""
    wanted = set(allowed)
    for key in raw:
        if key not in wanted:
            raise KnowledgeError(file, "file", f"unknown key '{key}'")
    for key in sorted(wanted):
        if key not in raw:
            raise KnowledgeError(file, "file", f"missing key '{key}'")


def inherit(raw: Any, *lists: str) -> Any:
    """A copy in which the items of `lists` take `sources` and `level` from their parent where they give none."""
    if not isinstance(raw, Mapping):
        return raw
    shared = {key: raw[key] for key in ("sources", "level") if key in raw}
    copy = dict(raw)
    for name in lists:
        if isinstance(raw.get(name), list):
            copy[name] = [{**shared, **item} if isinstance(item, Mapping) else item for item in raw[name]]
    return copy
