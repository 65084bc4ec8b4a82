"""What a denial, a question or an ending takes for granted: "why won't the blisters dry up", "I want the fever gone".

The rules before this one have cleared the sign; where the wording holds only if it is there, the patient is asked.
"""

from dataclasses import replace
from itertools import pairwise

from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Ground, Status

#: In words: how far before a sign its article may stand ("the big red blisters"), and a quantity before it.
_ARTICLE, _QUANTITY = 3, 4
#: In words after a sign: what is done to it or becomes of it, and others that have come since.
_BECOMES, _OTHERS = 3, 9
#: "You don't think the blisters are serious": what a denial is of.
_OPINIONS = frozenset({"think", "believe", "trust", "know"})
#: After "now" they tell of the patient.
_OF_ONESELF = frozenset({"i", "ive", "im", "theyre", "hes", "shes", "he", "she", "its"})
#: Before a sign they set it apart from what is denied.
_BUT_FOR = (("other", "than"), ("apart", "from"), ("aside", "from"), ("except", "for"))
#: Between a place and what becomes of it.
_COMING = frozenset({"starts", "start", "started", "begins", "begin", "gets", "get", "goes", "go", "comes", "come"})
#: "My consultant wants me to ...": nothing is wished to end.
_WHOM = frozenset({"me", "us", "him", "her", "you"})
#: At the end of a statement they say that it has not ended as it should have.
_ITS_END_LACKING = frozenset({"havent", "hasnt", "didnt", "wont", "dont", "doesnt"})
#: "My lips aren't swollen as much as ...".
_AS_MUCH = (["much"], ["bad"], ["badly"], ["often"])


