"""Finds every term of the lexicon in a document, and drops what an ordinary phrase only seems to say."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from bot.language.lexicon import Lexicon
from bot.language.tokens import Draft


@dataclass(frozen=True)
class Hit:
    """A term found: what it stands for and the words that it covers, from `start` up to, not including, `end`."""

    kind: str
    name: str
    start: int
    end: int

    @property
    def full_name(self) -> str:
        """Kind and name, as compositions.yml writes them."""
        return f"{self.kind}.{self.name}"

    def within(self, others: Iterable["Hit"]) -> bool:
        """Whether one of the others covers all its words."""
        return any(other.start <= self.start and self.end <= other.end for other in others)


#: Kinds that a trap makes void. Cues and people inside a trap still count.
_TRAPPED = frozenset({"sign", "symptom", "site", "change", "area", "foreign"})
#: Places that say more exactly what a word inside them only seems to name: "under my eye", "inside my cheeks".
_NARROW = frozenset({"around_eyes", "mouth", "nose_inside", "nosebleed", "genitals", "throat"})
_CONTENT = frozenset({"sign", "foreign"})


class TermFinder:
    """spaCy component: puts the hits, by kind and in order, on the document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._terms = lexicon.terms

    def __call__(self, doc: Doc) -> Doc:
        """Match once, then settle what overlaps."""
        draft: Draft = doc.user_data["draft"]
        found = [Hit(key.kind, key.name, start, end) for start, end, key in self._terms.find(draft.words)]
        doc.user_data["hits"] = settle(found)
        return doc


def settle(found: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Longest terms win within a kind and name; traps void what they cover; cues inside a sign are part of it."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        by_kind.setdefault(hit.kind, []).append(hit)
    traps = _longest(by_kind.get("trap", []))
    signs = by_kind.get("sign", [])
    traps = [trap for trap in traps if not any(s.start <= trap.start and trap.end < s.end for s in _near(signs, trap))]
    trapped = _cover(traps)
    for kind in _TRAPPED & by_kind.keys():
        by_kind[kind] = [hit for hit in by_kind[kind] if not _trapped(hit, traps, trapped)]
    for kind in ("sign", "change", "site", "symptom", "area", "foreign", "anaphora"):
        if kind in by_kind:
            by_kind[kind] = _longest_by_name(by_kind[kind])
    if "site" in by_kind:
        narrow = _cover([hit for hit in by_kind["site"] if hit.name in _NARROW and hit.end - hit.start > 1])
        by_kind["site"] = [
            hit
            for hit in by_kind["site"]
            if (hit.name in _NARROW and hit.end - hit.start > 1) or not _inside(hit, narrow)
        ]
    if "cue" in by_kind:
        content = _cover([hit for kind in _CONTENT for hit in by_kind.get(kind, []) if hit.end - hit.start > 1])
        by_kind["cue"] = [cue for cue in by_kind["cue"] if not _inside(cue, content)]
    return by_kind


def _trapped(hit: Hit, traps: list[Hit], cover: dict[int, int]) -> bool:
    """Inside a trap, or crossing one that is longer: "skin burns easily in the sun"."""
    if _inside(hit, cover):
        return True
    crossing = {cover[word] for word in range(hit.start, hit.end) if word in cover}
    return any(traps[number].end - traps[number].start > hit.end - hit.start for number in crossing)


def _near(hits: list[Hit], other: Hit) -> list[Hit]:
    return [hit for hit in hits if hit.start <= other.start and hit.end >= other.end]


def _cover(hits: Iterable[Hit]) -> dict[int, int]:
    """Word -> an id of the term that covers it."""
    cover: dict[int, int] = {}
    for number, hit in enumerate(hits):
        for word in range(hit.start, hit.end):
            cover.setdefault(word, number)
    return cover


def _inside(hit: Hit, cover: dict[int, int]) -> bool:
    if hit.start not in cover:
        return False
    return all(cover.get(word) == cover[hit.start] for word in range(hit.start, hit.end))


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping terms the one that starts first and is longest."""
    kept: list[Hit] = []
    end = -1
    for hit in hits:
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept


def _longest_by_name(hits: list[Hit]) -> list[Hit]:
    ends: dict[str, int] = {}
    kept = []
    for hit in hits:
        if hit.start >= ends.get(hit.name, -1):
            kept.append(hit)
            ends[hit.name] = hit.end
    return kept
