"""Decides how the writer puts each candidate: as theirs now, denied, over, thought of, doubtful or somebody else's.

The rules follow ConText: cues with a scope that other words end. The cues are data (assertion.yml);
what stands between a cue and the finding decides whether it reaches that far. Only a plain denial clears a sign.
"""

from dataclasses import replace

from bot.language.candidate import Candidate
from bot.language.cues import Judgement
from bot.language.dark_days import DarkDays
from bot.language.denial import Denials
from bot.language.doubt import Doubts
from bot.language.elsewhere import Others
from bot.language.episodes import is_year
from bot.language.everyday import EverydayThings
from bot.language.imagined import Imagined
from bot.language.lexicon import Lexicon
from bot.language.over import Bygones
from bot.language.presupposed import Presuppositions
from bot.language.reading import Ground, Status
from bot.language.retracted import Retractions
from bot.language.scene import Scene
from bot.language.terms import Hit


class Asserter:
    """Applies the rules, in their order of precedence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._ids: dict[str, frozenset[str]] = {}
        for effect in {rule.effect for rule in lexicon.cues.values()}:
            self._ids[effect] = frozenset(rule.id for rule in lexicon.cues.values() if rule.effect == effect)
        self._rules = lexicon.cues

    def prepare(self, scene: Scene) -> "Bench":
        """The cues of one message, sorted by what they do."""
        pseudo = scene.cues(self._ids["pseudo"])
        spans = [(cue.start, cue.end) for cue in pseudo]

        def genuine(cue: Hit) -> bool:
            return not any(a <= cue.start and cue.end <= b and (b - a) > (cue.end - cue.start) for a, b in spans)

        by_effect: dict[str, list[Hit]] = {}
        for effect, ids in self._ids.items():
            found = scene.cues(ids)
            if effect in ("absent", "absent_after", "ended", "unsure", "taken_back"):
                found = [cue for cue in found if genuine(cue)]
            if effect != "question":
                found = _drop_inner(found)
            by_effect[effect] = found
        return Bench(scene, by_effect, self._words, self._rules)


#: Where the same words stand in this rule and in another of its effect, the other one decides: it is about fewer words.
_GENERAL = "hypothetical"


def _drop_inner(cues: list[Hit]) -> list[Hit]:
    """The cues that stand inside no other; of two in the same place, the first or the more special one."""
    kept: list[Hit] = []
    for cue in cues:
        inside = bool(kept) and kept[-1].start <= cue.start and cue.end <= kept[-1].end
        if inside and kept[-1].name == _GENERAL and (kept[-1].start, kept[-1].end) == (cue.start, cue.end):
            kept[-1] = cue
        elif not inside:
            kept.append(cue)
    return kept


class Bench(Denials, Others, Imagined, Bygones, Retractions, DarkDays, EverydayThings, Doubts, Presuppositions):
    """Judges the candidates of one message."""

    def judge(self, candidate: Candidate) -> Judgement:
        """The first rule that applies decides."""
        for rule in (
            self._denied, self._elsewhere, self._imagined, self._over, self._retracted,
            self._come_through, self._everyday, self._doubtful,
        ):  # fmt: skip
            judgement = rule(candidate)
            if judgement is not None:
                if judgement.in_doubt and judgement.status is Status.HYPOTHETICAL:
                    # "Told to watch for swelling and trouble breathing. I have neither".
                    judgement = self._retracted(candidate) or judgement
                return self._taken_for_granted(candidate, self._never_silent(candidate, judgement))
        return self._family_beside(candidate) or Judgement(Status.PRESENT, "stated", candidate.doubt)

    def _plainly(self, candidate: Candidate) -> Judgement:
        for rule in (self._denied, self._elsewhere, self._imagined, self._over):
            judgement = rule(candidate)
            if judgement is not None:
                return judgement
        return Judgement(Status.PRESENT, "stated", candidate.doubt)

    def _never_silent(self, candidate: Candidate, judgement: Judgement) -> Judgement:
        """ "How many would it take", "if I ended things myself": who only thinks of harm is asked.

        So is who says that it is over, unless the message names a distant time; "if I was gone by friday" is no ending.
        """
        if candidate.concept != "self_harm" or candidate.soft:
            return judgement
        distant = bool(self.cues["past"]) or any(is_year(word) for word in self.scene.words)
        over = judgement.status is Status.PAST and (judgement.ground is Ground.GONE or not distant)
        if over or judgement.status is Status.HYPOTHETICAL:
            return replace(judgement, in_doubt=True)
        return judgement
