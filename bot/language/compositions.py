"""Place and change make a sign, wherever they stand: "my lower lip since this morning is twice its size"."""

from itertools import pairwise

from bot.language.candidate import Candidate, Origin
from bot.language.clauses import Clauses
from bot.language.lexicon import Composition, Lexicon
from bot.language.terms import Hit

#: Sites that name a place so loosely that a nearer one does not take a change away from another.
_LOOSE = frozenset(
    {"rash", "skin", "band", "side_band", "lump", "gland_place", "whole_body", "limb_weak", "swallowing"}
)
#: A site may be this much further away than the nearest other place and share the change: "lips and eyes swollen".
_SHARE = 4.0
#: Words between the places of one list: "my lips, my tongue and both eyelids".
_JOINED = frozenset({",", "and", "or", "&", "/", "my", "his", "her", "the", "both", "also", "left", "right"})
#: So many places joined so are a list.
_LIST = 3
#: Between a change and the place right after it: "swelling of the ankles".
_OF = frozenset({"of", "in", "on", "to", "around", "round"})
_ARTICLES = frozenset({"my", "his", "her", "the", "both", "left", "right"})
#: Between a change and a place after it, they begin another statement.
_APART = frozenset({("i", "only"), ("i", "just"), ("my", "own")})
#: After a place they say something of it.
_SAYS = (["has"], ["have"], ["hasnt"], ["havent"], ["is"], ["isnt"], ["are"], ["arent"], ["looks"], ["feels"])
#: A limb is larger than a spot on it, unlike lips and a tongue.
_LIMBS = frozenset({"calf", "leg_one", "legs_both", "arm_one"})
#: "... and it's swollen": a pronoun carries the place on.
_PRONOUN = 7.0


