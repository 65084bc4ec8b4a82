"""What undoes a denial: "no blisters until Monday", "never had blisters like these", "none, only in my mouth"."""

from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.contractions import NEGATED
from bot.language.cues import PUNCTUATION, CueBoard
from bot.language.terms import Hit

#: In words after a sign: where it may be said to be there now.
_NOW_WITHIN = 16
#: In words of the next sentence: "Didn't have blisters yesterday. Got them today."
_NEXT = 4
_HAVING = frozenset({"got", "have", "has", "now", "today", "tonight", "had", "there", "theres"})
_IS = frozenset({"do", "does", "have", "has", "are", "is", "am"})
_BEFORE_NOW = frozenset({"yesterday", "before", "initially", "earlier"})
#: After "last", "at" or "until", so do these.
_LAST = frozenset(
    {"week", "month", "time", "cycle", "year", "night", "first", "monday", "tuesday", "wednesday", "thursday"}
)
#: After a time before, they bring what was denied for it.
_TURNED = frozenset({"but", "now", "today", "tonight"})
#: Between two denials they part them.
_TURNS = frozenset({",", "but", "and", "or", "nor", "so", "because", ";", ":", "-", "(", "just", "only"})
#: In words between the two.
_WITHOUT_WITHIN, _SAID_WITHIN, _NO_WITHOUT = 7, 8, 6
#: After "never had blisters" they tell how bad these are.
_SO = frozenset({"this", "such"})
_NEVER = frozenset({"never", "havent", "hadnt", "hasnt"})
#: After a "but" they own what was denied before it.
_FOUND = frozenset({"found", "noticed", "spotted", "see", "seen", "got", "are", "is", "have", "ive"})
_SOME = frozenset({"some", "one", "two", "three", "several", "loads", "them"})
_THAT = frozenset({"that", "which", "where"})
#: Before "that hasn't ...", they make it all of them.
_NEGATIVE = NEGATED | {"no", "hardly", "barely", "scarcely", "nowhere", "nothing", "none", "never"}


