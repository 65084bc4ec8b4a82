"""What is long ago or over: only the past with an ending, or with a distant time, is past."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.episodes import LONG, Episodes, is_year
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: Sentences that a story may have between a finding and the words that end it.
_STORY = 5
#: Words that may stand between what happened in a stage of the treatment and the recovery from it.
_RECOVERY = 30
#: Words that liken what there is now to a year.
_AS_IN = (["as", "in"], ["like", "in"], ["like", "back"], ["as", "back"])
_AS_THEN = (["like", "it"], ["it", "did"], ["they", "did"], ["as", "it"], ["same", "as"], ["just", "like"])
#: Beside a word for being well, they leave out what was told before it.
_APART_FROM = frozenset({"otherwise", "apart", "besides"})


class Endings(Episodes):
    """Whether a finding is said to have ended."""

    def _over(self, candidate: Candidate) -> Judgement | None:
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        judgement = self._said_over(candidate)
        if judgement is not None and not judgement.in_doubt:
            # "Two years ago blisters. ... Since this morning it is back": of what, is asked.
            return replace(judgement, in_doubt=self._relapse(candidate.end))
        left = self._left_behind(candidate, first, last)
        return left if left is not None and not left.in_doubt else judgement or left

    def _over_by(self, cue: Hit, how: str, in_doubt: bool = False) -> Judgement:
        said = self._text(cue)
        return Judgement(Status.PAST, f"{how}: '{said}'", in_doubt, Ground.GONE if "gone" in said else Ground.ENDED)

    def _said_over(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        for cue in self._within("ended", min(first, max(0, candidate.start - 6)), last + 60):
            if self._ended_by(cue, candidate, first, last):
                # "Sores in my mouth, feet went back to normal": the ending may be of the other place alone.
                apart = bool(self._subject_of_ending(candidate, cue))
                return self._over_by(cue, "over", apart)
        for cue in self._within("past", first, last + 12):
            if cue.name == "recent_past":
                continue
            if cue.name == "month" and self._at_present(candidate):
                continue
            if self._text(cue) == "used to" and candidate.end <= cue.start:
                continue
            if "last time" in self._text(cue) and not self.words["hour_words"].isdisjoint(words[cue.end : last]):
                # "The last time I had chest pain was an hour ago".
                continue
            if words[max(0, cue.start - 1)] in self.words["negators"] and words[cue.start] in ("used", "once"):
                # "I never used to get blisters", "not once had I blisters until today".
                continue
            how_long = cue.start > 0 and words[cue.start - 1] == "how"
            if self._up_to_now(cue) or self._goes_on_since(cue, last) or self._a_reading(cue) or how_long:
                # "How long before the swelling goes down?" tells of no time before.
                continue
            if first <= cue.start < last:
                judgement = self._long_ago(cue, candidate)
                if judgement is not None:
                    return judgement
            if cue.start >= last and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1:
                between = words[last : cue.start]
                if (
                    len(between) <= 3
                    and all(w in ("that", "this", "was", "it", "all", "but", "they", "were", "and") for w in between)
                    and words[last] in ("that", "this", "it", "they", "but", "all", "years")
                ):
                    return Judgement(Status.PAST, f"long ago: '{self._text(cue)}'")
        told = (self._year_beside(candidate.end), self._year_told(candidate, first), self._year(first, last))
        year = next((at for at in told if at is not None), None)
        if year is not None:
            then = Hit("cue", "year", year, year + 1)
            judgement = self._long_ago(then, candidate)
            if judgement is not None and not self._again_after(then, len(words), candidate, bare=False):
                return judgement
        return (
            self._closed(candidate, first, last)
            or self._long_ago_story(candidate, first, last)
            or self._recovered(candidate, first, last)
        )

    def _long_ago(self, cue: Hit, candidate: Candidate) -> Judgement | None:
        """Past by a distant time in the finding's sentence, unless the time is of something else or when it began."""
        if self._divided(cue, candidate) or self._onset_time(cue, candidate):
            return None
        if any(self._text(again) in ("does now", "do now") for again in self._within("again", cue.end, cue.end + 4)):
            # "It didn't blister at first, does now".
            return None
        reach = self._reach_of_time(cue, candidate)
        if reach == "none":
            return None
        doubt = self._asks(cue) or reach == "doubt"
        return Judgement(Status.PAST, f"long ago: '{self._text(cue)}'", in_doubt=doubt)

    def _a_reading(self, cue: Hit) -> bool:
        """ "Sats in the 80s", "her pressure is in the 80s": no decade."""
        decade = self.scene.words[cue.end - 1][:1].isdigit()
        return decade and not self.words["read_off"].isdisjoint(self.scene.words[max(0, cue.start - 4) : cue.start])

    def _up_to_now(self, cue: Hit) -> bool:
        """ "In the past week", "in the past few months": a time that reaches to now."""
        return self._text(cue) == "in the past" and not self.words["spans"].isdisjoint(
            self.scene.words[cue.end : cue.end + 2]
        )

    def _goes_on_since(self, cue: Hit, last: int) -> bool:
        """ "Began two years ago, which has worsened daily since": the time is when it began."""
        rest = self.scene.words[cue.end : min(last, cue.end + 8)]
        perfect = not self.words["lasting"].isdisjoint(rest)
        return perfect and not self.words["going_on"].isdisjoint(rest) and self.words["negators"].isdisjoint(rest)

    def _reach_of_time(self, cue: Hit, candidate: Candidate) -> str:
        """Whether a time of long ago in one sentence with a finding is that of the finding: "full", "doubt" or "none".

        "My lips are swollen, I had measles as a child": a statement of now is not of then. "I had eczema years ago,
        sores in my mouth": told without a verb, so it is asked. "As a child, blisters": the time is of nothing else.
        """
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        own = clauses.clause[candidate.anchor_start]
        opening, ending = first, last
        joined = [
            at for at in range(min(cue.end, candidate.end), max(cue.start, candidate.start)) if words[at] == "and"
        ]
        if joined and candidate.end <= cue.start:
            ending = joined[0]
        elif joined:
            opening = joined[-1] + 1
        elif clauses.clause[cue.start] == own:
            backward = cue.start >= candidate.end and self._text(cue) in self.words["then_follows"]
            return "none" if backward or self._run_on(cue, candidate) else "full"
        if not {":", "("}.isdisjoint(words[cue.end : candidate.start]) or words[candidate.end : cue.start] == ["("]:
            # "As a young man: hospital, blisters", "a heart attack (2003)".
            return "full"
        told = [words[at] for at in range(opening, ending) if clauses.clause[at] == own]
        if not (self.words["present_tense"] | self.words["times_of_now"] | self.words["now_verbs"]).isdisjoint(told):
            return "none"
        if not (self.words["past_tense"] | self.words["past_signs"]).isdisjoint(told):
            return "full"
        of_cue = set(clauses.clause[cue.start : cue.end])
        beside = [
            words[at]
            for at in range(first, last)
            if clauses.clause[at] in of_cue
            and not cue.start <= at < cue.end
            and not candidate.start <= at < candidate.end
        ]
        return "full" if all(word in PUNCTUATION or word in self.words["light"] for word in beside) else "doubt"

    def _run_on(self, cue: Hit, candidate: Candidate) -> bool:
        """ "I get out of puff just sitting had pneumonia 2 years ago": two statements with no mark between them."""
        words, lists = self.scene.words, self.words
        if cue.end <= candidate.start:
            subject, verb = [*words[cue.end : cue.end + 2], "", ""][:2]
            return subject in ("im", "ive") or (subject == "i" and verb in ("have", "am", "get"))
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        now = lists["present_tense"] | lists["now_verbs"] | {"get", "gets", "have"}
        if now.isdisjoint(words[first : candidate.end]):
            return False
        return any(
            words[at] in ("had", "was") and words[at - 1] not in lists["subjects_of_had"]
            for at in range(candidate.end, cue.start)
        )

    def _at_present(self, candidate: Candidate) -> bool:
        """ "I'm shivering under two duvets in June": the month is this one."""
        near = self.scene.words[max(0, candidate.start - 4) : candidate.end]
        now = not {"im", "am", "hes", "shes", "is", "are", "theyre", "here"}.isdisjoint(near)
        return now and self.words["past_tense"].isdisjoint(near)

    def _long_ago_story(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "In 2009 they tried thalidomide. My face blew up": a distant time holds for the sentences after it.

        The patient is asked, since the story may have come back to the present unsaid.
        """
        words, clauses = self.scene.words, self.scene.clauses
        number = clauses.sentence[candidate.anchor_start]
        told = words[first:last]
        bare = self.words["past_tense"].isdisjoint(told)
        tells_now = not self.words["present_tense"].isdisjoint(told) or not {"i", "im", "ive"}.isdisjoint(told)
        if not number or (bare and tells_now):
            return None
        begun = clauses.first[max(0, number - 3)]
        times = [cue for cue in self._within("past", begun, first) if cue.name == "remote" and not bare]
        year = self._year(begun, first)
        if year is not None:
            times.append(Hit("cue", "year", year, year + 1))
        for cue in times:
            rest = words[cue.end : last]
            opening, ending = clauses.bounds(cue.start)
            if not self.words["present_tense"].isdisjoint(rest) or not self.words["dividers"].isdisjoint(rest):
                continue
            if not self.words["onset"].isdisjoint(words[opening:ending]):
                continue
            said = self._text(cue)
            return Judgement(Status.PAST, f"in a story of long ago: '{said}'", in_doubt=True)
        return None

    def _closed(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """A story in the past, with its end some sentences later: "blisters, burn unit. That was 1977, I healed"."""
        words, clauses = self.scene.words, self.scene.clauses
        closings = self.cues["closing"]
        if not closings or self._present_beside(candidate, first, last):
            return None
        number = clauses.sentence[candidate.anchor_start]
        opening = clauses.first[max(0, number - 2)]
        for cue in closings:
            apart = clauses.sentence[cue.start] - number
            if (cue.start >= candidate.end and apart <= _STORY) or (cue.start < first and apart >= -1):
                # In one sentence the cue's own past ("..., bloods were normal") tells nothing of when the finding was.
                told = words[opening : max(last, cue.start) if apart else cue.start]
                if self.words["past_tense"].isdisjoint(told) and not self._text(cue).startswith("that was"):
                    continue
                begun = clauses.bounds(cue.start)[0] if apart else candidate.end
                if cue.start < first and not self.words["present_times"].isdisjoint(words[first:last]):
                    # "Hives in May, gone in two days. Last Friday it began, and this morning there are blisters".
                    continue
                if cue.start >= candidate.end and self._another_subject(max(begun, candidate.end), cue.start):
                    continue
                if cue.start >= candidate.end and self._told_now(candidate.end, cue.start):
                    continue
                if self._again_after(cue, clauses.bounds(cue.start)[1], candidate):
                    continue
                if words[cue.end - 1] == "since" and cue.end < len(words) and words[cue.end] not in PUNCTUATION:
                    # "Nothing since I woke" tells when it began.
                    continue
                return self._over_by(cue, "over, the story ends")
        return None

    def _present_beside(self, candidate: Candidate, first: int, last: int) -> bool:
        """Whether the words right beside a finding tell of now."""
        near = self.scene.words[max(first, candidate.start - 6) : min(last, candidate.end + 4)]
        return not self.words["present_tense"].isdisjoint(near)

    def _recovered(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "Week 2: lips swelled, ER. Week 3: gone": a stage of the treatment, and a word of recovery after it.

        Looser than an ending that is said of the finding itself, so the patient is asked.
        """
        words, clauses = self.scene.words, self.scene.clauses
        number = clauses.sentence[candidate.anchor_start]
        if self._present_beside(candidate, first, last):
            return None
        opening = clauses.first[max(0, number - 1)]
        staged = any(self._stage(at) for at in range(opening, min(candidate.end + 3, len(words))))
        if not staged and not self._tale(first, last):
            return None
        for at in range(candidate.end, min(candidate.end + _RECOVERY, len(words))):
            if clauses.sentence[at] - number > 2 or words[at] in self.words["negators"]:
                return None
            if words[at] not in self.words["recovered"] or not _APART_FROM.isdisjoint(words[max(0, at - 3) : at + 2]):
                # "... but otherwise fine" is well but for the finding.
                continue
            if words[at] in self.words["recovery_or_place"] and not self._recovery(at):
                continue
            if self._again_after(Hit("cue", "recovered", at, at + 1), len(words), candidate):
                return None
            if not clauses.asked[clauses.sentence[at]] and not self._told_now(candidate.end, len(words)):
                return Judgement(Status.PAST, f"a stage, and recovery after it: '{words[at]}'", in_doubt=True)
        return None

    def _recovery(self, at: int) -> bool:
        """Not so in "all over my face", "flat on my back"; "all over by June" is one again."""
        following = self.scene.words[at + 1 : at + 2]
        if self.scene.words[at - 1] == "all":
            return not self.words["over_by"].isdisjoint(following)
        return self.words["no_recovery_before"].isdisjoint(following)

    def _tale(self, first: int, last: int) -> bool:
        """Whether a finding is told in the past tense of a long story, which has its now elsewhere."""
        told = self.scene.words[first:last]
        past = self._in_past_tense(first, last)
        return len(self.scene.words) >= LONG and past and self.words["present_times"].isdisjoint(told)

    def _another_subject(self, start: int, end: int) -> bool:
        """ "The itch has gone since": the ending is of something else."""
        return not self.words["other_endings"].isdisjoint(self.scene.words[start:end])

    def _told_now(self, start: int, end: int) -> bool:
        """Whether a sign is told as present between a finding and the ending of the story."""
        words, clauses = self.scene.words, self.scene.clauses
        for anchor, after in self._anchors:
            if start <= anchor and after <= end:
                first, _ = clauses.bounds(anchor)
                if not self.words["present_tense"].isdisjoint(words[max(first, anchor - 5) : after + 2]):
                    return True
        return False

    def _year_beside(self, end: int) -> int | None:
        """ "Penicillin (throat swelled, 1974)": a year in brackets, as in lists of old reactions."""
        comma, year, bracket = [*self.scene.words[end : end + 3], "", "", ""][:3]
        return end + 1 if comma == "," and bracket == ")" and is_year(year) else None

    def _year_told(self, candidate: Candidate, first: int) -> int | None:
        """ "Shingles 1976, gone in three weeks", "1991 I took an overdose": right after it, or first of all."""
        words = self.scene.words
        return next((at for at in (candidate.end, first) if at < len(words) and is_year(words[at])), None)

    def _year(self, first: int, last: int) -> int | None:
        words = self.scene.words
        for position in self._numbers_within(first, last):
            word = words[position]
            if not {"died", "passed"}.isdisjoint(words[max(0, position - 3) : position]):
                # "Thinks I'm her sister, who died in 1988": another thing's year.
                continue
            if words[max(0, position - 4) : max(0, position - 2)] in _AS_THEN:
                # "The skin is coming off me like it did in 2020": now as then.
                continue
            before = words[max(0, position - 2) : position]
            if before in _AS_IN:
                # "Same as in 2019: swollen lips": now as then.
                continue
            following = words[position + 1] if position + 1 < len(words) else "."
            if is_year(word) and before and before[-1] in self.words["before_year"]:
                return position
            if is_year(word) and following == ":" and (not before or before[-1] in PUNCTUATION):
                # "2016: Bactrim. Mouth raw, nine days in the burns ward."
                return position
            if is_year(word) and before[-1:] == [","] and following in PUNCTUATION:
                # "Codeine shut my throat when I'd my second, 1978."
                return position
            if self._is_short_year(word, before, following):
                return position
        return None

    @cached_property
    def _numbers(self) -> list[int]:
        """Where words of two or four digits stand."""
        return [at for at, word in enumerate(self.scene.words) if len(word) in (2, 4) and word.isdigit()]

    def _numbers_within(self, first: int, last: int) -> Iterator[int]:
        return (at for at in self._numbers if first <= at < last)

    def _is_short_year(self, word: str, before: list[str], following: str) -> bool:
        """ "Nana had shingles in 88", "in '94": two digits that count nothing. before: at most two words."""
        marked = len(before) == 2 and before[1] == "'" and before[0] in self.words["before_year"]
        named = before[-1:] == ["in"] or marked
        uncounted = following in PUNCTUATION or following in self.words["after_short_year"]
        return named and uncounted and len(word) == 2 and word.isdigit() and int(word) >= 50

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
        if candidate.end <= cue.start and any(
            person.name in ("other", "relative", "patient")
            and person.start in between
            and words[person.start - 1] != "like"
            for person in self._people
        ):
            # "My lips are swollen, my sister had the same years ago".
            return True
        for position in between:
            if words[position] in self.words["dividers"]:
                return True
            if (
                words[position] in ("i", "ive", "my", "im")
                and words[position - 1] in (",", "and", "then", "-")
                and cue.end <= candidate.start
                and words[position + 1 : position + 2]
                and words[position + 1] in ("have", "am", "now")
            ):
                return True
        near = range(max(0, candidate.start - 4), candidate.start)
        if any(
            words[p] in ("now", "again", "still") and clauses.clause[p] == clauses.clause[candidate.start] for p in near
        ):
            return True
        sentence = clauses.sentence[candidate.anchor_start]
        after = (p for p in range(candidate.end, min(candidate.end + 3, len(words))) if clauses.sentence[p] == sentence)
        # "Had shingles 2014. Now itchy knees": the next sentence tells of something else.
        if any(words[p] in ("again", "now", "still") and not self._now_well(p) for p in after):
            return True
        # "Got blisters last year, now no better".
        return words[cue.end : cue.end + 2] == [",", "now"] and (
            words[cue.end + 2 : cue.end + 4] == ["no", "better"]
            or not self.words["now_on"].isdisjoint(words[cue.end + 2 : cue.end + 3])
        )

    def _now_well(self, at: int) -> bool:
        """ "Two years ago I had blisters, now all fine", "..., now just dry skin": `at` stands a "now" of contrast."""
        words, lists = self.scene.words, self.words
        told = words[at + 1 : min(at + 5, self.scene.clauses.bounds(at)[1])]
        if words[at] != "now" or words[at - 1] not in lists["contrast"] or not told:
            return False
        if told[0] in lists["now_only"]:
            return told[1:2] == [] or told[1] not in lists["no_recovery"]
        negated = not lists["negators"].isdisjoint(told)
        return not negated and not lists["now_well"].isdisjoint(told)

    def _onset_time(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the time tells when something began, so that it goes on: "started two months ago"."""
        words = self.scene.words
        begun = words[cue.end : candidate.start] if words[cue.end - 1] == "started" else []
        if len(begun) in (1, 2) and begun[0].endswith("ing") and begun[0] not in self.words["own_treatment"]:
            # "On it for a month before I started getting blisters".
            return True
        near = words[max(0, cue.start - 7) : cue.start]
        if candidate.end <= cue.start:
            near = words[candidate.end : cue.start]
        return any(w in self.words["onset"] for w in near)
