"""A hunch: a place where serious reactions show, told of in words that no rule knows, is asked about.

No sign is read here; the safety net lets the question go where it hears nothing alarming at all.
"""

from itertools import pairwise

from bot.language.assertion import Bench
from bot.language.candidate import Candidate, Origin
from bot.language.reading import Ground, Status
from bot.language.scene import Fact, Said
from bot.language.terms import Hit

#: Place -> the sign that is asked about.
SIGN_OF_PLACE = {
    "mouth": "mouth_sores",
    "lips": "mouth_sores",
    "tongue": "mouth_sores",
    "throat": "airway",
    "eyelids": "facial_swelling",
    "lashes": "eye_inflammation",
    "eyes": "eye_inflammation",
    "genitals": "genital_sores",
    "breathing": "airway",
}
_PUTTING = frozenset({"put", "use", "apply", "rub", "dab", "smear", "wear", "try"})
_ONTO = frozenset({"on", "onto", "around", "round", "near"})
_WHOSE = frozenset({"my", "his", "her", "the"})
_ASKED_WHAT = frozenset({"what", "whats", "anything", "something"})
#: So many words before a place tell what is put on it.
_PUT_WITHIN = 8
#: So many words before a place tell that it was looked at or asked about.
_LOOKED_WITHIN = 6
_BESIDE = frozenset({"around", "round", "near", "above", "below", "under", "underneath", "beneath", "outside"})
_EXPLAIN = frozenset({"rash", "itch", "improving", "not_spreading", "dry_flake"})


def unexplained_places(said: Said, bench: Bench, plain: frozenset[str], explained: frozenset[int]) -> list[Fact]:
    """The sign of each such place that is told of the writer and not explained.

    In doubt, unless the place is compared with something ("look like two hot dogs"), which people do when it has
    changed. plain: words that tell nothing by themselves. explained: words that some finding covers already.
    """
    found = []
    for hit in said.hits.get("site", []):
        sign = SIGN_OF_PLACE.get(hit.name)
        covered = any(word in explained for word in range(hit.start, hit.end))
        if sign is None or covered or _beside(said, hit) or _only_used(said, hit):
            continue
        first, last = _clause(said, hit.start)
        if not _strange(said, hit, first, last, plain) or _rash_there(said, first, last):
            continue
        judgement = bench.judge(Candidate.at(sign, hit.start, hit.end, Origin.PLACE))
        if judgement.status in (Status.PRESENT, Status.UNSURE):
            likened = judgement.status is Status.PRESENT and _likened(said, hit)
            rule = "place likened to something" if likened else "place named with words that no rule knows"
            status, ground = (Status.PRESENT, None) if likened else (Status.UNSURE, Ground.HUNCH)
            found.append(Fact(sign, hit.start, hit.end, status, rule, in_doubt=not likened, ground=ground))
    return found


def _beside(said: Said, hit: Hit) -> bool:
    """ "Brown patches round my mouth", "dark circles under my eyes": the skin beside the place."""
    return not _BESIDE.isdisjoint(said.words[max(0, hit.start - 2) : hit.start])


def _only_used(said: Said, hit: Hit) -> bool:
    """ "Put the drops in my eye", "I rinse my mouth": what is done with a place, not what it is like."""
    doings = (change for change in said.hits.get("change", []) if change.name == "place_used")
    return hit.within(doings) or _something_put_on(said, hit) or _looked_at(said, hit)


def _looked_at(said: Said, hit: Hit) -> bool:
    """ "Check mouth, take temp", "you asked me the same questions about my mouth": where to look, or what was asked."""
    before = said.words[max(0, hit.start - _LOOKED_WITHIN) : hit.start]
    opens = len(before) < 2 or not before[-2][0].isalpha()
    checked = before[-1:] in (["check"], ["inspect"], ["examine"]) and opens
    return checked or before[-2:] == ["checked", "my"] or ("questions", "about") in pairwise(before)


def _something_put_on(said: Said, hit: Hit) -> bool:
    """ "Can I put hydrocortisone on my eyelids": something named, not "what can I put on ..."."""
    before = said.words[max(0, hit.start - _PUT_WITHIN) : hit.start]
    if len(before) < 2 or before[-1] not in _WHOSE or before[-2] not in _ONTO:
        return False
    put = [at for at, word in enumerate(before) if word in _PUTTING]
    return bool(put) and put[-1] < len(before) - 3 and _ASKED_WHAT.isdisjoint(before)


def _clause(said: Said, word: int) -> tuple[int, int]:
    clause = said.clauses.clause
    first = last = word
    while first > 0 and clause[first - 1] == clause[word]:
        first -= 1
    while last < len(said.words) and clause[last] == clause[word]:
        last += 1
    return first, last


def _strange(said: Said, hit: Hit, first: int, last: int, plain: frozenset[str]) -> bool:
    return any(
        said.words[p][0].isalpha() and said.words[p] not in plain and not hit.start <= p < hit.end
        for p in range(first, last)
    )


def _likened(said: Said, hit: Hit) -> bool:
    near = said.words[hit.end : hit.end + 4]
    told = ("look", "feel", "felt", "is", "are", "have", "has", "went", "gone")
    return "like" in near and any(word.startswith(told) for word in near)


def _rash_there(said: Said, first: int, last: int) -> bool:
    found = (*said.hits.get("symptom", []), *said.hits.get("change", []))
    return any(hit.name in _EXPLAIN and first <= hit.start < last for hit in found)
