"""Reads "mouth fine, eyes: clear, I can breathe grand": places said to be well deny their signs without a negative."""

from collections.abc import Mapping
from itertools import pairwise

from bot.clinical.signs import Sign
from bot.language.clauses import Clauses
from bot.language.terms import Hit

#: The lists of words/fine.yml.
Lists = Mapping[str, frozenset[str]]
#: Place -> the signs that its being fine denies.
DENIES: dict[str, tuple[str, ...]] = {
    "mouth": (Sign.MOUTH_SORES.value,),
    "lips": (Sign.FACIAL_SWELLING.value, Sign.MOUTH_SORES.value),
    "tongue": (Sign.FACIAL_SWELLING.value, Sign.MOUTH_SORES.value),
    "throat": (Sign.AIRWAY.value,),
    "eyes": (Sign.EYE_INFLAMMATION.value,),
    "eyelids": (Sign.FACIAL_SWELLING.value,),
    "face": (Sign.FACIAL_SWELLING.value,),
    "genitals": (Sign.GENITAL_SORES.value,),
    "anus": (Sign.GENITAL_SORES.value,),
    "gland": (Sign.SWOLLEN_GLANDS.value,),
    "breathing": (Sign.AIRWAY.value,),
    "swallowing": (Sign.AIRWAY.value,),
    "calf": (Sign.LEG_CLOT.value,),
    "legs_both": (Sign.LEG_CLOT.value,),
    "clear_mind": (Sign.CONFUSION_OR_COLLAPSE.value,),
}
#: Words for being well that hold for some places only.
_WELL_FOR = {
    "healthy_pink": frozenset({"mouth", "tongue", "lips", "throat"}),
    "healthy_white": frozenset({"eyes", "eyelids"}),
}

#: In words of the next sentence.
_NOT_NOW = 3
_NO = frozenset({"not", "cant", "isnt", "arent", "no", "wont"})
_NOW = frozenset({"now", "anymore", "any", "today", "tonight", "longer"})


def places_said_fine(
    hits: dict[str, list[Hit]], words: list[str], clauses: Clauses, lists: Lists
) -> list[tuple[Hit, tuple[str, ...], bool]]:
    """(place, its signs, whether they are denied) for every place followed closely by a word for being well.

    They are not where it was well before and is so no more: "I could swallow fine yesterday, can't now".
    """
    changes = hits.get("change", [])
    general = {hit.start: hit for hit in changes if hit.name == "fine"}
    special = [hit for hit in changes if hit.name in _WELL_FOR]
    sites = [hit for hit in hits.get("site", []) if hit.name in DENIES]
    places = frozenset(word for hit in sites for word in range(hit.start, hit.end))
    found = []
    for place in sites:
        signs = DENIES[place.name]
        if place.name == "clear_mind":
            # "Clear in the head" says it all; "not thinking straight" the opposite.
            if lists["negators"].isdisjoint(words[max(0, place.start - 3) : place.start]):
                found.append((place, signs, True))
            continue
        if not general and not special:
            continue
        # "My eye white is red": part of the place.
        special_here = [hit for hit in special if place.name in _WELL_FOR[hit.name] and hit.start not in places]
        fine = {**general, **{hit.start: hit for hit in special_here}}
        well = {w for h in fine.values() for w in range(h.start, h.end)}
        others = {w for h in changes if h.name != "fine" for w in range(h.start, h.end)} - well
        said_after = _is_fine(place, fine, others, words, clauses, lists, places)
        if said_after or _called_fine(place, fine, others, words, lists):
            found.append((place, signs, not _no_more(words, place, clauses)))
    return found


def _called_fine(place: Hit, fine: dict[int, Hit], others: set[int], words: list[str], lists: Lists) -> bool:
    """ "Clear eyes": the word for being well stands before the place, and nothing else is said of it."""
    before = place.start - 1
    if before not in fine or words[before] not in lists["fine_before"] or place.end in others:
        return False
    if before and words[before - 1] in lists["fine_spoils"]:
        return False
    following = words[place.end] if place.end < len(words) else "."
    return not following[0].isalnum() or following in lists["fine_before"] or following in ("and", "no")


def _no_more(words: list[str], place: Hit, clauses: Clauses) -> bool:
    """ "I could swallow fine yesterday, can't now", "used to be able to swallow fine, not any more"."""
    first, last = clauses.bounds(place.start)
    # "Breathing was ok. Not now": of a sentence of its own too.
    later = words[place.end : last + _NOT_NOW]
    turned = any(no in _NO and now in _NOW for no, now in pairwise(later))
    return turned or any(pair == ("used", "to") for pair in pairwise(words[first : place.start]))


def _is_fine(
    place: Hit,
    fine: dict[int, Hit],
    others: set[int],
    words: list[str],
    clauses: Clauses,
    lists: Lists,
    places: frozenset[int],
) -> bool:
    """places: the words of all places, which may share one word for being well: "breathing and swallowing normal"."""
    if place.start and words[place.start - 1] in lists["fine_spoils"]:
        return False
    lead = words[max(0, place.start - 4) : place.start]
    if lead[-2:] == ["able", "to"] and not lists["negators"].isdisjoint(lead[:-2]):
        # "Not being able to breathe very well".
        return False
    position = place.end
    while position < len(words) and position <= place.end + 7:
        if position in fine:
            ending = fine[position].end
            following = words[ending] if ending < len(words) else "."
            if following == "and" and ending + 1 in others:
                # "Good and sore".
                return False
            return following not in lists["not_fine_before"]
        if (
            words[position] == "but"
            and words[position + 1 : position + 2]
            and words[position + 1] in ("it", "its", "they", "theyre", "thats")
        ):
            position += 1
            continue
        if words[position] in lists["fine_spoils"] or position in others:
            return False
        if words[position] not in lists["fine_between"] and position not in places:
            return False
        if clauses.sentence[position] != clauses.sentence[place.start]:
            return False
        position += 1
    return False