class Composer:
    """Brings places and changes together by the table in compositions.yml."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_change: dict[str, list[Composition]] = {}
        lefts: set[str] = set()
        for rule in lexicon.compositions:
            lefts |= rule.sites
            for change in rule.changes:
                self._by_change.setdefault(change, []).append(rule)
        self._lefts = frozenset(lefts)
        self._furthest = max(rule.reach for rule in lexicon.compositions)

    def compose(
        self, words: list[str], hits: dict[str, list[Hit]], clauses: Clauses, taken: frozenset[int]
    ) -> list[Candidate]:
        """Every sign made by a place and a change. `taken`: words of places that are said to be fine."""
        named = [h for kind in ("site", "area") for h in hits.get(kind, [])]
        places = sorted(
            (
                h
                for h in (*named, *hits.get("change", []))
                if h.full_name in self._lefts and not (h.name == "whole_body" and _of_one_place(h, named, clauses))
            ),
            key=lambda hit: hit.start,
        )
        # "No lumps, eyes clear": a word for being well belongs to the place before it.
        said_fine = {place.end for place in hits.get("site", []) if place.start in taken}
        changes = [
            h for kind in ("change", "site") for h in hits.get(kind, [])
            if h.full_name in self._by_change and h.start not in said_fine
        ]  # fmt: skip
        if not places or not changes:
            return []
        starts: dict[int, list[Hit]] = {}
        for place in places:
            starts.setdefault(place.start, []).append(place)
        lists = _lists_of_places(places, words)
        found: dict[tuple[str, int], Candidate] = {}
        for change in changes:
            near = [
                pair
                for pair in self._near(change, starts, clauses)
                if not _told_apart(pair[1], change, words)
                and not _size_of_a_spot(pair[1], change, named, words, clauses)
            ]
            body = [(cost, place) for cost, place in near if place.kind != "change" and place.name not in _LOOSE]
            nearest = min((cost for cost, _ in body), default=0.0)
            own = [place for cost, place in body if cost == nearest and _owns(place, change, words)]
            if own:
                # "My knees hurt, my lips are dry": what hurts is named, so the pain is of no other clause's place.
                near = [pair for pair in near if _may_share(pair, change, own[0], nearest, words, clauses)]
            elif of_it := [place for _, place in body if _is_of(change, place, words)]:
                near = [p for p in near if p[1].name in _LOOSE or _may_share(p, change, of_it[0], 0, words, clauses)]
            near = _with_their_lists(near, lists, change, clauses)
            for rule in self._by_change[change.full_name]:
                if not rule.not_before.isdisjoint(words[change.end : change.end + 1]):
                    continue
                self._apply(rule, change, near, nearest, taken, found)
        return list(found.values())

    def _near(self, change: Hit, starts: dict[int, list[Hit]], clauses: Clauses) -> list[tuple[float, Hit]]:
        near = []
        for start in range(change.start - self._furthest - 6, change.end + self._furthest + 1):
            for place in starts.get(start, ()):
                if place.start < change.end and change.start < place.end:
                    continue
                if place.end <= change.start:
                    cost = clauses.distance(place.end, change.start)
                else:
                    # A place named after its change is nearer in English: "swelling of the lips".
                    cost = clauses.distance(change.end, place.start)
                if place.end <= change.start and clauses.refers_back(place.end, change.start):
                    cost = max(1.0, cost - _PRONOUN)
                if cost <= self._furthest:
                    near.append((cost, place))
        near.sort(key=lambda pair: pair[0])
        return near

    def _apply(
        self,
        rule: Composition,
        change: Hit,
        near: list[tuple[float, Hit]],
        nearest: float,
        taken: frozenset[int],
        found: dict[tuple[str, int], Candidate],
    ) -> None:
        for cost, place in near:
            if cost > rule.reach:
                return
            if place.full_name not in rule.sites or place.start in taken:
                continue
            after = place.start > change.start
            if after and (rule.order == "place first" or (rule.order == "forward" and place.start > change.end)):
                continue
            if place.kind != "change" and place.name not in _LOOSE and cost > nearest + _SHARE:
                continue
            key = (rule.sign, change.start)
            before = found.get(key)
            if before is None or (before.doubt and not rule.doubt):
                found[key] = Candidate(
                    concept=rule.sign,
                    start=min(place.start, change.start),
                    end=max(place.end, change.end),
                    anchor_start=change.start,
                    anchor_end=change.end,
                    origin=Origin.COMPOSED,
                    rule=f"{place.name} and {change.name}",
                    site=place.name if place.kind == "site" else None,
                    doubt=rule.doubt,
                    hint=rule.hint,
                )
            return


def _size_of_a_spot(place: Hit, change: Hit, named: list[Hit], words: list[str], clauses: Clauses) -> bool:
    """ "One patch behind my knee the size of a lid": the size is that of the patch, not of the place."""
    if "size" not in words[change.start : change.end] or place.start > change.start or place.name not in _LIMBS:
        return False
    clause = clauses.clause[place.start]
    return any(hit.name == "rash" and hit.end <= place.start and clauses.clause[hit.start] == clause for hit in named)


def _lists_of_places(places: list[Hit], words: list[str]) -> list[list[Hit]]:
    """The places that stand in lists of three and more: "my hands, feet, throat and eyelids"."""
    found: list[list[Hit]] = []
    items = end = 0
    listed: list[Hit] = []
    for place in (place for place in places if place.kind != "change" and place.name not in _LOOSE):
        between = words[end : place.start]
        if listed and (place.start < end or (between and all(word in _JOINED for word in between))):
            items += place.start >= end
            listed.append(place)
        else:
            if items >= _LIST:
                found.append(listed)
            listed, items = [place], 1
        end = max(end, place.end)
    return [*found, listed] if items >= _LIST else found


def _with_their_lists(
    near: list[tuple[float, Hit]], lists: list[list[Hit]], change: Hit, clauses: Clauses
) -> list[tuple[float, Hit]]:
    """The places near a change, and those of one list with them: each as near as the nearest of its list.

    A list is of one sentence with the change, which does not part it.
    """
    costs = {place: cost for cost, place in near}
    for listed in lists:
        apart = clauses.sentence[listed[0].start] != clauses.sentence[change.start]
        parted = listed[0].start < change.end and listed[-1].end > change.start
        cost = min((costs[place] for place in listed if place in costs), default=None)
        if cost is not None and not apart and not parted:
            costs.update({place: cost for place in listed})
    return sorted(((cost, place) for place, cost in costs.items()), key=lambda pair: pair[0])


def _told_apart(place: Hit, change: Hit, words: list[str]) -> bool:
    """ "How would I know blisters, I only have a little itch on my arm", "my nose gets blocked and throat is sore": a
    place after the change, told by itself.
    """
    if place.kind == "change" or place.start < change.end:
        return False
    between = words[change.end : place.start + 1]
    if (
        len(between) == 3
        and between[0] == ","
        and between[1] in _ARTICLES
        and words[place.end : place.end + 1] in _SAYS
    ):
        # "I know about swelling, my face has not changed": a statement of its own.
        return True
    goes_on = words[place.end : place.end + 1] not in ([], [","], ["."], ["\n"])
    return (between[:-1] == ["and"] and goes_on) or any(pair in _APART for pair in pairwise(between))


def _owns(place: Hit, change: Hit, words: list[str]) -> bool:
    """ "My knees hurt", "I cut my thumb": right before the change, or right after it and one's own."""
    before = place.end == change.start
    after = place.start - change.end == 1 and words[change.end] in ("my", "his", "her")
    return before or after


def _is_of(change: Hit, place: Hit, words: list[str]) -> bool:
    """ "Dry mouth, swelling of the ankles": the change of this place."""
    between = words[change.end : place.start]
    return len(between) > 1 and between[0] in _OF and _ARTICLES.issuperset(between[1:])


def _may_share(
    pair: tuple[float, Hit], change: Hit, own: Hit, nearest: float, words: list[str], clauses: Clauses
) -> bool:
    """Whether a place may have a change that another place owns: in one clause with it, or as one of a list."""
    cost, place = pair
    if cost <= nearest or clauses.clause[place.start] == clauses.clause[change.start] or place.kind == "change":
        return True
    between = words[min(place.end, own.end) : max(place.start, own.start)]
    return all(word in _JOINED for word in between)


def _of_one_place(whole: Hit, named: list[Hit], clauses: Clauses) -> bool:
    """ "All over my arms" is not all over."""
    return any(
        place.start >= whole.end and clauses.distance(whole.end, place.start) <= 1 and place.name != "whole_body"
        for place in named
    )