class Presuppositions(CueBoard):
    """Whether a sign that was cleared is taken for granted all the same."""

    def _taken_for_granted(self, candidate: Candidate, judgement: Judgement) -> Judgement:
        """The judgement, with a doubt where the wording takes the sign for granted."""
        if judgement.in_doubt or judgement.status in (Status.PRESENT, Status.UNSURE):
            return judgement
        if candidate.concept not in FLAG_OF_CONCEPT:
            return judgement
        by = self._granted_by(candidate, judgement)
        if not by:
            return judgement
        return replace(judgement, rule=f"{judgement.rule}, which takes it for granted: {by}", in_doubt=True)

    def _granted_by(self, candidate: Candidate, judgement: Judgement) -> str:
        """The words that take it for granted, each way of clearing a sign having its own; "" for none."""
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        likened = self._likened(candidate)
        if likened:
            return likened
        if judgement.status is Status.ABSENT:
            return (
                self._of_its_degree(candidate, first)
                or self._of_something_about_it(candidate, first)
                or self._but_for_this(candidate, first, last)
            )
        if judgement.status is Status.PAST:
            # "Got it out in 2006 after going yellow": what is of then has no end to come.
            of_then = judgement.ground is Ground.LONG_AGO and candidate.concept != "self_harm"
            return (
                ("" if of_then else self._of_its_wished_end(candidate, first, last))
                or self._of_a_part(candidate, first)
                or self._there_again(candidate, last)
            )
        if judgement.status is Status.HYPOTHETICAL:
            return self._of_the_one_there_is(candidate, judgement, first)
        return self._for_somebody_to_see(candidate)

    def _likened(self, candidate: Candidate) -> str:
        """ "I wasn't told that my skin would peel like this", "haven't seen blisters like these"."""
        following = self.scene.words[candidate.end : candidate.end + 2]
        return " ".join(following) if following in (["like", "this"], ["like", "these"]) else ""

    def _definite(self, candidate: Candidate, or_mine: bool = False) -> bool:
        """ "The blisters", "these nasty mouth sores", "the swelling of my lips": a sign by its name, and which one."""
        words, at = self.scene.words, candidate.start
        if words[at] in self.words["definite"]:
            return True
        verbs = self.words["be"] | _COMING
        if at in self._places and not verbs.isdisjoint(words[at : candidate.end]):
            # "The skin is peeling", "if the skin starts lifting": which skin, not which peeling.
            return or_mine and not self.words["possessive"].isdisjoint(words[max(0, at - 1) : at])
        which = self.words["definite"] | (self.words["possessive"] if or_mine else frozenset())
        for back in range(1, _ARTICLE + 1):
            word = words[at - back] if at >= back else "."
            if word in which:
                # "Are red lanes up the arm sepsis?": which arm.
                of_a_place = back > 1 and not self._places.isdisjoint(range(at - back, at))
                return not (of_a_place and words[max(0, at - back - 1)] in self.words["locating"])
            within = word in self.words["transparent"] or at - back in self._places
            if not within or word in self.words["preposition"]:
                return False
        return False

    def _of_its_degree(self, candidate: Candidate, first: int) -> str:
        """ "I don't have many blisters", "not as short of breath as yesterday": less of it is not none of it."""
        words = self.scene.words
        named = words[candidate.start : candidate.end]
        following = words[candidate.end : candidate.end + _BECOMES]
        degrees = set(self.words["degrees"])
        if not {"just", "only", "more"}.isdisjoint(following):
            # "No big blisters, just small ones", but not "no big blisters".
            degrees |= self.words["sizes"]
        if not (self.words["healed"] | {"gone"}).isdisjoint(following):
            # "Not all the blisters have gone".
            degrees.add("all")
        for cue in self._within("absent", first, candidate.anchor_start):
            between = [*words[cue.end : candidate.start], *named[:1]]
            degree = next((word for word in between if word in degrees), "")
            if degree or not {"that", "so"}.isdisjoint(named[1:-1]):
                return f"'{degree or 'that'}' of it"
            if "as" in following and (following[1:2] in _AS_MUCH or "as" in (*between, *named)):
                return "'as' of it"
        return ""

    def _of_something_about_it(self, candidate: Candidate, first: int) -> str:
        """ "Nobody has looked at the blisters", "no explanation for my fever": another thing is denied of it."""
        words = self.scene.words
        for cue in self._within("absent", first, candidate.anchor_start):
            between = words[cue.end : candidate.start]
            if any(word in PUNCTUATION or word in ("or", "nor", "and") for word in between):
                continue
            if self._asked_inverted(cue.start, first) and self._definite(candidate, or_mine=True):
                return "asked why not"
            if words[max(0, cue.start - 1)] == "do" and words[cue.start] == "without" and self._definite(candidate):
                return "could do without"
            opinion = _OPINIONS.intersection(words[cue.start : cue.end])
            told = (*opinion, *between, *words[candidate.end : candidate.end + 1])
            done = next((word for word in told if word in self.words["done_about"]), "")
            if done in self.words["treats"] and words[cue.start] not in self.words["subject"]:
                return f"'{done}' it"
            if done and (self._definite(candidate, or_mine=True) or {"for", "about", "with"} & set(between)):
                return f"'{done}' about it"
            if done in self.words["unforeseen"]:
                return f"not '{done}'"
        return ""

    def _but_for_this(self, candidate: Candidate, first: int, last: int) -> str:
        """ "Other than the blisters nothing to report", "oh no, not the blisters again": this one is there.

        So too "doesn't blister on my arms, does on my legs", and "they said it would clear up, the blisters haven't".
        """
        words = self.scene.words
        lead = words[max(first, candidate.start - _QUANTITY) : candidate.start]
        if any(pair in _BUT_FOR for pair in pairwise(lead)):
            return "but for this"
        following = [*words[candidate.end : last], ".", ".", "."]
        there = self.words["preposition"] | self.words["possessive"]
        for mark, verb, where in zip(following, following[1:], following[2:], strict=False):
            if mark in (",", "but") and verb in ("does", "do", "are", "is", "has", "have") and where in there:
                return f"'{verb} {where}'"
        again = following[0] == "again" or (following[0] in _ITS_END_LACKING and following[1] in PUNCTUATION)
        return f"'{following[0]}' of it" if again and self._definite(candidate) else ""

    def _there_again(self, candidate: Candidate, last: int) -> str:
        """ "I used to get nosebleeds. Now I've had one for an hour", "no blisters at first, there are now"."""
        words = self.scene.words
        here = [word for word in words[candidate.end : last] if word not in PUNCTUATION]
        if here[-2:] in (["is", "now"], ["are", "now"]):
            return "'is now'"
        after = [*words[last : last + _OTHERS], "."]
        now = after[0] in ("now", "today", "tonight") and after[1:2] and after[1] in _OF_ONESELF
        return "'now'" if now and not {"them", "one", "ones", "back", "same"}.isdisjoint(after) else ""

    def _asked_inverted(self, at: int, first: int) -> bool:
        """ "Why won't ...", "won't ... ever go?": a negative that opens a question."""
        words = self.scene.words
        lead = words[first:at]
        return words[at].endswith("nt") and ("why" in lead or not [w for w in lead if w.isalpha()])

    def _of_its_wished_end(self, candidate: Candidate, first: int, last: int) -> str:
        """ "I want the fever gone", "once my mouth sores have healed can I eat": an end that is still to come."""
        words = self.scene.words
        lead = words[first : candidate.start]
        wished = next((word for word in lead if word in self.words["end_wanted"]), "")
        if wished and self.scene.words[first + lead.index(wished) + 1] in _WHOM:
            wished = ""
        if not wished and not self.words["yet_to_come"].isdisjoint(words[first:last]):
            wished = next((word for word in lead if word in self.words["end_awaited"]), "")
        return f"'{wished}'" if wished else ""

    def _for_somebody_to_see(self, candidate: Candidate) -> str:
        """ "Could someone look at the blisters": somebody is to see what the patient has."""
        words, at = self.scene.words, candidate.start
        near = words[max(0, at - _ARTICLE) : at]
        shown = not {"at", "about", "to"}.isdisjoint(near)
        return "to be seen" if shown and self._definite(candidate) else ""

    def _of_a_part(self, candidate: Candidate, first: int) -> str:
        """ "Half the blisters are gone", "they healed, fresh ones on my belly": not all of it is over."""
        words = self.scene.words
        before = words[max(first, candidate.start - _QUANTITY) : candidate.start]
        part = next((word for word in before if word in self.words["part_of_it"]), "")
        if part:
            return f"'{part}' of it"
        following = words[candidate.end : candidate.end + _OTHERS]
        for other, ones in pairwise(following):
            if other in self.words["others_come"] and ones in self.words["ones"]:
                return f"'{other} {ones}'"
        return ""

    def _of_the_one_there_is(self, candidate: Candidate, judgement: Judgement, first: int) -> str:
        """ "Should I ring about the fever", "if the blisters burst", "am I meant to have a fever": the one there is."""
        cue = judgement.cue
        if cue in self.words["as_it_should_be"] and self.scene.words[first] in self.words["be"]:
            return f"'{cue}'"
        before = self.scene.words[max(0, candidate.start - 1)]
        if before == "with" and cue.startswith(("can i", "should i", "may i")):
            # "Can I go to work with blisters?"
            return "with it"
        asked = judgement.ground is Ground.ASKED or cue in self.words["of_the_one"]
        following = self.scene.words[candidate.end : candidate.end + 2]
        if following[:1] in (["in"], ["of"], ["with"]) and not self.words["illnesses"].isdisjoint(following):
            # "What causes the fever in DRESS?"
            return ""
        # "Do the red spots ever turn purple?": the spots are there, the sign is not.
        whole = candidate.named or candidate.end - candidate.start <= _ARTICLE
        if asked and whole and self._definite(candidate) and self.words["may_come"].isdisjoint(following[:1]):
            return "the one there is"
        return ""
