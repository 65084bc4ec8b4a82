"""What is only thought of or asked about, and what a question tells all the same."""

from bot.language.compositions import Candidate
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Status
from bot.language.terms import Hit


class Imagined(CueBoard):
    """Whether a finding stands in a condition or in a general question."""

    def _imagined(self, candidate: Candidate) -> Judgement | None:
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        now = self._now(candidate)
        for cue in reversed(
            [c for c in self._within("hypothetical", first, candidate.anchor_start) if c.end <= candidate.anchor_start]
        ):
            if cue.end > candidate.anchor_start or self._escapes(cue, candidate):
                continue
            text = self._text(cue)
            conditional = text in self.words["conditionals"]
            held = self._held(candidate, cue.end)
            if text.startswith("how "):
                return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'")
            if text in self.words["reported_questions"] and self.scene.words[cue.end : cue.end + 2] != ["the", "same"]:
                _, last = self.scene.clauses.bounds(candidate.anchor_start)
                if self.words["yes_said"].intersection(self.scene.words[last : last + 2]):
                    return None
                doubt = "my" in self.scene.words[cue.end : candidate.anchor_start]
                return Judgement(Status.HYPOTHETICAL, f"asked by somebody: '{text}'", in_doubt=doubt)
            if text in self.words["fears"] and held and not now and self._coming(candidate):
                return Judgement(Status.HYPOTHETICAL, f"feared: '{text}'", in_doubt=True)
            if conditional:
                doubt = held and not (self._bare_verb(candidate) and not self._state(candidate))
                asked = self.scene.words[max(0, cue.start - 5) : cue.start]
                if text == "if" and doubt and (self.words["judging"].intersection(asked) or self._lasts(candidate)):
                    # "Is it an emergency if my throat feels tight", "... if my chest has hurt since two": it is there.
                    return None
                return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=doubt)
            if {"getting", "developing", "having"} & set(
                self.scene.words[cue.start : candidate.anchor_start]
            ) and not now:
                return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'")
            if held and (now or self._state(candidate) or not self._bare_verb(candidate)):
                return None
            if text.endswith(" for") and not self.words["remedy_verbs"].isdisjoint(text.split()):
                return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=True)
            return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'")
        return (
            self._questioned(candidate, first, now) or self._read_out(candidate, first) or self._instructed(candidate)
        )

    def _coming(self, candidate: Candidate) -> bool:
        """ "My throat closing up": put as what may happen."""
        return any(w.endswith("ing") for w in self.scene.words[candidate.start : candidate.end])

    def _read_out(self, candidate: Candidate, first: int) -> Judgement | None:
        """ "They gave me a binder. Fever, clots, strokes, second cancers": a bare list after what was read."""
        words, clauses = self.scene.words, self.scene.clauses
        _, last = clauses.bounds(candidate.anchor_start)
        said = set(words[first:last])
        told = self.words["first_person"] | self.words["third_person"] | self.words["be"] | {"it", "its", "then", "now"}
        if not first or said & told:
            return None
        number = clauses.sentence[candidate.anchor_start]
        if clauses.asked[number] and any(
            clauses.asked[n] and words[clauses.first[n]] in ("which", "what", "when")
            for n in range(max(0, number - 3), number)
        ):
            return Judgement(Status.HYPOTHETICAL, "one of several asked about")
        if words[first:last].count(",") < 2:
            return None
        named = {c.concept for c in self.scene.candidates if first <= c.anchor_start < last}
        before = clauses.bounds(first - 1)[0]
        if len(named) < 2 or not self._within("story", before, last):
            return None
        doubt = self.words["list_ends"].isdisjoint(said)
        return Judgement(Status.HYPOTHETICAL, "a list that was read", in_doubt=doubt)

    def _escapes(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the writer has come back to what is, between the cue and the finding."""
        words, clauses = self.scene.words, self.scene.clauses
        if cue.start and words[cue.start - 1] == "as" and words[cue.start] == "if":
            # "As if I were being inflated": likened, not supposed.
            return True
        if (
            self._text(cue) in ("if", "when")
            and words[cue.end : cue.end + 1]
            and words[cue.end] in ("i", "you", "we", "he", "she", "anyone", "anything")
            and self.words["handling"].intersection(words[cue.end + 1 : cue.end + 5])
        ):
            # "If I rub my arm the top layer slides away": tried, not supposed.
            return True
        if self._text(cue) in ("if", "unless") and words[cue.end : cue.end + 2] in (
            ["it", "helps"],
            ["that", "helps"],
            ["it", "matters"],
            ["you", "ask"],
            ["that", "matters"],
            ["possible", ","],
            ["this", "is"],
            ["im", "honest"],
            ["i", "may"],
        ):
            return True
        if clauses.clause[cue.start] == clauses.clause[candidate.anchor_start]:
            return False
        if self._text(cue) == "if" and self.words["decisions"].intersection(words[cue.end : cue.end + 4]):
            # "Tell me if it's ok to wait, tight band round my chest": what is to be decided, then what there is.
            return True
        start = cue.end
        for position in range(start, candidate.start):
            word = words[position]
            if clauses.clause[position] != clauses.clause[cue.start]:
                if word in ("ive", "im", "mine", "now", "theres", "hes", "shes", "theyre"):
                    return True
                if (
                    word == "i"
                    and words[position + 1 : position + 2]
                    and words[position + 1]
                    in ("have", "had", "got", "do", "now", "woke", "noticed", "am", "see", "feel", "cant", "already")
                ):
                    return True
                if word in ("my", "his", "her") and words[position - 1] in self.words["before_return"]:
                    return True
                if word in ("but", "because", "cos"):
                    return True
        return False

    def _held(self, candidate: Candidate, start: int) -> bool:
        """Whether the finding is put as the writer's own: "my", "on my", "I have these", "ive got"."""
        words = self.scene.words
        left = range(max(start, candidate.start - 4), max(candidate.anchor_start, candidate.end))
        sentence = self.scene.clauses.sentence
        if any(words[p] in self.words["possessive"] and sentence[p] == sentence[candidate.anchor_start] for p in left):
            return True
        if any(words[p] in ("these", "those") for p in range(max(start, candidate.start - 2), candidate.start)):
            return True
        for p in range(max(start, candidate.start - 5), candidate.start):
            if words[p] in ("ive", "im", "hes", "shes", "weve") or (
                words[p] in ("i", "he", "she", "we")
                and words[p + 1 : p + 2]
                and words[p + 1] in ("have", "has", "am", "is", "got", "had", "cant", "now", "keep")
            ):
                return True
        following = words[candidate.end : candidate.end + 5]
        for index, word in enumerate(following):
            if word in PUNCTUATION:
                break
            if word in ("my", "his", "her", "me") and index and following[index - 1] in self.words["preposition"]:
                return True
            if (
                word in ("i", "hes", "shes", "ive")
                and following[index + 1 : index + 2]
                and (following[index + 1] in ("have", "got", "am", "noticed") or word == "ive")
            ):
                return True
        return False

    def _state(self, candidate: Candidate) -> bool:
        """Whether it is told as a state: "is raw", "has sloughed", "swollen"."""
        words = self.scene.words
        if self._bare_verb(candidate):
            return False
        near = words[max(0, candidate.anchor_start - 3) : candidate.anchor_start]
        return any(w in self.words["be"] for w in near) or words[candidate.anchor_start] in (
            "swollen",
            "blistered",
            "sloughed",
            "raw",
        )

    def _now(self, candidate: Candidate) -> bool:
        """Whether the sentence says that it is so at present."""
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        return bool(self._within("again", first, last))

    def _questioned(self, candidate: Candidate, first: int, now: bool) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        cue = self._question_cue(candidate, first)
        if cue is None:
            return None
        text = self._text(cue)
        if {"else", "elses"} & set(words[cue.end : cue.end + 3]):
            # "Is anyone else ...": the writer has it.
            return None
        if self._asks_why(cue) or self._so_that(cue, candidate):
            return None
        if self._general_you(cue, candidate) or now or self._lasts(candidate):
            return None
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
        ):
            return Judgement(Status.UNSURE, f"asked by '{text}'", in_doubt=True)
        if self._remedy(cue, candidate):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True)
        if cue.name == "anchor_question":
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True)
        if clauses.clause[cue.start] != clauses.clause[candidate.anchor_start] and self._details(cue, candidate):
            return None
        return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'")

    def _asks_why(self, cue: Hit) -> bool:
        """ "Why am I freezing": a reason is asked for what is there."""
        words = self.scene.words
        following = words[cue.start + 1 : cue.start + 4]
        return words[cue.start] == "why" and not self.words["first_person"].isdisjoint(following)

    def _so_that(self, cue: Hit, candidate: Candidate) -> bool:
        """ "What grade is it when it's so sore that I cry": how bad it is for the writer is told."""
        between = self.scene.words[cue.end : candidate.end]
        return "so" in between and not self.words["first_person"].isdisjoint(between[between.index("so") :])

    def _instructed(self, candidate: Candidate) -> Judgement | None:
        """ "A swollen calf or a pain in the chest means casualty": what to do about a sign, as leaflets have it."""
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        for cue in self._within("instruction", candidate.end, last):
            told = self.words["be"].intersection(self.scene.words[max(0, candidate.start - 3) : candidate.end])
            if not told and not self._held(candidate, max(0, candidate.start - 4)):
                return Judgement(Status.HYPOTHETICAL, f"what to do about it: '{self._text(cue)}'")
        return None

    def _remedy(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Is it ok to take Benadryl for swelling of the eyes": who asks for a remedy often has it."""
        words = self.scene.words
        near = words[max(cue.end, candidate.start - 3) : candidate.start]
        return any(w in ("for", "with", "on") for w in near) and any(
            w in self.words["remedy_verbs"] for w in words[cue.start : candidate.start]
        )

    def _details(self, cue: Hit, candidate: Candidate) -> bool:
        """A question that goes on to tell: "... a cramp that never lets go, one calf only, can't put weight on it"."""
        words = self.scene.words
        commas = sum(1 for p in range(cue.end, candidate.anchor_start) if words[p] == ",")
        listed = any(words[p] in ("or", "and") for p in range(cue.end, candidate.end))
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

    def _lasts(self, candidate: Candidate) -> bool:
        """ "... raw patches since starting it": a time since when makes it a report."""
        words = self.scene.words
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        return any(words[p] == "since" for p in range(candidate.end, min(last, candidate.end + 6)))

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
            if cue.name == "question" and cue.start != first and not self._inverted(cue):
                continue
            if (
                words[max(0, cue.start - 2) : cue.start] == ["and", "so"]
                and words[cue.start] in self.words["auxiliaries"]
            ):
                # "... and so is a low fever" tells.
                continue
            if cue.name == "general" and not opening and cue.end - cue.start < 2:
                continue
            if self._told_between(cue.end, candidate.start):
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

    def _inverted(self, cue: Hit) -> bool:
        """ "... and is the rash" asks; "has gone raw and is peeling" does not."""
        words = self.scene.words
        if words[cue.start] not in self.words["auxiliaries"]:
            return True
        if cue.end - cue.start > 1:
            return True
        following = words[cue.end] if cue.end < len(words) else ""
        return following in self.words["after_inversion"]

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
