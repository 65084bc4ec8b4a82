"""Reads "mouth fine, eyes: clear, I can breathe grand": places said to be well deny their signs without a negative."""

from bot.clinical.signs import Sign
from bot.language.clauses import Clauses
from bot.language.terms import Hit

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
}
_BETWEEN = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "been",
        "all",
        "feels",
        "feel",
        "look",
        "looks",
        "seems",
        "still",
        "just",
        "ok",
        ":",
        "-",
        ",",
        "and",
        "as",
        "in",
        "on",
        "a",
        "the",
        "of",
        "both",
        "my",
        "me",
        "given",
        "no",
        "have",
        "perfectly",
        "completely",
        "totally",
        "absolutely",
        "quite",
        "very",
        "really",
        "too",
        "so",
        "far",
        "good",
        "it",
        "remain",
        "remains",
        "stays",
        "no",
        "are's",
        "s'nt",
        "pretty",
        "nice",
        "nicely",
        "also",
        "doing",
        "works",
        "working",
        "area",
        "wise",
        "side",
        "up",
        "sides",
        "same",
        "girth",
    ]
)
_BACK = frozenset({"it", "its", "they", "theyre", "thats"})
_SPOILS = frozenset(
    [
        "not",
        "isnt",
        "arent",
        "never",
        "wasnt",
        "hardly",
        "hasnt",
        "havent",
        "dont",
        "doesnt",
        "but",
        "until",
        "were",
        "was",
        "used",
    ]
)


def places_said_fine(
    hits: dict[str, list[Hit]], words: list[str], clauses: Clauses
) -> list[tuple[Hit, tuple[str, ...]]]:
    """(place, signs denied) for every place followed closely by a word for being well."""
    fine = {hit.start: hit for hit in hits.get("change", []) if hit.name == "fine"}
    if not fine:
        return []
    others = {w for h in hits.get("change", []) if h.name != "fine" for w in range(h.start, h.end)}
    others -= {w for h in fine.values() for w in range(h.start, h.end)}
    found = []
    for place in hits.get("site", []):
        signs = DENIES.get(place.name)
        if signs and _is_fine(place, fine, others, words, clauses):
            found.append((place, signs))
    return found


def _is_fine(place: Hit, fine: dict[int, Hit], others: set[int], words: list[str], clauses: Clauses) -> bool:
    if place.start and words[place.start - 1] in _SPOILS:
        return False
    position = place.end
    while position < len(words) and position <= place.end + 7:
        if position in fine:
            ending = fine[position].end
            following = words[ending] if ending < len(words) else "."
            return following not in ("until", "till", "blisters", "fluid", "bumps", "spots", "water", "liquid")
        if words[position] == "but" and words[position + 1 : position + 2] and words[position + 1] in _BACK:
            position += 1
            continue
        if words[position] in _SPOILS or position in others:
            return False
        if words[position] not in _BETWEEN and position not in _site_words(place):
            return False
        if clauses.sentence[position] != clauses.sentence[place.start]:
            return False
        position += 1
    return False


def _site_words(place: Hit) -> range:
    return range(place.start, place.end)
