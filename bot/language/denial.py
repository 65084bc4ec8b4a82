"""Denials: "no ulcers or temperature", "blisters: none", and what only looks like one."""

from functools import cached_property
from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement, covered_words
from bot.language.enquiries import Enquiries
from bot.language.reading import Ground, Status
from bot.language.terms import Hit
from bot.language.undenied import Undenied

#: In words between a sign and a denial that says no more than "I don't".
_ELIDED_WITHIN = 7
#: In words after a sign: where the answer to it may stand, "blisters on the back of my hands? no".
_ANSWERED_WITHIN = 9
#: A denial that is whole without what follows its colon.
_WITHOUT_ITS_VERB = frozenset({"havent", "hasnt", "didnt", "doesnt", "dont", "isnt", "arent", "cant", "wont"})
#: Unknown words that a denial may reach over: "no nasty great blisters".
_REACH_OF = {"no": 2, "not": 1}


class Denials(Enquiries, Undenied):
    """Whether a denial reaches a finding."""

    def _denied(self, candidate: Candidate) -> Judgement | None:
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        last_end = candidate.anchor_end
        opening = self.scene.words[candidate.anchor_start : min(candidate.anchor_start + 2, candidate.anchor_end)]
        if not self.words["negators"].isdisjoint(opening):
            # "He isn't responding", "I am not able to speak": a negation that is part of the sign doesn't deny it.
            last_end = candidate.anchor_start
        before = [cue for cue in self._within("absent", first, candidate.anchor_start) if cue.end <= last_end]
        for cue in reversed(before):
            if self._void(cue, candidate) or self._undone(cue, first, candidate):
                continue
            if self._not_to_say(cue, first):
                return None
            reach = self._path(cue, candidate)
            said = " ".join(self.scene.words[cue.start : cue.end])
            if reach != "blocked" and self._there_after_all(cue, candidate, last):
                return None
            if reach != "blocked" and self._longed_for(cue, first):
                return Judgement(Status.UNSURE, f"longed for: '{said}' of it", in_doubt=True)
            if reach == "open" and self._worrying(candidate):
                return Judgement(Status.ABSENT, f"denied by '{said}', but worrying", in_doubt=True)
            if reach == "open":
                return Judgement(Status.ABSENT, f"denied by '{said}'")
            if reach == "shaky":
                return Judgement(Status.ABSENT, f"may be denied by '{said}'", in_doubt=True)
            break
        after = self._denied_after(candidate, last)
        return (
            after
            or self._list_denied_after(candidate)
            or self._denied_in_turn(candidate)
            or self._elided(candidate)
            or self._answered_no(candidate, last)
            or self._enquired(candidate, first)
        )

    def _elided(self, candidate: Candidate) -> Judgement | None:
        """ "My daughter thinks I have blisters but I don't", "I was sure I'd have them. I haven't": what somebody
        believed, and right after it a denial that has no other words than its own.
        """
        words, clauses = self.scene.words, self.scene.clauses
        first, _ = clauses.bounds(candidate.anchor_start)
        before = words[first : candidate.anchor_start]
        doubt = candidate.concept in self.words["not_for_oneself"]
        at = candidate.end
        while at < len(words) and at - candidate.end < _ELIDED_WITHIN and words[at] in self.words["before_elided"]:
            at += 1
        nothing = words[at : at + 1] and words[at] in self.words["nothing_of_it"] and at > candidate.end
        if nothing and self._ends_at(at + 1) and not self.words["foreseen"].isdisjoint(before):
            return Judgement(Status.ABSENT, f"foreseen, and denied by '{words[at]}' after it", in_doubt=doubt)
        if self.words["believed"].isdisjoint(before):
            return None
        for hit in self.scene.hits.get("anaphora", []):
            if hit.name != "deny" or not 0 < hit.start - candidate.end <= _ELIDED_WITHIN:
                continue
            if not self.words["before_elided"].issuperset(words[candidate.end : hit.start]):
                continue
            near = clauses.sentence[hit.start] - clauses.sentence[candidate.anchor_start] <= 1
            # "Never had it" may be "never before".
            if near and words[hit.start] != "never" and self._ends_at(hit.end):
                said = f"believed, and denied by '{self._text(hit)}' after it"
                return Judgement(Status.ABSENT, said, in_doubt=doubt)
        return None

    def _ends_at(self, at: int) -> bool:
        """Whether a statement ends before a word, but for "so far", "yet", "at all" or a "none"."""
        words = self.scene.words
        while at < len(words) and words[at] in self.words["ends_with"]:
            at += 1
        return at >= len(words) or (words[at] in PUNCTUATION and words[at] != ":")

    def _denied_in_turn(self, candidate: Candidate) -> Judgement | None:
        """ "Fever nope blisters nope mouth nope": a denial after each item, without marks between them."""
        words = self.scene.words
        for word in self.words["repeated_denials"].intersection(words[candidate.start : candidate.end + 2]):
            if words.count(word) > 1:
                return Judgement(Status.ABSENT, f"denied by '{word}' after each")
        lead = words[max(0, candidate.start - 3) : candidate.start]
        for word, of_it in pairwise(lead):
            if word in self.words["repeated_denials"] and of_it in ("on", "to", "for") and words.count(word) > 1:
                return Judgement(Status.ABSENT, f"denied by '{word} {of_it}' before each")
        if self._ticked_no(candidate):
            return Judgement(Status.ABSENT, "ticked N on a form")
        if self._no_after_each(candidate):
            return Judgement(Status.ABSENT, "denied by 'no' after each")
        return None

    def _no_after_each(self, candidate: Candidate) -> bool:
        """ "Blisters no peeling no mouth no": every "no" closes its item, for the last one closes the sentence."""
        words = self.scene.words
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        end = last - 1 if words[last - 1] in PUNCTUATION else last
        told = words[first:end]
        if told[-1:] != ["no"] or told.count("no") < 2 or told[0] == "no":
            return False
        return words[candidate.end : candidate.end + 1] == ["no"] and "," not in told

    def _list_denied_after(self, candidate: Candidate) -> Judgement | None:
        """ "Fever, blisters, sores in the mouth: none, none, none", "sore mouth or eyes? No.": one answer for all."""
        words, scene = self.scene.words, self.scene
        at = candidate.end
        items = self.words["light"] | {",", "and"}
        while (
            at < len(words)
            and (at in scene.covered or words[at] in items)
            and not self._within("absent_after", at, at + 1)
        ):
            at += 1
        if words[at - 1] == "," and at > candidate.end:
            at -= 1
        # Joined by commas alone, "fever, blisters? none" may answer the last only; a colon sums up.
        joined = words[at : at + 1] == [":"] or "or" in words[candidate.end : at]
        if at == candidate.end or not joined or words[at : at + 1] not in ([":"], ["?"], [","], ["-"]):
            return None
        answer = self._within("absent_after", at + 1, at + 2)
        if not answer:
            return None
        following = words[answer[0].end] if answer[0].end < len(words) else "."
        if following not in PUNCTUATION and following not in self.words["after_late_denial"] | {"to"}:
            return None
        return Judgement(Status.ABSENT, f"denied with others by '{self._text(answer[0])}'")

    def _ticked_no(self, candidate: Candidate) -> bool:
        """ "Fever N, mouth sores N": single letters that end their items. Elsewhere "n" is "and"."""
        words = self.scene.words
        ends = [at for at, word in enumerate(words) if word == "n" and (words[at + 1 : at + 2] or ["."])[0] in ",.\n;"]
        return len(ends) > 1 and any(candidate.end <= at <= candidate.end + 2 for at in ends)

    def _worrying(self, candidate: Candidate) -> bool:
        """ "I'm not going to kill myself but I think about it": denied, and still asked about."""
        following = self.scene.words[candidate.end : candidate.end + 12]
        return candidate.concept == "self_harm" and not self.words["worrying"].isdisjoint(following)

    def _in_clinical_list(self, start: int, candidate: Candidate) -> bool:
        """ "Denies fever, oral ulcers, facial oedema": a clinician's list of names runs on to the end of its sentence.

        "Denies pain, lips swollen since noon" is none: a place with its change, or a time, makes a statement.
        """
        words, stops = self.scene.words, self.words["clinical_stops"]
        after = words[candidate.end : candidate.end + 4]
        named = any(
            other.named
            and other.concept == candidate.concept
            and other.start <= candidate.start
            and candidate.end <= other.end
            for other in self.scene.candidates
        )
        return (
            named
            and stops.isdisjoint(words[start : candidate.anchor_start])
            and self.words["clinical_times"].isdisjoint(after)
        )

    def _told_of_oneself(self, candidate: Candidate) -> bool:
        """ "Negatives: sores in my mouth since May" of a review, unlike "negatives: fever, chest pain" of notes."""
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        own = ("possessive", "first_person", "be", "times_of_now")
        told = self.scene.words[first:last]
        return "since" in told or any(not self.words[name].isdisjoint(told) for name in own)

    def _path(self, cue: Hit, candidate: Candidate) -> str:
        """Whether a denial reaches from its cue to the finding: "open", "shaky" or "blocked"."""
        words, scene, lists = self.scene.words, self.scene, self.words
        allowance = _REACH_OF.get(cue.name, 1)
        # "Lack of energy, shortness of breath": a complaint in a list of complaints.
        lacking = self._text(cue) in lists["lacking"]
        unknown = 0
        shaky = False
        complaint = False
        commas = 0
        position = cue.end
        if words[cue.start] == "negatives" and self._told_of_oneself(candidate):
            return "shaky"
        if words[cue.start] in lists["clinical_denials"] and self._in_clinical_list(position, candidate):
            return "open"
        makes_light = self._text(cue) == "nothing" and words[max(0, cue.start - 1)] in lists["made_light"]
        if makes_light and words[position] in PUNCTUATION:
            # "I know it's probably nothing: my lips are up".
            return "blocked"
        if position < len(words) and words[position] == ":":
            stops = lists["stop"]
            if any(w in stops for w in words[position : candidate.anchor_start]):
                return "blocked"
            # "Others get away with it. I haven't: blisters", not "what I haven't: blisters".
            whole = words[cue.end - 1] in _WITHOUT_ITS_VERB and "what" not in words[max(0, cue.start - 3) : cue.start]
            return "shaky" if whole else "open"
        while position < candidate.anchor_start:
            word = words[position]
            if word in (",", "/", "and") and lacking:
                return "blocked"
            if word in ("or", "nor", "/"):
                position += 1
                continue
            if word == "," and position < candidate.start and self._states(candidate):
                return "blocked"
            if word == "," and words[position + 1] in ("or", "nor"):
                # "No mouth sores, or ulcers like the last pill gave me".
                position += 1
                continue
            if word == "and" and self._of_another_verb(cue, position):
                return "blocked"
            if word in (",", "and"):
                bare = self._bare_list(position + 1, candidate)
                if bare == "no":
                    return "blocked"
                commas += 1
                shaky = (shaky or bare == "shaky") and commas < 2
                position += 1
                continue
            if word in ('"', "'", "(", ")", "*"):
                position += 1
                continue
            if word in PUNCTUATION or word in lists["stop"]:
                return "blocked"
            if word in lists["subject"] and not self._subject_allowed(position, cue):
                return "blocked"
            if word in lists["subsiding"] or (word in lists["opaque"] and position not in scene.covered):
                return "blocked"
            complaint = complaint or (position in scene.sign_words and position < candidate.start)
            known = position in scene.covered or position in self._ordinary
            if known or word in lists["transparent"] or word in lists["subject"]:
                position += 1
                continue
            unknown += 1
            position += 1
        if unknown > allowance + 2:
            return "blocked"
        if complaint and not commas and {"or", "/"}.isdisjoint(words[cue.end : candidate.start]):
            # "No blisters mouth is raw", "no itch lips swollen": run together, the second may be told as there.
            if self._states(candidate):
                return "blocked"
            shaky = shaky or not candidate.named
        return "shaky" if shaky or unknown > allowance else "open"

    def _of_another_verb(self, cue: Hit, joined: int) -> bool:
        """ "A stomach that doesn't digest and swollen eyes": a verb alone is denied, and then something is told."""
        verb = self.scene.words[cue.end]
        ordinary = verb in self.words["transparent"] or verb in self.words["subject"] or cue.end in self.scene.covered
        return cue.name == "not" and cue.end + 1 == joined and verb.isalpha() and not ordinary

    def _states(self, candidate: Candidate) -> bool:
        """ "No fever, one leg is swollen": words that hold a verb of their own are no item of a denied list."""
        return not self.words["be"].isdisjoint(self.scene.words[candidate.start : candidate.end])

    def _subject_allowed(self, position: int, cue: Hit) -> bool:
        """ "no sores in my mouth", "nor do I have": a person who does not start a new statement."""
        words = self.scene.words
        if position == cue.end:
            return True
        before = words[position - 1]
        if position - 1 in self._places and words[position] in self.words["possessive"]:
            # "No rash on my face my lips have sores".
            return False
        if before in self.words["preposition"] or before in self.words["before_person"]:
            return True
        if before in self.words["giving"] and words[position] in ("me", "him", "her", "us"):
            # "Hay fever never gave me ulcers": something else did.
            return not self._within("benign", self.scene.clauses.bounds(cue.start)[0], cue.start)
        return (
            position - 1 not in self.scene.sign_words
            and before not in (",", "and")
            and words[position] in ("my", "his", "her", "their", "the", "it", "our", "your")
        )

    def _bare_list(self, start: int, candidate: Candidate) -> str:
        """Whether what follows a comma or "and" is only another item of a denied list: "yes", "shaky" or "no"."""
        words, scene = self.scene.words, self.scene
        position, items, has_or = start, 0, False
        seen_site = False
        while position < len(words):
            word = words[position]
            if word in ("or", "nor", "/", "etc", "whatever"):
                has_or = True
            elif word in (",", "and"):
                items += 1
            elif word in PUNCTUATION or word in self.words["stop"]:
                break
            elif position in scene.covered:
                if position in scene.sign_words:
                    place_before = position - 1 in scene.covered and position - 1 not in scene.sign_words
                    if seen_site and place_before and not self._compound(position):
                        return "no"
                else:
                    seen_site = True
            elif word in self.words["light"] or position in self._ordinary:
                pass
            elif has_or and word in self.words["own_subject"] and words[position - 1] in (",", "and"):
                # "... peeling or lumps in my neck, and I checked daily": the list is over.
                break
            elif word in ("no", "not", "without", "none"):
                break
            else:
                # Another statement begins somewhere here; the item before it may still belong to the list.
                return "no" if position <= candidate.anchor_end + 3 else ("yes" if has_or else "shaky")
            position += 1
        return "yes" if has_or or items >= 1 else "shaky"

    @cached_property
    def _ordinary(self) -> frozenset[int]:
        """Words of ordinary phrases, which are items of a list as signs are: "no leg pain or fever"."""
        return covered_words(self.scene.hits, ("trap",))

    def _compound(self, position: int) -> bool:
        """ "Leg swelling", "eye pain": a name of two words, where "legs swelling" and "lips swollen" are statements."""
        place, change = self.scene.words[position - 1 : position + 1]
        return change in self.words["complaints"] and not (place.endswith("s") and change.endswith("ing"))

    def _denies_what_follows(self, late: Hit) -> bool:
        """Whether a late denial only begins one that is put before its sign: "negative for fever"."""
        ends = [cue.end for cue in self.cues["absent"] if cue.start == late.start and cue.end > late.end]
        return any(0 <= sign.start - end <= 1 for end in ends for sign in self.scene.candidates)

    def _answers(self, told: int, cue: Hit) -> bool:
        """ "Blisters on my arms? No", "fever today - none": between the sign and its answer only where and when.

        Not so "blisters on my arms? No, on my legs".
        """
        words = self.scene.words
        marked = cue.start
        first, _ = self.scene.clauses.bounds(told - 1)
        # "As for blisters on my arms, no."
        marks = ("?", ":", "-", ",") if words[first] in ("as", "any", "re", "regarding") else ("?", ":", "-")
        while marked > told and words[marked - 1] in marks:
            marked -= 1
        if marked in (told, cue.start):
            return False
        if words[cue.end : cue.end + 1] in ([","], ["-"]) and words[cue.end + 1 : cue.end + 2] != ["no"]:
            return False
        where = self.words["where_and_when"]
        return all(words[at] in where or at in self._places for at in range(told, marked))

    def _place_named(self, at: int) -> bool:
        """Whether "on my legs" begins there."""
        words = self.scene.words
        return words[at : at + 1] != [] and words[at] in self.words["preposition"] and self._place_follows(at)

    def _denied_after(self, candidate: Candidate, last: int) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        for cue in self._within("absent_after", candidate.end, candidate.end + _ANSWERED_WITHIN):
            if cue.start < candidate.end:
                continue
            answered = self._answers(candidate.end, cue)
            of_then = not {"before", "until", "till"}.isdisjoint(words[cue.end : cue.end + 3])
            if (cue.start - candidate.end > 3 and not answered) or of_then:
                # "... are swollen, none of it before 2020": denied for then.
                break
            if self._denies_what_follows(cue):
                # "Blisters, negative for fever".
                break
            between = words[candidate.end : cue.start]
            if between[-1:] == ['"']:
                # ""Any blisters?" No."
                between.pop()
            following = words[cue.end] if cue.end < len(words) else "."
            if following == "," and self._place_named(cue.end + 1):
                # "Blisters on my arms? No, on my legs."
                break
            if words[cue.start : cue.end] == ["n"] and not between:
                # "Sore mouth n ...": as often "and" as "no".
                break
            if cue.start >= last and not (between and between[-1] in ("?", ":", "-", ".", "\n")):
                break
            allowed = answered or all(w in self.words["before_late_denial"] for w in between)
            if between and between[-1] in (".", "\n"):
                allowed = False
            ends = following in PUNCTUATION or following in self.words["after_late_denial"]
            if (
                following not in PUNCTUATION
                and cue.end < len(words)
                and clauses.sentence[cue.end] != clauses.sentence[cue.start]
            ):
                ends = True
            if allowed and ends:
                said = " ".join(words[cue.start : cue.end])
                return Judgement(Status.ABSENT, f"denied by '{said}' after it", ground=Ground.DENIED_AFTERWARDS)
            break
        return None
