"""What is only asked about, and what a question tells all the same."""

from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import Judgement
from bot.language.own_words import OwnWords
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: Words between a sign and the medicine that may have caused it.
_CAUSE_WITHIN = 6
#: Words that the other name may take: "or hot flush,".
_OTHER_NAME = 4
#: What follows these in a question is there, or there would be nothing to ask: "how come ...", "a reason ...".
_OF_WHAT_IS = (
    *(("how", "come"), ("it", "that"), ("mean", "that"), ("means", "that"), ("a", "reason"), ("any", "reason")),
    *(("explain", "why"), ("know", "why"), ("wonder", "why"), ("me", "why"), ("understand", "why")),
)


class Questions(OwnWords):
    """Whether a finding stands in a question of general interest."""

    def _questioned(self, candidate: Candidate, first: int, now: bool) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        cue = self._question_cue(candidate, first)
        if cue is None:
            return None
        text = self._text(cue)
        if {"else", "elses"} & set(words[cue.end : cue.end + 3]):
            # "Is anyone else ...": the writer has it.
            return None
        if text == "and the" and not clauses.asked[clauses.sentence[cue.start]] and self._said_of(cue, candidate):
            return None
        if self._asks_why(cue) or self._so_that(cue, candidate) or self._asks_for_help(cue, candidate):
            return None
        if self._general_you(cue, candidate) or now or self._lasts(candidate):
            return None
        if self._so_far_that(cue, candidate):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", ground=Ground.ASKED, cue=text)
        near = words[max(0, candidate.anchor_start - 3) : candidate.anchor_start]
        if self._held(candidate, cue.end) and not (
            self._bare_verb(candidate) and not any(w in self.words["be"] for w in near)
        ):
            return None
        if (
            any(w in ("has", "have", "having", "had") for w in near)
            and not self._bare_verb(candidate)
            and words[cue.start] not in ("do", "does", "did")
            and "to" not in near
        ):
            return None
        if (
            cue.name == "question"
            and text in ("is this", "are these", "are those", "is it", "is that", "are they", "is there", "are there")
            and candidate.start - cue.end <= 3
            and not self._whether_usual(cue)
        ):
            return Judgement(Status.UNSURE, f"asked by '{text}'", in_doubt=True)
        eased = self._eased(cue, candidate)
        if eased in self.words["possessive"] | {"this", "these"}:
            return None
        sought = eased or self._remedy(cue, candidate)
        if sought and self._tried_in_vain(candidate.end):
            return None
        if sought or self._asks_for_its_end(candidate) or self._going_on(candidate) or self._asks_the_cause(candidate):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True, ground=Ground.ASKED)
        if self._asks(cue):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True, ground=Ground.ASKED)
        if clauses.clause[cue.start] != clauses.clause[candidate.anchor_start] and self._details(cue, candidate):
            return None
        if self._asks_of_what_is(cue, candidate):
            rule = f"asked about by '{text}', which tells it"
            return Judgement(Status.HYPOTHETICAL, rule, in_doubt=True, ground=Ground.ASKED)
        return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", ground=Ground.ASKED, cue=text)

    def _whether_usual(self, cue: Hit) -> bool:
        """ "Is it usual for the glands to come up?": asked in general."""
        judged, of = [*self.scene.words[cue.end : cue.end + 2], "", ""][:2]
        return judged in self.words["judging"] and of in ("for", "to", "with", "after", "on")

    def _said_of(self, cue: Hit, candidate: Candidate) -> bool:
        """ "And the lips they are swollen", no "and the fever?"."""
        words = self.scene.words[cue.end : candidate.end + 2]
        return not self.words["be"].isdisjoint(words)

    def _asks_why(self, cue: Hit) -> bool:
        """ "Why am I freezing": a reason is asked for what is there."""
        words = self.scene.words
        following = words[cue.start + 1 : cue.start + 4]
        return words[cue.start] == "why" and not self.words["first_person"].isdisjoint(following)

    def _asks_of_what_is(self, cue: Hit, candidate: Candidate) -> bool:
        """ "How come one leg is swollen", "what does it mean that dad is confused": of no people in general."""
        words = self.scene.words
        lead = words[cue.start : candidate.anchor_start]
        opened = [at for at, pair in enumerate(pairwise(lead)) if pair in _OF_WHAT_IS]
        return bool(opened) and self.words["in_general"].isdisjoint(lead[opened[0] + 2 :])

    def _asks_for_help(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Can you help me, hives and vomiting": asked of the guide, and then what there is."""
        between = [w for w in self.scene.words[cue.start : candidate.start] if w != "please"]
        return between[1:3] in (["you", "help"], ["you", "assist"]) and not {"with", "if", "when"} & set(between)

    def _so_that(self, cue: Hit, candidate: Candidate) -> bool:
        """ "What grade is it when it's so sore that I cry": how bad it is for the writer is told."""
        between = self.scene.words[cue.end : candidate.end]
        return "so" in between and not self.words["first_person"].isdisjoint(between[between.index("so") :])

    def _so_far_that(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Would a steroid cream thin my skin till it peels?": how far it may go."""
        words = self.scene.words
        opens = words[cue.start] in ("would", "will", "could", "can") and candidate.start - cue.end > 1
        return opens and not {"till", "until"}.isdisjoint(words[cue.end : candidate.anchor_start])

    def _told_apart(self, candidate: Candidate) -> Judgement | None:
        """ "Hot flush or fever, how do I tell?": two bare names, and then how one is told from the other."""
        words = self.scene.words
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        end = candidate.end
        if words[end : end + 1] == ["or"]:
            # "Fever or hot flush, ...".
            end = min(end + _OTHER_NAME, len(words))
        named = words[first:end]
        if "or" not in named or not self._no_statement(named):
            return None
        for cue in self._within("hypothetical", candidate.end, end + _OTHER_NAME):
            if words[cue.start] == "how":
                # Who asks how they themselves would know may be hot just now.
                doubt = not self.words["first_person"].isdisjoint(words[cue.start : cue.end])
                rule = f"asked about by '{self._text(cue)}'"
                return Judgement(Status.HYPOTHETICAL, rule, doubt, Ground.ASKED, self._text(cue))
        return None

    def _no_statement(self, words: list[str]) -> bool:
        """Whether some words are bare names, of nobody in particular and without a verb of being or having."""
        told = self.words["first_person"] | self.words["possessive"] | self.words["be"] | self.words["have"]
        return told.isdisjoint(words)

    def _going_on(self, candidate: Candidate) -> bool:
        """ "Which moisturizer for skin that's sliding off": who asks of anybody would not say that it is going on."""
        words = self.scene.words[max(0, candidate.start - 2) : candidate.end]
        return any(w.endswith("ing") and words[at] in ("thats", "keeps") for at, w in enumerate(words[1:]))

    def _asks_the_cause(self, candidate: Candidate) -> bool:
        """ "Is trouble breathing from the Revlimid", "could chest pain be the pills": of what is there, as a rule."""
        words = self.scene.words
        taken = (hit.start for hit in self.scene.hits.get("medicine", []) if hit.start >= candidate.end)
        between = words[candidate.end : min(taken, default=candidate.end)]
        return len(between) <= _CAUSE_WITHIN and not {"from", "due", "because", "be", "caused"}.isdisjoint(between)

    def _asks_for_its_end(self, candidate: Candidate) -> bool:
        """ "When will the swelling go away?", "how long does chest pain last?": who asks so has it, as a rule."""
        words = self.scene.words
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        when = not {"when", "long", "stuck"}.isdisjoint(words[first : candidate.start])
        return when and not self.words["to_end"].isdisjoint(words[candidate.end : candidate.end + 3])

    def _remedy(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Is it ok to take Benadryl for swelling of the eyes": who asks for a remedy often has it."""
        words = self.scene.words
        near = words[max(cue.end, candidate.start - 3) : candidate.start]
        lead = words[cue.start : candidate.start]
        if {"remedy", "remedies"} & set(lead) or ["rid", "of"] in (lead[-2:], lead[-3:-1]):
            return True
        return any(w in ("for", "with", "on") for w in near) and any(w in self.words["remedy_verbs"] for w in lead)

    def _eased(self, cue: Hit, candidate: Candidate) -> str:
        """ "Anything to reduce my swelling", "to calm the swelling": the word that says which, "" for none.

        Whose own it is tells that it is there.
        """
        words = self.scene.words
        for at in range(max(cue.end, candidate.start - 3), candidate.start):
            if words[at] in self.words["easing"]:
                which = self.words["possessive"] | {"this", "these", "the", "that", "those"}
                return next((word for word in words[at + 1 : candidate.end] if word in which), "")
        return ""

    def _details(self, cue: Hit, candidate: Candidate) -> bool:
        """A question that goes on to tell: "... a cramp that never lets go, one calf only, can't put weight on it"."""
        words = self.scene.words
        commas = sum(1 for p in range(cue.end, candidate.anchor_start) if words[p] == ",")
        listed = any(words[p] in ("or", "and") for p in range(cue.end, candidate.end))
        if not self.words["compared"].isdisjoint(words[cue.end : cue.end + 3]):
            # "Which is worse, a swollen face or a fever?"
            listed = listed or "or" in words[candidate.end : self.scene.clauses.bounds(candidate.anchor_start)[1]]
        clause = self.scene.clauses.clause
        opener = candidate.anchor_start
        while opener > 0 and clause[opener - 1] == clause[candidate.anchor_start]:
            opener -= 1
        if words[opener] in self.words["statement_openers"] and not self.words["be"].isdisjoint(
            words[opener + 1 : candidate.end]
        ):
            # "Do I need an antibiotic or a cream, the rash is full of pus": a statement of its own.
            return True
        return commas >= 1 and not listed and words[opener] not in self.words["question_words"]

    def _general_you(self, cue: Hit, candidate: Candidate) -> bool:
        """ "What do you do when your whole gum is raw": told as a state, under "when your"."""
        words = self.scene.words
        between = words[cue.end : candidate.anchor_start]
        if "when" in between or "if" in between:
            index = between.index("when") if "when" in between else -1
            if index >= 0:
                tail = between[index:]
                measured = any(w[0].isdigit() for w in tail)
                return measured or (
                    any(w in ("your", "my", "youve", "ur") for w in tail)
                    and any(w in ("is", "are", "has", "have") for w in tail)
                )
            return self._judged_of_oneself(cue, between)
        return False

    def _judged_of_oneself(self, cue: Hit, between: list[str]) -> bool:
        """ "Is it bad if I need to sit up to breathe": asked of what the writer has. "If I get" is a fear."""
        after = between[between.index("if") + 1 :]
        said = (*self.scene.words[cue.start : cue.end], *between)
        return (
            not self.words["judging"].isdisjoint(said)
            and not self.words["first_person"].isdisjoint(after[:1])
            and self.words["not_yet"].isdisjoint(after[1:3])
        )

    def _question_cue(self, candidate: Candidate, first: int) -> Hit | None:
        words, clauses = self.scene.words, self.scene.clauses
        best: Hit | None = None
        asked = clauses.asked[clauses.sentence[candidate.anchor_start]]
        for cue in self._within("question", first, candidate.anchor_start):
            if cue.end > candidate.anchor_start:
                continue
            opening = cue.start == first or words[cue.start - 1] in self.words["before_question"]
            if cue.name == "question" and not opening:
                continue
            if cue.name == "question" and cue.start != first and not self._inverted(cue, candidate):
                continue
            if (
                words[max(0, cue.start - 2) : cue.start] == ["and", "so"]
                and words[cue.start] in self.words["auxiliaries"]
            ):
                # "... and so is a low fever" tells.
                continue
            if cue.name == "general" and not opening and cue.end - cue.start < 2:
                continue
            if cue.name == "general" and words[max(0, cue.start - 1)] in self.words["before_own_do"]:
                # "I can't do the buttons with these blisters".
                continue
            if self._told_between(cue.end, candidate.start) or self._what_there_is(cue):
                continue
            if not asked and words[cue.start] in ("might", "may", "could") and words[cue.start + 1] in ("be", "have"):
                # "Might be blisters, can't tell": a doubt without its subject.
                continue
            if (
                cue.name == "question"
                and words[cue.start] in ("when", "has", "have", "was", "did", "had")
                and not asked
                and cue.end - cue.start == 1
            ):
                continue
            if best is None or (cue.end - cue.start, cue.name != "question") > (
                best.end - best.start,
                best.name != "question",
            ):
                best = cue
        return best

    def _what_there_is(self, cue: Hit) -> bool:
        """ "What I have not had before is blebs on the lips": no question."""
        words = self.scene.words
        following = words[cue.start + 1 : cue.start + 3]
        return (
            words[cue.start] == "what"
            and following[:1] in (["i"], ["he"], ["she"], ["ive"], ["hes"], ["shes"], ["we"])
            and "is" in words[cue.start + 2 : cue.start + 9]
            and not self.scene.clauses.asked[self.scene.clauses.sentence[cue.start]]
        )

    def _inverted(self, cue: Hit, candidate: Candidate) -> bool:
        """ "... and is the rash", "hi, is chest pain common" asks; "has gone raw and is peeling" does not."""
        words = self.scene.words
        if words[cue.start] not in self.words["auxiliaries"]:
            return True
        if cue.end - cue.start > 1:
            return True
        following = words[cue.end] if cue.end < len(words) else ""
        often = not self.words["how_often"].isdisjoint(words[candidate.end : candidate.end + 2])
        return following in self.words["after_inversion"] or (cue.end == candidate.start and often)

    def _told_between(self, start: int, end: int) -> bool:
        words = self.scene.words
        for position in range(start, end):
            if words[position] in ("because", "cos", "but", "now", "ive") and words[position + 1] != "of":
                return True
            if (
                words[position] == "i"
                and words[position - 1] in (",", "and", "so")
                and words[position + 1 : position + 2]
                and words[position + 1] in ("have", "had", "got", "now", "cant", "am", "noticed", "feel", "woke")
            ):
                return True
            if words[position] in ("my", "im", "hes", "shes") and words[position - 1] in (",", "and", "so", "-", ":"):
                return True
        return False
