"""Whether a word for an ending ("healed", "went down") is of this finding, and stays true to the end."""

from dataclasses import replace

from bot.language.candidate import Candidate
from bot.language.contractions import NEGATED
from bot.language.cues import PUNCTUATION, CueBoard
from bot.language.terms import Hit

#: So many words may stand between "no longer" and the last item of its list.
_LIST = 14
#: So many words before an ending may deny it: "have not really got any better".
_DENIED_WITHIN = 5
#: After "had" they are of what was told before.
_OF_THE_SAME = frozenset({"it", "that", "this", "these", "those", "them", "one", "some", "to", "both", "all"})


class Ended(CueBoard):
    """Whether a cue of an ending reaches a finding."""

    def _ended_by(self, cue: Hit, candidate: Candidate, first: int, last: int) -> bool:
        """ "The blisters have healed", "I no longer have blisters": whether an ending is of this finding.

        first, last: the sentence of the finding. What denies the ending is asked before what grants it, and an ending
        in front of the finding before one behind it.
        """
        cue = self._past_the_sign(cue, candidate)
        if (
            self._seeming_ending(cue)
            or self._of_a_treatment(cue, candidate)
            or self._ending_denied(cue, candidate)
            or self._still_lost(cue, candidate)
        ):
            return False
        if self._ending_right_before(cue, candidate, first):
            if cue.start > 0 and self.scene.words[cue.start - 1] in self.words["ending_sought"]:
                # "How do I get rid of these blisters?"
                return False
            if self._text(cue) in self.words["ended_before"] and not self._still(cue.end):
                return self._ended_what_follows(cue, candidate, first, last)
        if self._no_longer_listed(cue, candidate) or self._ended_list_follows(cue, candidate, first):
            return True
        if self._ending_goes_on(cue):
            return False
        if self._text(cue) == "no longer" and candidate.start <= cue.start and cue.end == candidate.anchor_start:
            # "My skin no longer hurts".
            return True
        if self._gone_of_another(cue, candidate) or cue.end <= candidate.anchor_start:
            return False
        return self._ended_after_sign(cue, candidate, last)

    def _of_a_treatment(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Swollen tongue. I've now stopped", "blisters. Stopped rev on Monday": what somebody ends is a treatment."""
        words = self.scene.words
        if self.words["ended_by_people"].isdisjoint(words[cue.start : cue.end]) or cue.end <= candidate.anchor_start:
            return False
        if any(hit.start == cue.end for hit in self.scene.hits.get("medicine", ())):
            return True
        at = cue.start - 1
        while at >= 0 and words[at] in self.words["before_ending"]:
            at -= 1
        if at < 0 or words[at] not in self.words["who_ends_treatment"]:
            return False
        # "Had mouth sores until I stopped", "he was shivering, he has stopped".
        with_it = at > 0 and words[at - 1] in ("until", "till")
        then = not self.words["past_tense"].isdisjoint(self._own_clause(candidate))
        return not with_it and not (then and candidate.concept in self.words["stopped_by_the_body"])

    def _still_lost(self, cue: Hit, candidate: Candidate) -> bool:
        """ "My left side went weak and hasn't come back": what is lost goes on as long as it stays away."""
        back = not self.words["come_back"].isdisjoint(self.scene.words[cue.start : cue.end])
        return back and candidate.concept in self.words["losses"] and self.scene.words[cue.start] in NEGATED

    def _past_the_sign(self, cue: Hit, candidate: Candidate) -> Hit:
        """ "The blisters had gone": where the sign itself begins the words of the ending, those that it leaves."""
        if (
            candidate.start <= cue.start < candidate.end < cue.end
            and self.scene.words[candidate.end - 1] in self.words["begins_its_ending"]
        ):
            return replace(cue, start=candidate.end)
        return cue

    def _seeming_ending(self, cue: Hit) -> bool:
        """ "Water sacs all over it": the words beside it make what looks like an ending none."""
        words = self.scene.words
        if cue.start > 0 and words[cue.start - 1] in self.words["negators"]:
            return True
        if words[cue.start] in ("until", "till") and cue.start and words[cue.start - 1] in PUNCTUATION:
            # "..., until I started the cream it was only red": of what comes after it.
            return True
        if words[cue.start] == "over" and cue.start and words[cue.start - 1] == "all":
            # "Water sacs all over it".
            return True
        # "Hasn't budged, chest pain, not since I rang you".
        return self._text(cue) == "not since" and cue.end < len(words) and words[cue.end] not in PUNCTUATION

    def _ending_right_before(self, cue: Hit, candidate: Candidate, first: int) -> bool:
        """ "It cleared up my mouth sores": the ending stands in front of the finding, in its sentence."""
        # "No longer have trouble breathing": a term may begin with the last word of the cue.
        begin = cue.end if cue.start < candidate.start < cue.end < candidate.end else candidate.start
        return (
            cue.end <= begin <= cue.end + 2
            and cue.start >= first
            and (PUNCTUATION | self.words["stop"]).isdisjoint(self.scene.words[cue.end : begin])
        )

    def _ended_what_follows(self, cue: Hit, candidate: Candidate, first: int, last: int) -> bool:
        """ "It cleared up my mouth sores", but not "nothing cleared up ..." or "no cream has ..."."""
        lead = self.scene.words[max(first, cue.start - 4) : cue.start]
        return (self.words["negators"] | self.words["nothing_did"]).isdisjoint(lead) and not self._again_after(
            cue, last, candidate
        )

    def _ended_list_follows(self, cue: Hit, candidate: Candidate, first: int) -> bool:
        """ "Everything had cleared: the swollen eyelids, the sores on my gums": the ending heads a list."""
        words = self.scene.words
        ending = words[cue.end - 1]
        listed = words[cue.end : cue.end + 1] == [":"] and (
            ending in self.words["healed"] or ending in ("gone", "settled")
        )
        return listed and cue.end < candidate.start and cue.start >= first

    def _ending_goes_on(self, cue: Hit) -> bool:
        """ "It's gone ten", "they stopped taking it", "... Still swollen today": what follows takes the ending back."""
        words = self.scene.words
        following = words[cue.end] if cue.end < len(words) else "."
        if self._text(cue) == "in the past" and following not in PUNCTUATION:
            # "In the past I had none of this".
            return True
        if self._still(cue.end) or (cue.end - cue.start == 1 and not self._closes(cue.end)):
            return True
        ending = words[cue.end - 1]
        if ending == "gone" and (following.isdigit() or following in self.words["hours"]):
            # "Bleeding since seven and it's gone ten".
            return True
        goes_on = cue.end in self.scene.covered or following in self.words["no_ending_before"]
        return cue.end < len(words) and goes_on and ending in self.words["loose_endings"]

    def _gone_of_another(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Blisters, appetite gone", but not "blisters gone", "blisters on my arms gone": of what stands beside it."""
        return self._text(cue) == "gone" and not all(
            self.scene.words[at]
            in self.words["just_before_gone"] | self.words["preposition"] | self.words["possessive"]
            or at in self._places
            for at in range(candidate.end, cue.start)
        )

    def _ended_after_sign(self, cue: Hit, candidate: Candidate, last: int) -> bool:
        """ "I had blisters in May. All healed": an ending behind the finding, in its sentence or the next one."""
        words, clauses = self.scene.words, self.scene.clauses
        told = candidate.end
        if cue.start < told:
            if cue.start < candidate.anchor_end:
                return False
            # "The peeling stopped weeks ago, skin is smooth": the place may stand after the ending.
            told = candidate.anchor_end
        same = cue.start < last
        nextone = not same and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1
        if not same and not nextone:
            return False
        if same and self._turned_from(words[told : cue.start]):
            return False
        if self._another_between(candidate, cue):
            return False
        if self._again_after(cue, last if same else clauses.bounds(cue.start)[1], candidate):
            return False
        if same:
            return self._ended_of(candidate, cue)
        lead = words[last : cue.start]
        return len(lead) <= 4 and all(w in self.words["ending_lead"] for w in lead)

    def _turned_from(self, between: list[str]) -> bool:
        """ "Blisters, but since then the dizzy spells have gone": a turn to something else parts it from the ending."""
        turns = [p for p, w in enumerate(between[:-1]) if w in ("but", "though", "although", "however", "still")]
        return bool(turns) and not self.words["ending_lead"].issuperset(between[turns[-1] : -1])

    def _ending_denied(self, cue: Hit, candidate: Candidate) -> bool:
        """ "The blisters are no better since Monday", "... have not really gone": denied in one breath with it."""
        words = self.scene.words
        opening = max(cue.start - _DENIED_WITHIN, candidate.end if candidate.end <= cue.start else 0)
        lead = words[opening : cue.start]
        parted = [at for at, word in enumerate(lead) if word in PUNCTUATION | self.words["joins"]]
        told = lead[parted[-1] + 1 if parted else 0 :]
        # "I wish I could say the blisters had gone".
        wished = words[max(0, candidate.start - _DENIED_WITHIN) : candidate.start] if candidate.end <= cue.start else []
        return not self.words["no_ending"].isdisjoint(told) or not self.words["wished"].isdisjoint(wished)

    def _no_longer_listed(self, cue: Hit, candidate: Candidate) -> bool:
        """ "I no longer have the double vision, shakiness, or swollen lips": the last of a list joined by "or"."""
        words, clauses = self.scene.words, self.scene.clauses
        between = words[cue.end : candidate.start]
        return (
            self._text(cue).startswith("no longer")
            and clauses.sentence[cue.start] == clauses.sentence[candidate.start]
            and 0 < len(between) <= _LIST
            and "or" in between[-3:]
            and self.words["subject"].isdisjoint(between)
            and (self.words["negators"] | self.words["be"]).isdisjoint(between)
        )

    def _still(self, position: int) -> bool:
        """ "... ended up in the ER. Still swollen today"."""
        words = self.scene.words
        for p in range(position, min(position + 14, len(words) - 1)):
            if words[p] == "still" and (
                p + 1 in self.scene.sign_words
                or words[p + 1] in ("have", "there", "got", "here", "present", "bad", "is", "are", "a")
            ):
                return True
        return False

    def _closes(self, position: int) -> bool:
        """Whether a clause ends here or goes on with a time: "they healed in March", not "stopped taking it"."""
        words = self.scene.words
        return position >= len(words) or words[position] in PUNCTUATION or words[position] in self.words["after_ending"]

    def _ended_of(self, candidate: Candidate, cue: Hit) -> bool:
        """Whether the ending is of this finding and not of another: "rash has gone, lips swollen" is none."""
        words = self.scene.words
        if self._of_another_place(candidate, cue) or self._of_another_subject(candidate, cue):
            return False
        between = words[candidate.end : cue.start]
        others = [
            w
            for w in between
            if w
            in ("rash", "itch", "fever", "temperature", "cold", "pain", "headache", "husband", "wife", "i", "cough")
        ]
        whole = words[cue.start] == "all" or words[cue.start - 1] in ("all", "both", "everything")
        # "Fever n rash in June, all gone", not "swollen lips, then the itch went, all gone".
        all_of_it = (
            whole and self.words["past_tense"].isdisjoint(between) and not {"is", "has", "my", "wife"} & set(between)
        )
        return not others or others == ["i"] or all_of_it

    def _of_another_subject(self, candidate: Candidate, cue: Hit) -> bool:
        """ "I have blisters on both hands, the other one healed": a clause later, with a subject of its own."""
        before = self._clause_before(candidate, cue)
        if not self.words["others"].isdisjoint(before):
            return True
        subject = self._subject_of_ending(candidate, cue)
        if not subject:
            return False
        told = self._own_clause(candidate)
        named = any(at in self.scene.covered for at in range(cue.start - len(before), cue.start))
        return not named or not (self.words["present_tense"] | self.words["times_of_now"]).isdisjoint(told)

    def _subject_of_ending(self, candidate: Candidate, cue: Hit) -> list[str]:
        """What a later clause says has ended, where that is neither the finding, nor its place, nor a pronoun."""
        subject = [
            word for word in self._clause_before(candidate, cue) if word not in self.words["no_subject_of_ending"]
        ]
        same = self.words["same_subject"] | set(self.scene.words[candidate.start : candidate.end])
        own = any(
            candidate.end <= other.start < cue.start and other.concept == candidate.concept
            for other in self.scene.candidates
        )
        return [] if own or not same.isdisjoint(subject) else subject

    def _another_told(self, candidate: Candidate, end: int) -> bool:
        """ "Sores in my mouth, I had eczema years ago, all healed": up to `end` another thing is told, in the past.

        Only of a finding without a verb of its own: "I had sores in my mouth, my gums were raw, all healed" is one.
        """
        words = self.scene.words
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        if not (self.words["past_tense"] | self.words["past_signs"]).isdisjoint(self._own_clause(candidate)):
            return False
        for at in range(candidate.end, min(end, last)):
            if words[at] == "had" and words[at + 1 : at + 2] and words[at + 1] not in _OF_THE_SAME:
                return True
            if words[at] in ("was", "were") and not self.words["possessive"].isdisjoint(words[max(0, at - 3) : at]):
                return True
        return False

    def _clause_before(self, candidate: Candidate, cue: Hit) -> list[str]:
        """The words between the opening of an ending's clause and the ending, where the finding is not in it."""
        words, clause = self.scene.words, self.scene.clauses.clause
        if cue.start < candidate.anchor_end or clause[cue.start] == clause[candidate.anchor_start]:
            return []
        opening = next(at for at in range(candidate.anchor_start, cue.start + 1) if clause[at] == clause[cue.start])
        while opening < cue.start and words[opening] in self.words["joins"]:
            opening += 1
        return words[opening : cue.start]

    def _of_another_place(self, candidate: Candidate, cue: Hit) -> bool:
        """ "Wheezy and my knees have gone", "wheezing, my strength has gone": the ending is of something else."""
        words = self.scene.words
        for owner in range(max(candidate.end, cue.start - 3), cue.start - 1):
            if words[owner] in self.words["possessive"] and owner + 1 not in self.scene.sign_words:
                return words[owner - 1] in ("and", ",", ".", "but", "so", "-")
        return False

    def _another_between(self, candidate: Candidate, cue: Hit) -> bool:
        """Another finding stands between and takes the ending for itself, unless both are one list."""
        words = self.scene.words
        for start, end in self._anchors:
            if (
                candidate.anchor_end <= start
                and end <= cue.start
                and (start, end) != (candidate.anchor_start, candidate.anchor_end)
            ):
                between = words[candidate.end : start]
                if not all(
                    w in ("and", ",", "or", "with", "the", "in", "my", "on", "of", "&", "then", "a")
                    or p in self.scene.covered
                    for p, w in enumerate(between, candidate.end)
                ):
                    return True
        return False

    def _again_after(self, cue: Hit, last: int, candidate: Candidate, bare: bool = True) -> bool:
        """ "It had all cleared up but it's back". bare: whether "again" by itself says so; not in "never again"."""
        words = self.scene.words
        for again in self._within("again", cue.end, last + 12):
            text = self._text(again)
            well = words[again.start - 1] in self.words["well_again"] or (
                not self.words["again_well"].isdisjoint(words[again.end : again.end + 1])
            )
            if text == "again" and (not bare or well):
                # "Fever gone, he eats again", "today I am again strong".
                continue
            if words[again.start - 1] in self.words["not_back"]:
                # "That resolved and hasn't come back".
                continue
            if cue.end <= again.start < last + 12 and text in self.words["it_is_back"] | self.words["back_again"]:
                return text not in self.words["now_they"]
        return False