class Undenied(CueBoard):
    """Whether a denial in front of a finding leaves it there all the same."""

    def _there_after_all(self, cue: Hit, candidate: Candidate, last: int) -> bool:
        """The words after the finding, or between it and the denial, say that it is there."""
        return (
            self._until(candidate, last)
            or self._unchanged(candidate, last)
            or self._set_apart(cue, candidate)
            or self._unlike(cue, candidate)
            or self._only_elsewhere(candidate, last)
            or self._meant_yes(candidate, last)
            or self._there_now(candidate)
            or self._said_of_the_other(candidate)
        )

    def _until(self, candidate: Candidate, last: int) -> bool:
        """ "Never had ulcers until this week", "no blisters yesterday but this morning two": denied only for before."""
        words = self.scene.words
        near = words[candidate.end : min(last, candidate.end + 6)]
        rest = words[candidate.end : last]
        if any(w in ("until", "till") for w in near):
            return True
        if any(word == "before" and then in self.words["just_before_now"] for word, then in pairwise(near)):
            return True
        before = not _BEFORE_NOW.isdisjoint(near) or any(
            at in ("last", "at") and time in _LAST for at, time in pairwise(near)
        )
        # "I didn't have trouble breathing yesterday. I do today."
        following = words[last : last + _NEXT]
        goes_on = words[last + 1 : last + 2] in (["do"], ["have"], ["am"]) or (
            not _HAVING.isdisjoint(following[:1]) and self.words["negators"].isdisjoint(following)
        )
        turned = [*rest, *following] if goes_on else rest
        # Not so "no blisters today or yesterday".
        then = next((at for at, word in enumerate(turned) if word in _BEFORE_NOW | {"last"}), 0)
        parts = pairwise([".", *turned[then:]])
        return before and any(w in _TURNED and joined not in ("or", "nor", "/") for joined, w in parts)

    def _there_now(self, candidate: Candidate) -> bool:
        """ "I didn't have blisters when I filled in the form, I do now"."""
        near = [*self.scene.words[candidate.end : candidate.end + _NOW_WITHIN], "."]
        return any(
            who in self.words["subject"]
            and verb in _IS
            and now in ("now", "today", "tonight")
            and after not in ("have", "need", "want", "feel", "get")
            for who, verb, now, after in zip(near, near[1:], near[2:], near[3:], strict=False)
        )

    def _said_of_the_other(self, candidate: Candidate) -> bool:
        """ "It's not my throat that's swollen, it's my lips": the place after the change is opposed to another."""
        between = self.scene.words[candidate.anchor_end : candidate.end]
        return any(mark == "," and word in ("its", "it", "but") for mark, word in pairwise(between))

    def _set_apart(self, cue: Hit, candidate: Candidate) -> bool:
        """ "No fever, blisters though": what stands after the comma is there."""
        words = self.scene.words
        following = [*words[candidate.end : candidate.end + 2], ".", "."]
        if following[0] == "only" and following[1] in PUNCTUATION:
            # "No rash, blisters only".
            return cue.end < candidate.start
        return following[0] in self.words["set_apart"] and "," in words[cue.end : candidate.start]

    def _only_elsewhere(self, candidate: Candidate, last: int) -> bool:
        """ "No blisters on my body, only inside my mouth": there are some, at the place that follows."""
        words, scene = self.scene.words, self.scene
        for at in range(candidate.start + 1, last - 1):
            if words[at] not in ("only", "except", "just"):
                continue
            if words[at] != "except" and words[at - 1] != "but" and words[at - 1] not in PUNCTUATION:
                continue
            place = at + 1
            while place < last and words[place] in self.words["preposition"] | self.words["possessive"] | {"the"}:
                place += 1
            closes = place + 1 >= len(words) or words[place + 1] in PUNCTUATION
            return at + 1 < place < last and closes and place in scene.covered and place not in scene.sign_words
        return False

    def _meant_yes(self, candidate: Candidate, last: int) -> bool:
        """ "I clicked no for blisters but I should have clicked yes", "... but I just found some"."""
        rest = self.scene.words[candidate.end : last]
        clicked = any(rest[at : at + 2] == ["should", "have"] and "yes" in rest[at:] for at in range(len(rest)))
        after = rest[rest.index("but") :] if "but" in rest else []
        return clicked or any(verb in _FOUND and some in _SOME for verb, some in pairwise(after))

    def _unlike(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Never had blisters like these": there are some."""
        words = self.scene.words
        following = words[candidate.end : candidate.end + 3]
        said = words[max(0, cue.start - 1) : cue.end]
        # "I haven't any fever, so I haven't".
        so = following[:1] == ["so"] and following[1:2] and following[1] not in self.words["subject"]
        this_much = not _NEVER.isdisjoint(said) and (so or not _SO.isdisjoint(following[:1]))
        here = this_much or any(
            pair in (("like", "these"), ("like", "this"), ("like", "it")) for pair in pairwise(following)
        )
        return here and not _NEVER.isdisjoint(words[max(0, cue.start - 1) : candidate.start])

    def _unchanged(self, candidate: Candidate, last: int) -> bool:
        """ "No sign of the sores in my mouth getting any smaller": what is denied is that it goes."""
        rest = [word for word in self.scene.words[candidate.end : min(last, candidate.end + 5)] if word != "any"]
        return not self.words["going"].isdisjoint(rest[:2]) and (
            rest[0] not in self.words["gets"] or not self.words["lessened"].isdisjoint(rest[1:2])
        )

    def _undone(self, cue: Hit, first: int, candidate: Candidate) -> bool:
        """ "Can't finish a sentence without gasping": the two denials undo each other."""
        words = self.scene.words
        between = words[cue.end : candidate.start]
        if words[max(0, cue.start - 1)] in _THAT and words[cue.start] in self.words["negators"]:
            # "There isn't a spot on my back that hasn't blistered", "hardly an inch that doesn't hurt".
            opening = self.scene.clauses.first[self.scene.clauses.sentence[cue.start]]
            if not _NEGATIVE.isdisjoint(words[opening : cue.start - 1]):
                return True
        if words[cue.start] in _NEGATIVE and any(
            that in _THAT and word in self.words["negators"] for that, word in pairwise(between)
        ):
            return True
        if "without" in between and words[cue.start] in self.words["undenied_without"]:
            return True
        if words[cue.start] != "without":
            return False
        near = words[max(first, cue.start - _NO_WITHOUT) : cue.start]
        # "No part of my mouth without sores", "nowhere without blisters"; "no fever, without blisters" denies both.
        none = not {"no", "nowhere", "hardly"}.isdisjoint(near) and PUNCTUATION.isdisjoint(near)
        return none or not self.words["undenied_without"].isdisjoint(words[first : cue.start])

    def _not_to_say(self, cue: Hit, first: int) -> bool:
        """ "I can't say there are no blisters", "I wouldn't be honest if I said I'm free of them", "not without": the
        denial itself is denied. "I haven't got no fever" still denies.
        """
        words, clauses = self.scene.words, self.scene.clauses
        before = words[first : cue.start]
        denied = [at for at, word in enumerate(before) if word in self.words["denying_words"]]
        if not denied:
            return False
        since = before[denied[-1] + 1 :]
        if not _TURNS.isdisjoint(since) or clauses.sentence[cue.start] != clauses.sentence[first + denied[-1]]:
            return False
        if since[:1] == ["that"] and words[cue.start] not in ("without", "free"):
            # "It's not that I don't get blisters".
            return True
        if words[cue.start] in ("without", "free") and len(since) <= _WITHOUT_WITHIN:
            return True
        return len(since) <= _SAID_WITHIN and not self.words["said_or_true"].isdisjoint(since)

    def _longed_for(self, cue: Hit, first: int) -> bool:
        """ "Would love to wake up without chest pain", "can't wait for the day I'm not itching": so it is there."""
        before = self.scene.words[first : cue.start]
        turns = [at for at, word in enumerate(before) if word in _TURNS]
        lead = " ".join(before[turns[-1] + 1 if turns else 0 :])
        return any(f" {longed} " in f" {lead} " for longed in self.words["longing"])

    def _void(self, cue: Hit, candidate: Candidate) -> bool:
        """ "No, blisters everywhere", "oh no my lips are swelling": an answer or a cry, not a denial."""
        words = self.scene.words
        following = words[cue.end] if cue.end < len(words) else ""
        if words[cue.start : cue.end] == ["no"] and (following in self.words["subject"] or following == "the"):
            told = words[cue.end : candidate.end + 1]
            return not self.words["be"].isdisjoint(told) or following.endswith(("s", "ve", "im"))
        if words[cue.start] == "without" and words[cue.end + 1 : cue.end + 2]:
            # "Without cream my skin peels off": the cream is lacking, the rest is told.
            lacks = (
                following.isalpha() and following not in self.words["transparent"] and cue.end not in self.scene.covered
            )
            return lacks and words[cue.end + 1] in self.words["subject"] | {"the"}
        return following in (",", ".", "!", "?", "\n") and words[cue.start] in ("no", "nothing", "none", "never", "not")
