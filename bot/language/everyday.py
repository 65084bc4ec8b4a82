"""What an everyday thing explains: a common ailment, a treatment that peels, a pain that is not of the skin."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from bot.language.candidate import Candidate, Origin
from bot.language.cues import CueBoard, Judgement
from bot.language.passing import ROOM
from bot.language.reading import Ground, Status

#: Ailments of words/everyday.yml. Each has its words, what has to show that it is one (`_beside`, if anything) and
#: what may be more (`_or_more`).
COMMON_AILMENTS = (
    *("cold", "cough", "sore_throat", "heartburn", "moon_face"),
    *("itchy_eyes", "scabs", "spotting", "light_spotting", "piles"),
)


class EverydayThings(CueBoard):
    """Whether a message tells of something common, and of nothing that may be more."""

    def _everyday(self, candidate: Candidate) -> Judgement | None:
        """A common ailment, a peeling treatment and most of what has another cause raise no question; an inner pain and
        the rest of it leave one.
        """
        slight = candidate.doubt or candidate.concept == "minor_bleeding"
        if slight and self._common_ailment(candidate):
            return Judgement(Status.HYPOTHETICAL, "the sign is only in the name of a common ailment")
        helped = self._helped(candidate) if candidate.soft or candidate.origin is Origin.PLACE else None
        if helped:
            return Judgement(Status.HYPOTHETICAL, f"beside what helped: '{helped}'")
        treatment = self._peeling_treatment(candidate)
        if treatment:
            # A review of it is settled by it; in a few words it may be no more than what there is beside it.
            doubt = len(self.scene.words) < ROOM
            return Judgement(Status.HYPOTHETICAL, f"beside a treatment that peels: '{treatment}'", in_doubt=doubt)
        part = self._pain_inside(candidate)
        if part:
            return Judgement(Status.UNSURE, f"no skin is named, but '{part}'", in_doubt=True)
        other = self._of_something_else(candidate)
        if other and self._settled_by_it(candidate.concept):
            return Judgement(Status.HYPOTHETICAL, f"explained by '{other}'")
        if other:
            return Judgement(Status.UNSURE, f"'{other}' may explain it", in_doubt=True, ground=Ground.EXPLAINED)
        if candidate.concept in self.words["not_alone"] and self.words["company"].isdisjoint(self._told):
            return Judgement(Status.UNSURE, "told without any other sign", in_doubt=True)
        return None

    def _common_ailment(self, candidate: Candidate) -> bool:
        """ "Sore throat, cough and a runny nose", "heartburn after curry, gaviscon sorted it": nothing more is told."""
        words, lists = self.scene.words, self.words
        named = words[candidate.start : candidate.end]
        ailments = [ailment for ailment in COMMON_AILMENTS if not lists[ailment].isdisjoint(named)]
        if not ailments:
            return False
        beside = words[: candidate.start] + words[candidate.end :]
        return any(
            (f"{ailment}_beside" not in lists or not lists[f"{ailment}_beside"].isdisjoint(beside))
            and (lists[f"{ailment}_or_more"] - lists[ailment]).isdisjoint(self._told)
            for ailment in ailments
        )

    def _helped(self, candidate: Candidate) -> str | None:
        """ "It cleared the infection quite fast", "finally able to breathe": the word for it, in one clause with a sign
        that is doubtful by itself, and without a word that takes it back.
        """
        words, lists, clause = self.scene.words, self.words, self.scene.clauses.clause
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        beside = [
            words[at]
            for at in range(first, last)
            if clause[at] == clause[candidate.anchor_start] and not candidate.start <= at < candidate.end
        ]
        if not lists["no_help"].isdisjoint(beside):
            return None
        return next((word for word in beside if word in lists["help"]), None)

    def _peeling_treatment(self, candidate: Candidate) -> str | None:
        """ "Differin: dryness and some peeling": the word for such a treatment, where nothing more is told."""
        words, lists = self.scene.words, self.words
        if candidate.concept not in lists["peels"] or not lists["more_than_peels"].isdisjoint(self._told):
            return None
        return next((word for word in words if word in lists["peeling_treatments"]), None)

    def _pain_inside(self, candidate: Candidate) -> str | None:
        """ "My shoulders are so painful I can't sleep": the word for what hurts, where the message names no skin."""
        words, lists = self.scene.words, self.words
        if candidate.concept != "skin_pain" or not lists["skin_named"].isdisjoint(words):
            return None
        return next((word for word in words if word in lists["inner_parts"]), None)

    def _of_something_else(self, candidate: Candidate) -> str | None:
        """ "Bleeding for weeks on the implant", "numb from a pinched nerve": the word for what may explain the sign.

        Of the lists of a sign `_by` holds what explains it, `_or_more` what shows that it is more, and `_words`, where
        there is one, those of its words that can be explained.
        """
        words, lists, concept = self.scene.words, self.words, candidate.concept
        if f"{concept}_by" not in lists or not lists[f"{concept}_or_more"].isdisjoint(self._told):
            return None
        own = lists.get(f"{concept}_words")
        if own is not None and own.isdisjoint(words[candidate.start : candidate.end]):
            return None
        return next((word for word in words if word in lists[f"{concept}_by"]), None)

    def _settled_by_it(self, concept: str) -> bool:
        """Whether such an explanation is enough not to ask: "spotting on the pill", not "flooding for weeks on it"."""
        left_open = self.words.get(f"{concept}_left_open", frozenset())
        return concept in self.words["settled_by_it"] and left_open.isdisjoint(self._told)

    @cached_property
    def _told(self) -> frozenset[str]:
        """The words of the message, without those that are said to be lacking."""
        return frozenset(self.scene.words).difference(self._said_to_lack())

    def _said_to_lack(self) -> Iterator[str]:
        """Words right after "no", "nothing" or "without", and those joined to them: "no fever or chills"."""
        lacking = False
        for before, word in pairwise(self.scene.words):
            lacking = before in ("no", "nothing", "without", "nor") or (lacking and "or" in (before, word))
            if lacking and word != "or":
                yield word
