"""Decides how the writer puts each candidate: as theirs now, denied, over, thought of, doubtful or somebody else's.

The rules follow ConText: cues with a direction and a scope that other words end. The cues are data (assertion.yml);
what stands between a cue and the finding decides whether it reaches that far. Only a plain denial clears a sign.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.language.clauses import Clauses
from bot.language.compositions import Candidate
from bot.language.lexicon import Lexicon
from bot.language.reading import Status
from bot.language.terms import Hit

#: Unknown words that a denial may reach over: "no nasty great blisters".
_REACH_OF = {"no": 2, "not": 1}
_PUNCTUATION = frozenset({",", ".", "!", "?", ";", ":", "-", "\n", "(", ")", "/", "..", "...", '"', "'", "*", "\u2013", "\u2014"})
_BARE_VERBS = frozenset(
    "swell peel blister slough bleed burn close puff balloon drop shed itch break come fall go get spread turn ooze "
    "weep crack lift slide slip droop blow tighten ulcerate hurt lose".split()
)
_BE = frozenset("is are was were has have had been am be theyve ive hes shes im theyre its weve keeps wont keep".split())
_POSSESSIVE = frozenset("my mine his her our mums dads husbands wifes moms me fathers mothers".split())
_FIRST_PERSON = frozenset("i ive im my mine me myself id ill".split())
_OWN_SUBJECT = frozenset("i ive im mine we weve id".split())
_AFTER_INVERSION = frozenset(
    "i you it this that these those there the a an my your we they he she rev revlimid lenalidomide people anyone any having one some someone others mine his her".split()
)
_AFTER_ENDING = frozenset(
    "and but so now since after within by up on when with completely fully last then long years weeks months days thanks thank ok okay fine well nicely too quickly eventually before over to".split()
)
_QUESTION_WORDS = frozenset("is are does do did can could would should what which who how why will was were whats".split())
_NEGATORS = frozenset("not hasnt havent isnt arent never nearly almost aint wont doesnt dont hardly barely didnt wasnt yet if until till when once".split())
_ONSET = frozenset("started began begun starting start appeared diagnosed since beginning restarted commenced begins starts finished transplant".split())
_HAVE = frozenset("have has had got get gets getting ive hes shes im am with weve having".split())
#: Signs of which a slight form is asked about rather than taken for the sign.
_MILDABLE = frozenset(
    "skin_pain skin_peeling eye_inflammation mouth_sores genital_sores leg_clot fever very_unwell purpura skin_infection "
    "chills shingles rapid_spread erythroderma swollen_glands confusion_or_collapse chest_pain stroke jaundice".split()
)
#: Signs that a harmless cause, named with them, makes a matter of asking.
_HARMLESS = frozenset(
    "blisters single_blister mouth_sores eye_inflammation airway purpura facial_swelling leg_clot skin_peeling skin_pain "
    "skin_infection swollen_glands genital_sores minor_bleeding chest_pain hives".split()
)


@dataclass(frozen=True)
class Judgement:
    """The status of a candidate, the rule that decided it, and whether to ask the patient."""

    status: Status
    rule: str
    in_doubt: bool = False


@dataclass
class Scene:
    """Everything that the rules look at, for one message."""

    words: list[str]
    clauses: Clauses
    hits: Mapping[str, list[Hit]]
    covered: frozenset[int]
    sign_words: frozenset[int]
    candidates: list[Candidate]

    def cues(self, effect_ids: frozenset[str]) -> list[Hit]:
        """Cue hits of some rules, in order."""
        return [cue for cue in self.hits.get("cue", []) if cue.name in effect_ids]


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
            if effect in ("absent", "absent_after", "ended", "unsure"):
                found = [cue for cue in found if genuine(cue)]
            if effect != "question":
                found = _drop_inner(found)
            by_effect[effect] = found
        return Bench(scene, by_effect, self._words, self._rules)


def _drop_inner(cues: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for cue in cues:
        if kept and kept[-1].start <= cue.start and cue.end <= kept[-1].end:
            continue
        kept.append(cue)
    return kept


class Bench:
    """Judges the candidates of one message."""

    def __init__(
        self,
        scene: Scene,
        cues: Mapping[str, list[Hit]],
        words: Mapping[str, frozenset[str]],
        rules: Mapping[str, object],
    ) -> None:
        self.scene = scene
        self.cues = cues
        self.words = words
        self.rules = rules
        self._starts = {effect: [cue.start for cue in found] for effect, found in cues.items()}
        self._anchors = sorted({(c.anchor_start, c.anchor_end) for c in scene.candidates})
        self._people = scene.hits.get("person", [])

    # -- the order of the rules -------------------------------------------------------------------------------------

    def judge(self, candidate: Candidate) -> Judgement:
        """The first rule that applies decides."""
        for rule in (self._denied, self._elsewhere, self._imagined, self._over, self._doubtful):
            judgement = rule(candidate)
            if judgement is not None:
                return judgement
        return Judgement(Status.PRESENT, "stated", candidate.doubt)

    def _within(self, effect: str, first: int, last: int) -> list[Hit]:
        """The cues of an effect that start from `first` up to, not including, `last`."""
        starts = self._starts[effect]
        return self.cues[effect][bisect_left(starts, first) : bisect_left(starts, last)]

    # -- denial -----------------------------------------------------------------------------------------------------

    def _denied(self, candidate: Candidate) -> Judgement | None:
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        before = [cue for cue in self._within("absent", first, candidate.anchor_start) if cue.end <= candidate.anchor_end]
        for cue in reversed(before):
            if self._void(cue):
                continue
            reach = self._path(cue, candidate)
            said = " ".join(self.scene.words[cue.start : cue.end])
            if reach != "blocked" and self._until(candidate, last):
                return None
            if reach == "open":
                return Judgement(Status.ABSENT, f"denied by '{said}'")
            if reach == "shaky":
                return Judgement(Status.ABSENT, f"may be denied by '{said}'", in_doubt=True)
            break
        return self._denied_after(candidate, last)

    def _until(self, candidate: Candidate, last: int) -> bool:
        """ "Never had ulcers until this week", "no blisters yesterday but this morning two": denied only for before. """
        words = self.scene.words
        near = words[candidate.end : candidate.end + 6]
        rest = words[candidate.end : last]
        if any(w in ("until", "till") for w in near):
            return True
        before = any(w in ("yesterday", "before", "initially", "earlier") for w in near) or near[:2] == ["at", "first"]
        return before and any(w in ("but", "now", "today", "tonight") for w in rest)

    def _void(self, cue: Hit) -> bool:
        """ "No, blisters everywhere": an answer, not a denial. """
        words = self.scene.words
        following = words[cue.end] if cue.end < len(words) else ""
        return following in (",", ".", "!", "?", "\n") and words[cue.start] in ("no", "nothing", "none", "never", "not")

    def _path(self, cue: Hit, candidate: Candidate) -> str:
        """Whether a denial reaches from its cue to the finding: "open", "shaky" or "blocked"."""
        words, scene, lists = self.scene.words, self.scene, self.words
        allowance = _REACH_OF.get(cue.name, 1)
        unknown = 0
        shaky = False
        commas = 0
        position = cue.end
        if position < len(words) and words[position] == ":":
            stops = lists["stop"]
            return "blocked" if any(w in stops for w in words[position : candidate.anchor_start]) else "open"
        while position < candidate.anchor_start:
            word = words[position]
            if word in ("or", "nor", "/"):
                position += 1
                continue
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
            if word in _PUNCTUATION or word in lists["stop"]:
                return "blocked"
            if word in lists["subject"] and not self._subject_allowed(position, cue):
                return "blocked"
            if position in scene.covered or word in lists["transparent"] or word in lists["subject"]:
                position += 1
                continue
            if word in lists["opaque"]:
                return "blocked"
            unknown += 1
            position += 1
        if unknown > allowance + 2:
            return "blocked"
        return "shaky" if shaky or unknown > allowance else "open"

    def _subject_allowed(self, position: int, cue: Hit) -> bool:
        """ "no sores in my mouth", "nor do I have": a person who does not start a new statement. """
        words = self.scene.words
        if position == cue.end:
            return True
        before = words[position - 1]
        if before in self.words["preposition"] or before in ("do", "have", "did", "nor", "or", "has", "does", "had", "see", "that", "see", "think", "like", "of"):
            return True
        return position - 1 not in self.scene.sign_words and before not in (",", "and") and words[position] in ("my", "his", "her", "their", "the", "it", "our", "your")

    def _bare_list(self, start: int, candidate: Candidate) -> str:
        """Whether what follows a comma or "and" is only another item of a denied list: "yes", "shaky" or "no"."""
        words, scene = self.scene.words, self.scene
        position, items, has_or = start, 0, False
        seen_site = False
        while position < len(words):
            word = words[position]
            if word in ("or", "nor", "/"):
                has_or = True
            elif word in (",", "and"):
                items += 1
            elif word in _PUNCTUATION or word in self.words["stop"]:
                break
            elif position in scene.covered:
                if position in scene.sign_words:
                    if seen_site and position - 1 in scene.covered and position - 1 not in scene.sign_words:
                        return "no"
                else:
                    seen_site = True
            elif word in self.words["light"]:
                pass
            elif word in ("no", "not", "without", "none"):
                break
            else:
                # Another statement begins somewhere here; the item before it may still belong to the list.
                return "no" if position <= candidate.anchor_end + 3 else ("yes" if has_or else "shaky")
            position += 1
        return "yes" if has_or or items >= 1 else "shaky"

    def _denied_after(self, candidate: Candidate, last: int) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        for cue in self._within("absent_after", candidate.end, candidate.end + 4):
            if cue.start < candidate.end:
                continue
            if cue.start - candidate.end > 3:
                break
            between = words[candidate.end : cue.start]
            if cue.start >= last and not (between and between[-1] in ("?", ":", "-", ".", "\n")):
                break
            allowed = all(w in (":", "-", "?", ",", "=", "is", "are", "was", "were", "has", "have", "\u2013", "\u2014", "(", "at", "so", "thankfully", "well", "i", "all", "that") for w in between)
            if between and between[-1] in (".", "\n"):
                allowed = False
            following = words[cue.end] if cue.end < len(words) else "."
            ends = following in _PUNCTUATION or following in ("and", "or", "but", "just", "only", "so", "thanks", "thank", "at", "of", "either", "yet", "now", "sir", "since", "for", "all", "today")
            if following not in _PUNCTUATION and cue.end < len(words) and clauses.sentence[cue.end] != clauses.sentence[cue.start]:
                ends = True
            if words[cue.start] == "fine" and between:
                allowed = allowed and True
            if allowed and ends:
                said = " ".join(words[cue.start : cue.end])
                return Judgement(Status.ABSENT, f"denied by '{said}' after it")
            break
        return None

    # -- somebody else ----------------------------------------------------------------------------------------------

    def _elsewhere(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        if candidate.concept == "pregnancy_exposure":
            return None
        first_person = any(w in _FIRST_PERSON for w in words)
        story = self._within("story", first, last)
        subject = self._subject(first, candidate.anchor_start)
        if subject is None and first and words[first] in ("he", "she", "they", "hers", "his", "her", "their", "it"):
            before_first, before_last = clauses.bounds(first - 1)
            subject = self._subject(before_first, before_last)
            if subject is not None and subject.name != "other":
                subject = None
        if subject is not None and subject.name == "relative":
            if any(w in ("mine", "myself") for w in words) or self._own_statement(candidate):
                return Judgement(Status.SOMEONE_ELSE, f"about '{self._text(subject)}'")
            return None
        if subject is not None and words[subject.end : subject.end + 1] == ["else"]:
            # "Anyone else dealing with ...": the writer is one of them.
            return None
        if subject is not None and subject.name == "other":
            generic = any(w in ("people", "folk", "folks", "patients", "anyone", "someone", "somebody", "others", "anybody") for w in words[subject.start : subject.end])
            doubt = not (first_person or story or generic or self.cues["hypothetical"] or clauses.asked[clauses.sentence[candidate.start]])
            return Judgement(Status.SOMEONE_ELSE, f"about '{self._text(subject)}'", in_doubt=doubt and self._pet(subject) is False)
        if story and (candidate.start > story[0].start or self._quoted(candidate)) and (
            self._quoted(candidate) or not self._own_between(story[0].end, candidate.anchor_start)
        ):
            return Judgement(Status.SOMEONE_ELSE, f"a story: '{self._text(story[0])}'")
        return None

    def _pet(self, subject: Hit) -> bool:
        return any(w.rstrip("s") in ("dog", "cat", "labrador", "puppy", "kitten", "horse", "rabbit", "spaniel", "poodle", "budgie", "parrot", "terrier", "retriever", "pet", "pup", "goat", "chicken") for w in self.scene.words[subject.start : subject.end])

    def _text(self, hit: Hit) -> str:
        return " ".join(self.scene.words[hit.start : hit.end])

    def _subject(self, first: int, before: int) -> Hit | None:
        """Whom the words before a finding are about: the last person named, unless the writer comes after."""
        found: Hit | None = None
        for person in self._people:
            if first <= person.start and person.end <= before and person.name in ("other", "relative", "patient"):
                if found is None or person.end - person.start >= 1:
                    if found is not None and found.end > person.start and found.end >= person.end:
                        continue
                    found = person
        if found is None:
            return None
        return None if self._own_between(found.end, before) else found

    def _own_between(self, start: int, end: int) -> bool:
        words = self.scene.words
        for position in range(start, end):
            word = words[position]
            if word in _OWN_SUBJECT:
                return True
            if word in ("my", "me") and position and (words[position - 1] in _PUNCTUATION or words[position - 1] in ("and", "but", "now", "so", "then", "like")):
                return True
        return False

    def _own_statement(self, candidate: Candidate) -> bool:
        """Whether another sentence tells about the writer: "my late sister ... I've a few pink bumps"."""
        words, clauses = self.scene.words, self.scene.clauses
        number = clauses.sentence[candidate.start]
        return any(w in ("i", "ive", "im", "mine") and clauses.sentence[p] != number for p, w in enumerate(words))

    def _quoted(self, candidate: Candidate) -> bool:
        words = self.scene.words
        marks = [p for p, w in enumerate(words) if w in ('"', "'")]
        return any(m < candidate.start for m in marks) and any(m >= candidate.end for m in marks)

    # -- thought of, asked about ------------------------------------------------------------------------------------

    def _imagined(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        now = self._now(candidate)
        for cue in reversed([c for c in self._within("hypothetical", first, candidate.anchor_start) if c.end <= candidate.anchor_start]):
            if cue.end > candidate.anchor_start or self._escapes(cue, candidate):
                continue
            text = self._text(cue)
            conditional = text in ("if", "in case", "what if", "suppose", "supposing", "when", "unless", "assuming", "in case of", "even if", "only if", "if ever")
            held = self._held(candidate, cue.end)
            if text.startswith("how "):
                return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'")
            if conditional:
                doubt = held and self._state(candidate)
                return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'", in_doubt=doubt)
            if held and (now or self._state(candidate) or not self._bare_verb(candidate)):
                return None
            return Judgement(Status.HYPOTHETICAL, f"hypothetical by '{text}'")
        return self._questioned(candidate, first, now)

    def _escapes(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the writer has come back to what is, between the cue and the finding."""
        words, clauses = self.scene.words, self.scene.clauses
        if self._text(cue) in ("if", "unless") and words[cue.end : cue.end + 2] in (["it", "helps"], ["that", "helps"], ["it", "matters"], ["you", "ask"], ["that", "matters"], ["possible", ","], ["this", "is"], ["im", "honest"], ["i", "may"]):
            return True
        if clauses.clause[cue.start] == clauses.clause[candidate.anchor_start]:
            return False
        start = cue.end
        for position in range(start, candidate.start):
            word = words[position]
            if clauses.clause[position] != clauses.clause[cue.start]:
                if word in ("ive", "im", "mine", "now", "theres", "hes", "shes", "theyre"):
                    return True
                if word == "i" and words[position + 1 : position + 2] and words[position + 1] in ("have", "had", "got", "do", "now", "woke", "noticed", "am", "see", "feel", "cant", "already"):
                    return True
                if word in ("my", "his", "her") and words[position - 1] in (",", "and", "but", "because", "cos", ":", "-", "so") :
                    return True
                if word in ("but", "because", "cos") :
                    return True
        return False

    def _held(self, candidate: Candidate, start: int) -> bool:
        """Whether the finding is put as the writer's own: "my", "on my", "I have these", "ive got"."""
        words = self.scene.words
        left = range(max(start, candidate.start - 4), candidate.anchor_start)
        if any(words[p] in _POSSESSIVE for p in left):
            return True
        if any(words[p] in ("these", "those") for p in range(max(start, candidate.start - 2), candidate.start)):
            return True
        for p in range(max(start, candidate.start - 5), candidate.start):
            if words[p] in ("ive", "im", "hes", "shes", "weve") or (words[p] in ("i", "he", "she", "we") and words[p + 1 : p + 2] and words[p + 1] in ("have", "has", "am", "is", "got", "had", "cant", "now", "keep")):
                return True
        following = words[candidate.end : candidate.end + 5]
        for index, word in enumerate(following):
            if word in _PUNCTUATION:
                break
            if word in ("my", "his", "her", "me") and index and following[index - 1] in self.words["preposition"]:
                return True
            if word in ("i", "hes", "shes", "ive") and following[index + 1 : index + 2] and (following[index + 1] in ("have", "got", "am", "noticed") or word == "ive"):
                return True
        return False

    def _bare_verb(self, candidate: Candidate) -> bool:
        return self.scene.words[candidate.anchor_start] in _BARE_VERBS

    def _state(self, candidate: Candidate) -> bool:
        """Whether it is told as a state: "is raw", "has sloughed", "swollen"."""
        words = self.scene.words
        if self._bare_verb(candidate):
            return False
        near = words[max(0, candidate.anchor_start - 3) : candidate.anchor_start]
        return any(w in _BE for w in near) or words[candidate.anchor_start] in ("swollen", "blistered", "sloughed", "raw")

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
        if "else" in words[cue.end : cue.end + 2]:
            # "Is anyone else ...": the writer has it.
            return None
        if self._general_you(cue, candidate) or now:
            return None
        near = words[max(0, candidate.anchor_start - 3) : candidate.anchor_start]
        if self._held(candidate, cue.end) and not (self._bare_verb(candidate) and not any(w in _BE for w in near)):
            return None
        if any(w in ("has", "have", "having", "had") for w in near) and not self._bare_verb(candidate) and words[cue.start] not in ("do", "does", "did") and "to" not in near:
            return None
        if cue.name == "question" and text in ("is this", "are these", "are those", "is it", "is that", "are they", "is there", "are there") and candidate.start - cue.end <= 3:
            return Judgement(Status.UNSURE, f"asked by '{text}'", in_doubt=True)
        if self._remedy(cue, candidate):
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True)
        if cue.name == "anchor_question":
            return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'", in_doubt=True)
        if clauses.clause[cue.start] != clauses.clause[candidate.anchor_start] and self._details(cue, candidate):
            return None
        return Judgement(Status.HYPOTHETICAL, f"asked about by '{text}'")

    def _remedy(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Is it ok to take Benadryl for swelling of the eyes": who asks for a remedy often has it. """
        words = self.scene.words
        near = words[max(cue.end, candidate.start - 3) : candidate.start]
        return any(w in ("for", "with", "on") for w in near) and any(
            w in ("take", "use", "put", "apply", "help", "helps", "good", "best", "safe", "cream", "ointment", "rinse", "do")
            for w in words[cue.start : candidate.start]
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
        return commas >= 1 and not listed and words[opener] not in _QUESTION_WORDS

    def _general_you(self, cue: Hit, candidate: Candidate) -> bool:
        """ "What do you do when your whole gum is raw": told as a state, under "when your". """
        words = self.scene.words
        between = words[cue.end : candidate.anchor_start]
        if "when" in between or "if" in between:
            index = between.index("when") if "when" in between else -1
            if index >= 0:
                tail = between[index:]
                return any(w in ("your", "my", "youve", "ur") for w in tail) and any(w in ("is", "are", "has", "have") for w in tail)
        return False

    def _question_cue(self, candidate: Candidate, first: int) -> Hit | None:
        words, clauses = self.scene.words, self.scene.clauses
        best: Hit | None = None
        asked = clauses.asked[clauses.sentence[candidate.anchor_start]]
        for cue in self._within("question", first, candidate.anchor_start):
            if cue.end > candidate.anchor_start:
                continue
            opening = cue.start == first or words[cue.start - 1] in (",", "and", "so", "but", "or", "hi", "hello", "also", "-", ":", "please", "pls", "doc", "cos", "just", "ok", "well", "wondering", "anyway", "sorry", "hey", "then", "like")
            if cue.name == "question" and not opening:
                continue
            if cue.name == "question" and cue.start != first and not self._inverted(cue):
                continue
            if cue.name == "general" and not opening and cue.end - cue.start < 2:
                continue
            if self._told_between(cue.end, candidate.start):
                continue
            if cue.name == "question" and words[cue.start] in ("when", "has", "have", "was", "did", "had") and not asked and cue.end - cue.start == 1:
                continue
            if best is None or (cue.end - cue.start, cue.name != "question") > (best.end - best.start, best.name != "question"):
                best = cue
        return best

    def _inverted(self, cue: Hit) -> bool:
        """ "... and is the rash" asks; "has gone raw and is peeling" does not. """
        words = self.scene.words
        if words[cue.start] not in ("is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "can", "could", "will", "would", "should", "may", "might"):
            return True
        if cue.end - cue.start > 1:
            return True
        following = words[cue.end] if cue.end < len(words) else ""
        return following in _AFTER_INVERSION

    def _told_between(self, start: int, end: int) -> bool:
        words = self.scene.words
        for position in range(start, end):
            if words[position] in ("because", "cos", "but", "now", "ive"):
                return True
            if words[position] == "i" and words[position - 1] in (",", "and", "so") and words[position + 1 : position + 2] and words[position + 1] in ("have", "had", "got", "now", "cant", "am", "noticed", "feel", "woke"):
                return True
            if words[position] in ("my", "im", "hes", "shes") and words[position - 1] in (",", "and", "so", "-", ":"):
                return True
        return False

    # -- over ---------------------------------------------------------------------------------------------------------

    def _over(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        for cue in self._within("ended", max(0, candidate.start - 6), last + 60):
            if self._ended_by(cue, candidate, first, last):
                return Judgement(Status.PAST, f"over: '{self._text(cue)}'")
        for cue in self._within("past", first, last + 12):
            if cue.name == "recent_past":
                continue
            if first <= cue.start < last and not self._divided(cue, candidate) and not self._onset_time(cue, candidate):
                return Judgement(Status.PAST, f"long ago: '{self._text(cue)}'")
            if cue.start >= last and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1:
                between = words[last : cue.start]
                if len(between) <= 3 and all(w in ("that", "this", "was", "it", "all", "but", "they", "were", "and") for w in between) and words[last] in ("that", "this", "it", "they", "but", "all", "years"):
                    return Judgement(Status.PAST, f"long ago: '{self._text(cue)}'")
        year = self._year(first, last)
        if year is not None and not self._divided(Hit("cue", "year", year, year + 1), candidate) and not self._onset_time(Hit("cue", "year", year, year + 1), candidate):
            return Judgement(Status.PAST, f"long ago: '{words[year]}'")
        return None

    def _year(self, first: int, last: int) -> int | None:
        words = self.scene.words
        for position in range(first, last):
            word = words[position]
            if len(word) == 4 and word.isdigit() and 1930 <= int(word) <= 2025 and position and words[position - 1] in ("in", "since", "back", "of", "during", "(", "from", "until", "around", "about", "early", "late", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "cycle"):
                return position
        return None

    def _divided(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether "now", "but" or a new statement stands between a time and the finding."""
        words = self.scene.words
        if cue.end <= candidate.start:
            between = range(cue.end, candidate.anchor_start)
        elif candidate.end <= cue.start:
            between = range(candidate.end, cue.start)
        else:
            between = range(0)
        clauses = self.scene.clauses
        for position in between:
            if words[position] in ("now", "but", "today", "again", "currently", "still", "since", "this", "tonight", "yesterday", "todays"):
                return True
            if words[position] in ("i", "ive", "my", "im") and words[position - 1] in (",", "and", "then", "-") and cue.end <= candidate.start and words[position + 1 : position + 2] and words[position + 1] in ("have", "am", "now"):
                return True
        near = range(max(0, candidate.start - 4), candidate.start)
        if any(words[p] in ("now", "again", "still") and clauses.clause[p] == clauses.clause[candidate.start] for p in near):
            return True
        after = words[candidate.end : candidate.end + 3]
        return any(w in ("again", "now", "still") for w in after)

    def _onset_time(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the time tells when something began, so that it goes on: "started two months ago"."""
        words = self.scene.words
        near = words[max(0, cue.start - 7) : cue.start]
        if candidate.end <= cue.start:
            near = words[candidate.end : cue.start]
        return any(w in _ONSET for w in near)

    def _ended_by(self, cue: Hit, candidate: Candidate, first: int, last: int) -> bool:
        words, clauses = self.scene.words, self.scene.clauses
        if cue.start > 0 and words[cue.start - 1] in _NEGATORS:
            return False
        if cue.start > 1 and words[cue.start - 2] in _NEGATORS and words[cue.start - 1] in ("all", "fully", "yet", "it", "they", "really", "quite", "completely"):
            return False
        following = words[cue.end] if cue.end < len(words) else ""
        if self._still(cue.end) or (cue.end - cue.start == 1 and not self._closes(cue.end)):
            return False
        if words[cue.end - 1] in ("gone", "went", "down", "passed", "stopped", "clear", "over", "off") and cue.end < len(words):
            if cue.end in self.scene.covered or following in ("to", "into", "from", "the", "all", "my", "a", "his", "her", "up", "very", "really", "so", "on", "me", "it", "red", "working", "taking"):
                return False
        if cue.end <= candidate.anchor_start:
            if cue.end <= candidate.start and candidate.start - cue.end <= 2 and cue.start >= first:
                text = self._text(cue)
                return text in ("healed", "resolved", "no longer", "no longer have", "no longer any", "no longer got", "treated", "got over", "rid of", "got rid of", "recovered from", "cured", "no longer has")
            return False
        if cue.start < candidate.end:
            return False
        same = cue.start < last
        nextone = not same and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1
        if not same and not nextone:
            return False
        between = words[candidate.end : cue.start]
        if any(w in ("but", "though", "although", "however", "still") for w in between) and same:
            return False
        if self._another_between(candidate, cue):
            return False
        if self._again_after(cue, last if same else clauses.bounds(cue.start)[1], candidate):
            return False
        if same:
            return self._ended_of(candidate, cue)
        lead = words[last : cue.start]
        return len(lead) <= 4 and all(w in ("it", "they", "that", "all", "theyve", "its", "has", "have", "was", "were", "is", "are", "been", "now", "thankfully", "but", "which", "this", "those", "i", "had", "ive", "both", "course", "since", "the", "did", "completely", "long", "then") for w in lead)

    def _still(self, position: int) -> bool:
        """ "... ended up in the ER. Still swollen today". """
        words = self.scene.words
        for p in range(position, min(position + 14, len(words) - 1)):
            if words[p] == "still" and (p + 1 in self.scene.sign_words or words[p + 1] in ("have", "there", "got", "here", "present", "bad", "is", "are", "a")):
                return True
        return False

    def _closes(self, position: int) -> bool:
        """ Whether a clause ends here or goes on with a time: "they healed in March", not "stopped taking it". """
        words = self.scene.words
        return position >= len(words) or words[position] in _PUNCTUATION or words[position] in _AFTER_ENDING

    def _ended_of(self, candidate: Candidate, cue: Hit) -> bool:
        """Whether the ending is of this finding and not of another thing: "rash has gone, lips swollen" is no ending."""
        words = self.scene.words
        between = words[candidate.end : cue.start]
        others = [w for w in between if w in ("rash", "itch", "fever", "temperature", "cold", "pain", "headache", "husband", "wife", "i", "cough")]
        return not others or others == ["i"]

    def _another_between(self, candidate: Candidate, cue: Hit) -> bool:
        """Another finding stands between and takes the ending for itself, unless both are one list."""
        words = self.scene.words
        for start, end in self._anchors:
            if candidate.anchor_end <= start and end <= cue.start and (start, end) != (candidate.anchor_start, candidate.anchor_end):
                between = words[candidate.end : start]
                if not all(w in ("and", ",", "or", "with", "the", "in", "my", "on", "of", "&", "then", "a") or p in self.scene.covered for p, w in enumerate(between, candidate.end)):
                    return True
        return False

    def _again_after(self, cue: Hit, last: int, candidate: Candidate) -> bool:
        """ "It had all cleared up but it's back". """
        for again in self._within("again", cue.end, last + 12):
            text = self._text(again)
            if cue.end <= again.start < last + 12 and text in ("its back", "theyre back", "is back", "are back", "back again", "has come back", "have come back", "came back", "come back", "returned", "has returned", "have returned", "again", "flared up again", "started again", "it came back", "this time", "more came", "more have come", "two more", "another one", "same again", "restarted", "now again", "now its", "now theyre"):
                return text not in ("now its", "now theyre") and not any(a <= again.start < a + 8 and n for a, n in ())
        return False

    # -- doubt --------------------------------------------------------------------------------------------------------

    def _doubtful(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        rejected = any(cue.name == "benign_rejected" for cue in self._within("pseudo", first, last))
        benign = [
            cue for cue in self._within("benign", first, last + 4)
            if self._beside(cue, candidate) and not rejected and not (cue.start and words[cue.start - 1] in _NEGATORS)
        ]
        hedge = [cue for cue in self._within("unsure", first, last) if self._hedges(cue, candidate)]
        mild = [
            cue
            for cue in self._within("mild", max(0, candidate.anchor_start - 6), candidate.anchor_start)
            if 0 <= candidate.anchor_start - cue.end <= 1
        ]
        if benign and candidate.concept in _HARMLESS:
            return Judgement(Status.UNSURE, f"harmless cause given: '{self._text(benign[0])}'", in_doubt=True)
        if mild and candidate.concept in _MILDABLE:
            return Judgement(Status.UNSURE, f"mild: '{self._text(mild[0])}'", in_doubt=True)
        if hedge:
            text = self._text(hedge[0])
            weak = text in ("not really", "not exactly", "not quite", "hardly", "barely", "wouldnt say", "wouldnt call", "would not call", "not what id call", "debatable", "borderline", "not so much")
            if weak or candidate.doubt:
                return Judgement(Status.UNSURE, f"unsure: '{text}'", in_doubt=True)
            return Judgement(Status.PRESENT, f"unsure ('{text}'), taken as present")
        return None

    def _beside(self, cue: Hit, candidate: Candidate) -> bool:
        clauses = self.scene.clauses
        if clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start]:
            return True
        gap = cue.start - candidate.end
        return 0 <= gap <= 3 and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1

    def _hedges(self, cue: Hit, candidate: Candidate) -> bool:
        text = self._text(cue)
        if text in ("?",):
            return False
        if cue.end <= candidate.anchor_start:
            gap = candidate.start - cue.end
            limit = 2 if text in ("hardly", "barely", "not really", "not exactly", "not quite", "sort of", "kind of", "kinda", "sorta", "almost like", "borderline") else 8
            return gap <= limit and self.scene.clauses.sentence[cue.start] == self.scene.clauses.sentence[candidate.anchor_start]
        return cue.start >= candidate.end and cue.start - candidate.end <= 4


def covered_words(hits: Mapping[str, list[Hit]], kinds: Iterable[str]) -> frozenset[int]:
    """Every word that a term of these kinds covers."""
    return frozenset(word for kind in kinds for hit in hits.get(kind, []) for word in range(hit.start, hit.end))
