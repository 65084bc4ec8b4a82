"""What is only thought of: supposed, feared, read out or told as what to do."""

from itertools import pairwise

from bot.clinical.signs import Sign
from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.questions import Questions
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: "If my lips swelled I'd ring".
_WOULD = frozenset({"id", "wed", "hed", "shed"})
_ASK = frozenset({"ask", "asks", "asked", "asking"})
#: In words, a question that only names a sign; in sentences, how far what is asked may follow.
_BARE, _ASKED_BEFORE = 4, 5
#: After "if I", they suppose that it were otherwise.
_WERE_IT_NOT = (
    *(["didnt", "have"], ["didnt", "get"], ["hadnt", "got"], ["hadnt", "had"]),
    *(["wasnt", "for"], ["werent", "for"], ["hadnt", "been"]),
)
#: Before "know if" or "tell if".
_HOW_WOULD_I_KNOW = (["how", "would", "i"], ["would", "i", "even"], ["how", "would", "we"], ["how", "would", "you"])
#: In words, where "again" and "now" are of a sign and not of what follows it.
_BESIDE = 5
#: How far, in words, "not sure if" reaches.
_OPEN = 4


class Imagined(Questions):
    """Whether a finding stands in a condition, a list that was read, an instruction or a question."""

    def _imagined(self, candidate: Candidate) -> Judgement | None:
        """ "If my lips swelled", "gums may bleed": the nearest cue decides, and where there is none, the sentence."""
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        now = self._now(candidate)
        for cue in reversed(self._within("hypothetical", first, candidate.anchor_start)):
            if not self._passed_over(cue, candidate):
                return self._imagined_by(cue, candidate, now)
        return (
            self._questioned(candidate, first, now)
            or self._told_apart(candidate)
            or self._read_out(candidate, first)
            or self._instructed(candidate)
            or self._known_of(candidate)
            or self._dreaded(candidate, first)
            or self._may(candidate)
        )

    def _passed_over(self, cue: Hit, candidate: Candidate) -> bool:
        """ "As if my lips were swollen": a cue that doesn't reach the finding, so that an earlier one may decide."""
        if not self._before(cue, candidate) or self._escapes(cue, candidate):
            return True
        text = self._text(cue)
        if self._leads_up_to_it(cue, candidate):
            return True
        if text in ("die of", "died of") and "," in self.scene.words[cue.end : candidate.start]:
            # "I could die of the itching, there are blisters in my mouth".
            return True
        if text in ("imagining", "anything like") and self._is_not(cue):
            return True
        # "To answer your question, swelling yes".
        return text == "your question" and self._word_before(cue) in ("answer", "answering")

    def _leads_up_to_it(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Instead of getting better, ...", "what I meant to ask is ...", "told to write if it got worse: ...": what
        comes after it is told.
        """
        words = self.scene.words
        between = words[cue.end : candidate.start]
        following = between[0] if between else ""
        match self._text(cue):
            case "instead of":
                return following in self.words["on_the_mend"] and "," in between
            case "meant to":
                return following in self.words["means_to_tell"]
            case "explain":
                return following == "why" and self.words["in_general"].isdisjoint(between)
            case "say i":
                return self._word_before(cue) in self.words["means_to_say"]
            case "if":
                return ":" in between and between[between.index(":") - 1] in self.words["got_worse"]
            case _:
                return False

    def _heads_a_list(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Side effects: blisters, fever": at the beginning of a sentence, as reviews have it; not with a leaflet's
        words beside it: "... Keep below 25 degrees".
        """
        words = self.scene.words
        first, _ = self.scene.clauses.bounds(cue.start)
        opens = first >= cue.start - 1 and set(words[first : cue.start]) <= self.words["whose_list"]
        return (
            opens
            and self.words["printed"].isdisjoint(words)
            and words[cue.end : cue.end + 1] in ([":"], ["-"], ["="])
            and cue.end < candidate.start
        )

    def _word_before(self, cue: Hit) -> str:
        return self.scene.words[cue.start - 1] if cue.start else ""

    def _imagined_by(self, cue: Hit, candidate: Candidate, now: bool) -> Judgement | None:
        """ "What if my lips swell", "risk of blisters": each kind of cue by its own rule, None for what is."""
        text = self._text(cue)
        held = self._held(candidate, cue.end)
        if text.startswith("until") and self._word_before(cue) in self.words["well_before"]:
            # "All was fine until the rash blistered this afternoon".
            return None
        if text.startswith("how "):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", ground=Ground.ASKED, cue=text)
        if text in self.words["reported_questions"]:
            if self._told_beside(cue.end, candidate.end):
                # "She keeps asking where she is and thinks it's 1960".
                return None
            if self.scene.words[cue.end : cue.end + 2] != ["the", "same"]:
                return self._asked_by_others(cue, candidate)
        if text in ("side effects", "side effect") and self._heads_a_list(cue, candidate):
            if self._word_before(cue) in self.words["possessive"]:
                return None
            return Judgement(Status.HYPOTHETICAL, f"a list of one's own or another's: '{text}'", in_doubt=True)
        if text in self.words["fears"] and held and not now and self._coming(candidate):
            return Judgement(Status.HYPOTHETICAL, f"feared: '{text}'", in_doubt=True)
        if self._statement_apart(cue.end, candidate):
            return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}', or told beside it", in_doubt=True)
        if text in self.words["conditionals"] or text.endswith(" if"):
            return self._supposed(cue, candidate, held, now)
        return self._thought_of(cue, candidate, held, now)

    def _asked_by_others(self, cue: Hit, candidate: Candidate) -> Judgement | None:
        """ "The nurse wanted to know about blisters", but not "... about blisters. Yes"."""
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        if self.words["yes_said"].intersection(self.scene.words[last : last + 2]):
            return None
        doubt = "my" in self.scene.words[cue.end : candidate.anchor_start]
        return Judgement(Status.HYPOTHETICAL, f"asked by somebody: '{self._text(cue)}'", doubt, cue=self._text(cue))

    def _supposed(self, cue: Hit, candidate: Candidate, held: bool, now: bool) -> Judgement | None:
        """ "If my lips swell": a condition, in doubt where it may be so already; None where it surely is."""
        text = self._text(cue)
        if text == "if" and self._come_about(cue.end):
            return None
        if text == "if" and candidate.start - cue.end <= _OPEN and self._left_open(cue):
            return Judgement(Status.UNSURE, "not sure whether it is", in_doubt=True)
        asked = self.scene.words[max(0, cue.start - 5) : cue.start]
        if self._what_would_be(candidate) and not now:
            return Judgement(Status.HYPOTHETICAL, f"supposed: '{text} ... would'")
        if text == "if" and (asked[-4:-1] == ["what", "would", "i"] or asked[-4:-1] in _HOW_WOULD_I_KNOW):
            # "What would I do if my lips swelled up in the night?", "how would I know if I had swollen glands?"
            return Judgement(Status.HYPOTHETICAL, f"supposed: '{' '.join(asked[-4:])} if'")
        doubt = self._may_be_so(candidate, held)
        judged = self.words["judging"].intersection(asked) and self.words["of_emergencies"].isdisjoint(asked)
        if text == "if" and doubt and (judged or self._lasts(candidate)):
            # "Is it an emergency if my throat feels tight", "... if my chest has hurt since two": it is there.
            return None
        return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=doubt, cue=text)

    def _may_be_so(self, candidate: Candidate, held: bool) -> bool:
        """ "If my lips are swollen": what a condition says may be so already."""
        doubt = held and not (self._bare_verb(candidate) and not self._state(candidate))
        # "If the heel of my hand has come off, what do I score": nobody supposes a perfect tense of their own.
        doubt = doubt or (held and not {"has", "have", "hes", "ive"}.isdisjoint(self._span(candidate)))
        # "What if this fever goes on".
        return doubt or (self.scene.words[candidate.start - 1] == "this" and not self._bare_verb(candidate))

    def _thought_of(self, cue: Hit, candidate: Candidate, held: bool, now: bool) -> Judgement | None:
        """ "Risk of blisters", "dreamt my skin fell off", "cream for blisters": neither a condition nor a question."""
        text = self._text(cue)
        getting = {"getting", "developing", "having"} & set(self.scene.words[cue.start : candidate.anchor_start])
        if getting and not now:
            return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", cue=text)
        if self._not_so(cue, candidate, now):
            return Judgement(Status.HYPOTHETICAL, f"not so: '{text}'", in_doubt=self._asks(cue), cue=text)
        if held and (now or self._state(candidate) or not self._bare_verb(candidate)):
            if cue.name in ("to_come", "unwanted") and not now and self._only_placed(candidate, cue.end):
                # "Look out for sores in my mouth": "my" tells where they would be.
                return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=True)
            return None
        remedy = text.endswith(" for") and not self.words["remedy_verbs"].isdisjoint(text.split())
        doubt = remedy or text in self.words["treating"] or self._asks(cue)
        return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=doubt, cue=text)

    def _what_would_be(self, candidate: Candidate) -> bool:
        """ "If my tongue swelled, would it be sudden?", "... I'd obviously ring 999", not "... I'd like to know"."""
        after = self._after(candidate)
        return "would" in after or any(
            who in _WOULD and verb in self.words["would_do"] for who, verb in pairwise(after)
        )

    def _not_so(self, cue: Hit, candidate: Candidate, now: bool) -> bool:
        """ "I keep imagining my lips are swollen", "dreamt my skin fell off", unless told as of now."""
        if cue.name == "unreal":
            return not self._within("again", candidate.start - _BESIDE, candidate.end + _BESIDE - 2)
        return cue.name in ("dreamt_of", "nightmare_of") and not now

    def _before(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether a cue ends before a finding, or with the verb that begins it: "chances of getting shingles"."""
        shared = cue.start < candidate.anchor_start == cue.end - 1
        return cue.end <= candidate.anchor_start or (shared and self.scene.words[cue.end - 1] in self.words["have"])

    def _is_not(self, cue: Hit) -> bool:
        """ "I'm not imagining it", "never had anything like it": nothing is supposed."""
        return not self.words["negators"].isdisjoint(self.scene.words[max(0, cue.start - 3) : cue.start])

    def _told_beside(self, start: int, end: int) -> bool:
        """Whether a verb of somebody else's follows an "and" there."""
        joined = pairwise(self.scene.words[start:end])
        return any(word == "and" and following in self.words["joined_verbs"] for word, following in joined)

    def _left_open(self, cue: Hit) -> bool:
        """ "Not sure if they are blisters"."""
        before = self.scene.words[max(0, cue.start - 3) : cue.start]
        return any(" ".join(before[-n:]) in self.words["left_open"] for n in (1, 2, 3))

    def _come_about(self, start: int) -> bool:
        """ "What should I do if I have counted 25 sores": nobody supposes what they have counted."""
        first, second, third = [*self.scene.words[start : start + 3], "", "", ""][:3]
        if first in ("i", "we", "he", "she") and second in ("have", "has"):
            return third in self.words["come_about"]
        return first in ("ive", "weve") and second in self.words["come_about"]

    def _span(self, candidate: Candidate) -> list[str]:
        return self.scene.words[candidate.start : candidate.end]

    def _after(self, candidate: Candidate) -> list[str]:
        """The words of its sentence after a finding."""
        return self.scene.words[candidate.end : self.scene.clauses.bounds(candidate.anchor_start)[1]]

    def _coming(self, candidate: Candidate) -> bool:
        """ "My throat closing up": put as what may happen."""
        return any(w.endswith("ing") for w in self._span(candidate))

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
        if (
            clauses.asked[number]
            and last - first <= _BARE
            and self._asked_by_somebody(max(0, number - _ASKED_BEFORE), number)
        ):
            # "These robots ask me the same each time. Fever? Blisters?"
            return Judgement(Status.HYPOTHETICAL, "one of several asked by somebody", in_doubt=True)
        if words[first:last].count(",") < 2:
            return None
        named = {c.concept for c in self.scene.candidates if first <= c.anchor_start < last}
        before = clauses.bounds(first - 1)[0]
        if len(named) < 2 or not self._within("story", before, last):
            return None
        doubt = self.words["list_ends"].isdisjoint(said)
        return Judgement(Status.HYPOTHETICAL, "a list that was read", in_doubt=doubt)

    def _asked_by_somebody(self, start: int, end: int) -> bool:
        """Whether one of some sentences says that the writer is asked things."""
        words, clauses = self.scene.words, self.scene.clauses
        told = words[clauses.first[start] : clauses.last[end - 1]] if end else []
        return any(ask in _ASK and whom in ("me", "us") for ask, whom in pairwise(told))

    def _escapes(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the finding is so all the same: nothing is supposed, or the writer has come back to what is."""
        words = self.scene.words
        if cue.name == "unreal":
            # "Terrified that one morning I'll wake up and my lips are swollen".
            return not {",", "but", "now"}.isdisjoint(words[cue.end : candidate.start])
        return (
            self._comes_each_time(cue, candidate)
            or self._heads_a_review(cue)
            or self._had(cue)
            or self._goes_on(cue, candidate)
            or self._seeming_condition(cue)
            or self._tried(cue, candidate)
            or self._wished_otherwise(cue, candidate)
            or self._only_written(cue)
            or self._come_back_to_now(cue, candidate)
        )

    def _comes_each_time(self, cue: Hit, candidate: Candidate) -> bool:
        """ "It will give me blisters whenever I take it"."""
        return cue.name == "to_come" and not {"whenever", "every", "each"}.isdisjoint(self._after(candidate)[:4])

    def _seeming_condition(self, cue: Hit) -> bool:
        """ "As if I were being inflated", "if only I could open my eyes": sounds like a condition and is none."""
        words = self.scene.words
        if cue.start and words[cue.start - 1] == "as" and words[cue.start] == "if":
            # "As if I were being inflated": likened, not supposed.
            return True
        if words[cue.start] == "suppose" and cue.start and words[cue.start - 1] == "i":
            # "A touch of flu, I suppose: 38.6": an aside.
            return True
        if self._text(cue) == "if" and words[cue.end : cue.end + 1] == ["only"]:
            # "If only I could open my eyes": it is so.
            return True
        if not self.words["yes_said"].isdisjoint(words[cue.end : cue.end + 2]):
            # "Answer to your question: yes, on the genitals too".
            return True
        if "so much as" in " ".join(words[cue.end : cue.end + 8]):
            # "If the sheet so much as brushes it I yelp": it does.
            return True
        return self._text(cue) in ("if", "unless") and any(
            " ".join(words[cue.end : cue.end + n]) in self.words["polite_if"] for n in (1, 2, 3)
        )

    def _tried(self, cue: Hit, candidate: Candidate) -> bool:
        """ "If I rub my arm the top layer slides away": tried, not supposed."""
        words = self.scene.words
        return (
            self._text(cue) in ("if", "when")
            and cue.end < len(words)
            and words[cue.end] in ("i", "you", "we", "he", "she", "anyone", "anything")
            and not self.words["handling"].isdisjoint(words[cue.end + 1 : cue.end + 5])
            and words[cue.end + 1] not in self.words["negators"]
            and candidate.concept != Sign.STROKE.value
        )

    def _wished_otherwise(self, cue: Hit, candidate: Candidate) -> bool:
        """ "It would be perfect if I didn't have these blisters"."""
        words = self.scene.words
        supposed = [at for at in range(cue.start, candidate.start) if words[at] == "if"]
        return any(words[at + 2 : at + 4] in _WERE_IT_NOT for at in supposed)

    def _only_written(self, cue: Hit) -> bool:
        """ "It was meant to read: blisters", "is this the place to say I can't breathe": of the message itself."""
        words = self.scene.words
        if self._text(cue) == "meant to" and not self.words["writing_down"].isdisjoint(words[cue.end : cue.end + 1]):
            return True
        # "I don't know if this is the place to say I can't breathe".
        return self._text(cue) == "say i" and cue.start > 0 and words[cue.start - 1] == "to"

    def _come_back_to_now(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Tell me if it's ok to wait, I have a rash", "... but my lips are swollen": a later clause tells what is."""
        words, clause = self.scene.words, self.scene.clauses.clause
        if clause[cue.start] == clause[candidate.anchor_start]:
            return False
        if self._text(cue) == "if" and self.words["decisions"].intersection(words[cue.end : cue.end + 4]):
            # "Tell me if it's ok to wait, tight band round my chest": what is to be decided, then what there is.
            return True
        if self._text(cue).endswith("fear is") and self._coming(candidate):
            # "My fear is being alone and my face swelling up".
            return False
        return any(
            clause[position] != clause[cue.start] and self._tells_what_is(position)
            for position in range(cue.end, candidate.start)
        )

    def _tells_what_is(self, position: int) -> bool:
        """ "..., I've ...", "..., but ...", "... and my ...": a word with which the writer comes back to what is."""
        words = self.scene.words
        word = words[position]
        if word in ("ive", "im", "mine", "now", "theres", "hes", "shes", "theyre"):
            return True
        if (
            word == "i"
            and words[position - 1] != "or"
            and words[position + 1 : position + 2]
            and words[position + 1]
            in ("have", "had", "got", "do", "now", "woke", "noticed", "am", "see", "feel", "cant", "already")
        ):
            return True
        if word in ("my", "his", "her") and words[position - 1] in self.words["before_return"]:
            return True
        return word in ("but", "because", "cos")

    def _heads_a_review(self, cue: Hit) -> bool:
        """ "Side effects: wheezing. Comments: ...": the reviewer's own, where a leaflet has the same head."""
        words = self.scene.words
        if words[cue.end : cue.end + 1] != [":"]:
            return False
        return any(words[at] in self.words["review_heads"] and words[at + 1] == ":" for at in range(len(words) - 1))

    def _had(self, cue: Hit) -> bool:
        """ "I have had side effects such as wheezing", "my side effects have been chills": examples of one's own."""
        words, lists = self.scene.words, self.words
        if self._text(cue) not in lists["example_of"]:
            return False
        first, last = self.scene.clauses.bounds(cue.start)
        after = words[cue.end : min(cue.end + 3, last)]
        if after[:1] in (["were"], ["was"]) or after[:2] in (["have", "been"], ["has", "been"]):
            return not self.scene.clauses.asked[self.scene.clauses.sentence[cue.start]]
        if after[:2] in (["so", "far"], ["for", "me"], ["ive", "had"]):
            return True
        if after[:1] in (["that"], ["listed"], ["they"], ["on"]):
            # "I have every side effect that they list".
            return False
        before = words[first : cue.start]
        had = [at for at, word in enumerate(before) if word in lists["having"]]
        return (
            bool(had)
            and not lists["first_person"].isdisjoint(before[: had[-1] + 1])
            and lists["not_having"].isdisjoint(before)
        )

    def _goes_on(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Instead of stool there was a lot of blood": what is told in its place."""
        told = self.scene.words[cue.end : candidate.anchor_start]
        return self._text(cue) in ("instead of", "rather than") and not self.words["in_its_place"].isdisjoint(told)

    def _instructed(self, candidate: Candidate) -> Judgement | None:
        """ "A swollen calf or a pain in the chest means casualty": what to do about a sign, as leaflets have it."""
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        for cue in self._within("instruction", candidate.end, last):
            told = self.words["be"].intersection(self.scene.words[max(0, candidate.start - 3) : candidate.end])
            if not told and not self._held(candidate, max(0, candidate.start - 4)):
                return Judgement(Status.HYPOTHETICAL, f"what to do about it: '{self._text(cue)}'", cue=self._text(cue))
        return None

    def _known_of(self, candidate: Candidate) -> Judgement | None:
        """ "Mouth sores are common with methotrexate": what is known of a medicine or an illness."""
        if self._in_a_list_mentioned(candidate):
            return Judgement(Status.HYPOTHETICAL, "known of: 'mentioned'")
        for cue in self._within("known_of", candidate.end, candidate.end + 2):
            before = self.scene.words[candidate.start - 1 : candidate.start] if candidate.start else []
            if cue.name == "can_happen" and (
                self._held(candidate, max(0, candidate.start - 4)) or not self.words["which_one"].isdisjoint(before)
            ):
                # "The chest pain can happen at rest", "my blisters may appear worse".
                continue
            return Judgement(
                Status.HYPOTHETICAL, f"known of: '{self._text(cue)}'", self._asks(cue), cue=self._text(cue)
            )
        return None

    def _in_a_list_mentioned(self, candidate: Candidate) -> bool:
        """ "I've seen blisters, peeling and fever mentioned": bare names up to that word, nothing of one's own."""
        words = self.scene.words
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        if "mentioned" not in words[candidate.end : last] or self.words["met_in_reading"].isdisjoint(
            words[first : candidate.start]
        ):
            return False
        at = words.index("mentioned", candidate.end)
        listed = range(candidate.end, at)
        closes = at + 1 >= len(words) or words[at + 1] in PUNCTUATION or words[at + 1] in ("in", "on", "by", "here")
        return closes and all(words[p] in (",", "and", "or") or p in self.scene.sign_words for p in listed)

    def _dreaded(self, candidate: Candidate, first: int) -> Judgement | None:
        """ "I'm afraid my skin will come off": what is feared may have begun, so it is asked about."""
        words = self.scene.words
        for at in range(max(first, candidate.start - 5), candidate.start):
            if words[at] in self.words["fearing"]:
                ahead = self.words["ahead"].intersection(words[at + 1 : candidate.end + 2])
                if ahead:
                    said = f"feared: '{words[at]} ... {min(ahead)}'"
                    return Judgement(Status.HYPOTHETICAL, said, in_doubt=True)
        return None

    def _may(self, candidate: Candidate) -> Judgement | None:
        """ "Dentist: gums may bleed": what may come, but for "it may be swollen"."""
        words = self.scene.words
        if candidate.concept == "self_harm":
            return None
        following = words[candidate.end] if candidate.end < len(words) else ""
        if candidate.start and words[candidate.start - 1] == "should" and following in self.words["coming_about"]:
            return Judgement(Status.HYPOTHETICAL, "supposed: 'should ... occur'")
        for at in range(max(candidate.start - 1, 1), candidate.anchor_end - 1):
            if words[at] not in ("may", "might") or words[at - 1] in self.words["not_of_may"]:
                continue
            if not {"be", "have", "well"} & set(words[at + 1 : at + 2]):
                return Judgement(Status.HYPOTHETICAL, f"what '{words[at]}' come", in_doubt=True)
        return None
