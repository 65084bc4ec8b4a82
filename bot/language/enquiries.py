"""What somebody else asked about, with the answer: "the nurse asked about fever, sores - none of those"."""

from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Ground, Status

#: In words after a question, or after its sentence.
_ANSWER_WITHIN = 9
#: Up to so many words after "asked" the questions may be announced.
_QUESTIONS = 9


#: What is read out of these is no question: "my list", "a list of risks".
_OF_ONES_OWN = frozenset({"my", "risk", "risks"})


class Enquiries(CueBoard):
    """Whether a finding stands in a question that was put to the writer."""

    def _enquired(self, candidate: Candidate, first: int) -> Judgement | None:
        """ "The nurse asked about fever, blisters, sores - none of those": a list of questions and their answer.

        Without an answer it is not known what the answer was, so the patient is asked.
        """
        words, clauses = self.scene.words, self.scene.clauses
        sentence = clauses.sentence[candidate.anchor_start]
        while first > 0 and clauses.sentence[first - 1] == sentence:
            first -= 1
        opening = next((at for at in range(first, candidate.start) if self._announces(at, candidate.start)), None)
        if opening is None:
            return None
        closing = next((at for at in range(candidate.end, len(words)) if clauses.sentence[at] != sentence), len(words))
        answers = self.words["enquiry_no"] | self.words["answers_with"]
        end = candidate.end
        for at in range(candidate.end, closing):
            if words[at] in answers:
                break
            if at in self.scene.sign_words:
                end = at + 1
        answer = self._answer(end)
        if self._plain_no(end) or self._plain_no(closing) or answer in self.words["short_no"]:
            return Judgement(Status.ABSENT, "asked about, and answered with no", ground=Ground.ASKED)
        if answer in self.words["short_yes"]:
            return Judgement(Status.PRESENT, "asked about, and answered with yes", ground=Ground.CONFIRMED)
        own = not self.words["own_enquiry"].isdisjoint(words[max(0, opening - 2) : opening])
        if own or not self.words["enquiry_yes"].isdisjoint(words[end : end + 6]):
            return None
        rule = "asked about by someone else, no answer told"
        return Judgement(Status.UNSURE, rule, in_doubt=True, ground=Ground.ASKED)

    def _announces(self, at: int, end: int) -> bool:
        """Whether questions begin at a word: "asked about", "asked so many questions:", "read me the list:"."""
        words = self.scene.words
        span = words[max(0, at - 2) : min(at + _QUESTIONS, end)]
        read_out = words[at] in self.words["read_out"] and not self.words["lists_read"].isdisjoint(span)
        if read_out and ":" in span and _OF_ONES_OWN.isdisjoint(span):
            # "The nurse read me the list: any blisters, puffy face", "the form asks 'have you ever had: ...'".
            return True
        return (
            words[at] in self.words["enquiries"]
            and (
                not self.words["enquiry_for"].isdisjoint(words[at + 1 : at + 4])
                # "They asked so many questions: are your eyes sore, ..."
                or ("questions", ":") in pairwise(words[at + 1 : at + _QUESTIONS])
            )
            and words[max(0, at - 1)] not in self.words["askers"]
        )

    def _answer(self, start: int) -> str:
        """The words of a short answer: "it is", "i said yes"; without what joins it to the question."""
        words = self.scene.words[start : start + 6]
        while words and (words[0] in PUNCTUATION or words[0] in ("and", "but", "well", "so")):
            words.pop(0)
        ends = next((at for at, word in enumerate(words) if word in PUNCTUATION), len(words))
        return " ".join(words[:ends])

    def _plain_no(self, start: int) -> bool:
        """Whether an answer comes next and is no: "- none of those", "he said nope". "No idea", "not sure" are none."""
        words = self.scene.words
        for at in range(start, min(start + _ANSWER_WITHIN, len(words))):
            following = words[at + 1] if at + 1 < len(words) else "."
            if words[at] in self.words["enquiry_no"]:
                both = not {"yes", "but"}.isdisjoint(words[at : at + _ANSWER_WITHIN])
                to_it = following in ("to", "for") and not both
                return words[at] != "no" or following in PUNCTUATION or to_it or following in ("none", "nothing")
            if words[at] not in PUNCTUATION and words[at] not in self.words["enquiry_bridge"]:
                return False
        return False

    def _answered_no(self, candidate: Candidate, last: int) -> Judgement | None:
        """ "They keep asking do I want to harm myself. I don't." """
        words, clauses = self.scene.words, self.scene.clauses
        if " ".join(words[last : last + 2]) not in self.words["answered_no"] and (
            " ".join(words[last : last + 3]) not in self.words["answered_no"]
        ):
            return None
        first, _ = clauses.bounds(candidate.anchor_start)
        if self.words["asked_about"].isdisjoint(words[first : candidate.anchor_start]):
            return None
        answer_ends = clauses.bounds(last)[1] if last < len(words) else last
        return (
            Judgement(Status.ABSENT, "asked about, and answered with no", ground=Ground.ASKED)
            if answer_ends - last <= 5
            else None
        )
