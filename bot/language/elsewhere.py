"""Whose it is: the patient's, or somebody else's in a story."""

from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.quotations import QUOTES, WRITERS, Quotations
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: So many words may stand between a thing and what is said of it.
_SAID_OF = 10
#: Of these, a "they" in the next sentence does not speak.
_NOBODY = frozenset({"anyone", "anyones", "anybody", "anybodys", "everyone", "everyones", "everybody", "everybodys"})
#: Of people in general: no single one of them writes here.
_GENERIC = frozenset({"people", "folk", "folks", "patients", "anyone", "someone", "somebody", "others", "anybody"})
#: A clause that opens so goes on about whom the one before it named.
_PRONOUNS = frozenset({"he", "she", "they", "hers", "his", "her", "their", "it"})
#: Who may be the writer after all.
_ANYBODY = frozenset({"a person", "someone", "somebody", "anyone", "one"})


class Others(Quotations):
    """Whether a finding is told of somebody else."""

    def _elsewhere(self, candidate: Candidate) -> Judgement | None:
        """ "My neighbour has blisters", "my sourdough has blisters", "I read that skin peels": not the patient's."""
        if candidate.concept == "pregnancy_exposure":
            return self._family_expecting(candidate)
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        thing = self._thing(candidate, first, last) if candidate.concept != "self_harm" else None
        if thing is not None:
            return Judgement(Status.SOMEONE_ELSE, f"about a thing, '{self._text(thing)}'")
        if self.scene.words[candidate.start : candidate.start + 2] in (["i", "have"], ["i", "am"]):
            # "My daughter says I have a temperature".
            return None
        copied = self._copied(candidate)
        if copied is not None:
            return copied
        subject = self._told_of(candidate, first)
        if subject is None:
            return self._in_a_story(candidate, first, last)
        if subject.name == "relative":
            return self._of_a_relative(subject, candidate, first, last)
        if subject.name == "patient":
            return self._of_the_patient(subject, candidate, first, last)
        return self._of_somebody_else(subject, candidate, first, last)

    def _told_of(self, candidate: Candidate, first: int) -> Hit | None:
        """ "My neighbour's tongue swelled. They turned purple": whom the clause is about, or those before a pronoun."""
        words = self.scene.words
        subject = self._subject(first, candidate.anchor_start)
        if subject is None and first and words[first] in _PRONOUNS:
            subject = self._subject(*self.scene.clauses.bounds(first - 1))
            if subject is not None and (subject.name != "other" or words[subject.start] in _NOBODY):
                # "Mine doesn't look like anyone's picture. They are rings": of one's own.
                subject = None
        if subject is None and first:
            subject = self._told_of_before(candidate, first)
        return subject

    def _of_a_relative(self, relative: Hit, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "Nan's got shingles, I'm on Revlimid": a relative may be the patient, unless the writer is one too."""
        if self._at_an_age(relative, first, last):
            return self._family_history(relative)
        story = self._within("story", first, last)
        if story and self._quoted(candidate):
            return Judgement(Status.SOMEONE_ELSE, f"a story: '{self._text(story[0])}'")
        words = self.scene.words
        own = any(w in ("mine", "myself") for w in words) or ("my", "one") in pairwise(words)
        if own or self._own_statement(candidate):
            return self._about(relative)
        if self._own_medicine(candidate):
            return self._about(relative, in_doubt=True)
        return None

    def _of_the_patient(self, patient: Hit, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "My mum had shingles at 60": who is most often the patient is so, unless it is a history or a story."""
        if self._at_an_age(patient, first, last):
            return self._family_history(patient)
        if self._own_start(candidate, first, last):
            return Judgement(Status.SOMEONE_ELSE, f"what became of '{self._text(patient)}'")
        if self._one_of_them(patient):
            return None
        return self._in_a_story(candidate, first, last)

    def _of_somebody_else(self, other: Hit, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "A lady in my group got mouth sores": hers, unless the words come back to the writer."""
        if self._one_of_them(other):
            return None
        if (self._on_the_writer(candidate) and not self._quoted(candidate)) or self._written_for(other):
            return None
        # "My friend took all her pills. What should I do?": of harm to oneself, told in whatever tense.
        harm = candidate.concept == "self_harm" and bool(self.cues["plea"])
        asked = self._nothing_of_the_writer(other, candidate, first, last) or harm or self._help_sought(first, last)
        apart = self._statement_apart(other.end, candidate) and not self._of_the_dead(other, candidate)
        return self._about(other, in_doubt=apart or (asked and not self._pet(other)))

    def _in_a_story(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "I read that skin peels": what is only read or heard of, up to where the writer's own is told."""
        story = self._within("story", first, last)
        if not story and first and self.scene.words[first] in QUOTES and self._quoted(candidate):
            # "I read the reviews. 'Throat closed', 'skin peeled'."
            story = self._within("story", self.scene.clauses.bounds(first - 1)[0], first)
        story = [cue for cue in story if not self._written_by_the_writer(cue)]
        told = [cue for cue in story if cue.end <= candidate.anchor_start] or story[:1]
        if (
            story
            and (candidate.start > story[0].start or self._quoted(candidate))
            and (self._quoted(candidate) or not self._own_between(told[-1].end, candidate.anchor_start))
            and not self._but_now(story[0].end, candidate.start)
        ):
            apart = candidate.start > story[-1].end and self._statement_apart(story[-1].end, candidate)
            return Judgement(Status.SOMEONE_ELSE, f"a story: '{self._text(story[0])}'", in_doubt=apart)
        return None

    def _written_by_the_writer(self, cue: Hit) -> bool:
        """ "I posted in the group: my lips are swollen": whatever is told there is the writer's own."""
        words = self.scene.words
        first = max(self.scene.clauses.bounds(cue.start)[0] + 1, cue.start - 2)
        writes = any(words[at] in self.words["saying"] and words[at - 1] in WRITERS for at in range(first, cue.end))
        # "The rash that I posted about on Sunday" is another story.
        return writes and "about" not in words[first : cue.end]

    def _family_history(self, relative: Hit) -> Judgement:
        return Judgement(Status.SOMEONE_ELSE, f"a history of the family: '{self._text(relative)}'")

    def _one_of_them(self, subject: Hit) -> bool:
        """ "Anyone else dealing with ...": the writer is one of them."""
        return self.scene.words[subject.end : subject.end + 1] in (["else"], ["elses"], ["know"])

    def _nothing_of_the_writer(self, other: Hit, candidate: Candidate, first: int, last: int) -> bool:
        """ "Neighbour has blisters": a bare report of somebody, who may be the patient all the same."""
        words, clauses = self.scene.words, self.scene.clauses
        first_person = any(w in self.words["first_person"] for w in words)
        story = self._within("story", first, last)
        generic = any(w in _GENERIC for w in words[other.start : other.end])
        return not (
            first_person
            or story
            or generic
            or self.cues["hypothetical"]
            or clauses.asked[clauses.sentence[candidate.start]]
        )

    def _at_an_age(self, relative: Hit, first: int, last: int) -> bool:
        """ "My dad had a stroke at 60", "his mother died in her fifties of it": told of the family, not of today."""
        words = self.scene.words
        told = words[relative.end : last]
        if not self.words["present_times"].isdisjoint(told) or self.words["past_tense"].isdisjoint(told):
            return False
        old = not self.words["grandparents"].isdisjoint(words[relative.start : relative.end])
        if old and "once" in told[-2:]:
            # "Nan had a stroke once".
            return True
        for at in range(relative.end, last - 1):
            aged = words[at] in ("at", "aged", "before", "age") and words[at + 1].isdigit()
            measured = at + 2 < len(words) and words[at + 2] in self.words["no_age"]
            if aged and 18 <= int(words[at + 1]) <= 99 and not measured:
                return True
            if words[at] in ("his", "her", "their") and words[at + 1] in self.words["ages"]:
                return True
        return False

    def _of_the_dead(self, subject: Hit, candidate: Candidate) -> bool:
        """ "My late husband had myeloma and got blisters": nobody else is spoken of between."""
        words = self.scene.words
        others = self.words["first_person"] | self.words["possessive"] | {"now"}
        dead = not {"late", "dead"}.isdisjoint(words[subject.start : subject.end])
        return dead and others.isdisjoint(words[subject.end : candidate.end])

    def _about(self, subject: Hit, in_doubt: bool = False) -> Judgement:
        who = self._text(subject)
        ground = Ground.OF_ANYBODY if who in _ANYBODY else None
        return Judgement(Status.SOMEONE_ELSE, f"about '{who}'", in_doubt, ground)

    def _family_expecting(self, candidate: Candidate) -> Judgement | None:
        """ "My daughter is pregnant, may she visit?": only touching the capsules is a danger, so it is asked."""
        words = self.scene.words
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        subject = self._subject(first, candidate.anchor_start)
        if subject is not None and subject.name == "other" and self._pet(subject):
            return self._about(subject)
        about = words[max(0, candidate.start - 6) : candidate.end + 2]
        if self.words["younger_women"].isdisjoint(about) or self.words["expecting"].isdisjoint(
            words[candidate.start : candidate.end]
        ):
            return None
        touched = any(
            word in self.words["contact"] and self.words["no_contact"].isdisjoint(words[max(0, at - 2) : at])
            for at, word in enumerate(words)
        )
        if touched:
            return None
        untouched = any(
            word in self.words["contact"] and not self.words["no_contact"].isdisjoint(words[max(0, at - 2) : at])
            for at, word in enumerate(words)
        )
        if untouched:
            return Judgement(Status.SOMEONE_ELSE, "expecting, no contact with the capsules")
        return Judgement(Status.UNSURE, "expecting, no contact with the capsules told", in_doubt=True)

    def _help_sought(self, first: int, last: int) -> bool:
        """ "My friend is complaining of chest pain now. What should we do?": told as of now, with a cry for help."""
        told = self.scene.words[first:last]
        of_now = self.words["present_tense"] | {"has", "having", "just"}
        now = not of_now.isdisjoint(told) and self.words["past_tense"].isdisjoint(told)
        return now and bool(self.cues["plea"])

    def _pet(self, subject: Hit) -> bool:
        return any(w.rstrip("s") in self.words["animals"] for w in self.scene.words[subject.start : subject.end])

    def _subject(self, first: int, before: int) -> Hit | None:
        """Whom the words before a finding are about: the last person named, unless the writer comes after."""
        found: Hit | None = None
        for person in self._people:
            if not (first <= person.start and person.end <= before and person.name in ("other", "relative", "patient")):
                continue
            if person.name == "other" and (
                self._likened_to(person) or self._called_upon(person) or self._no_animal(person)
            ):
                continue
            if found is not None and found.name == "other" and self._of_the_other(found, person):
                continue
            if found is None or person.start >= found.end or person.end > found.end:
                found = person
        if found is None:
            return None
        return None if self._own_between(found.end, before) else found

    def _told_of_before(self, candidate: Candidate, first: int) -> Hit | None:
        """ "My sister in law had a reaction. ... then one Sunday her tongue came up": the story goes on with a pronoun.

        Only where nobody who may be the patient was named, and the sentence says nothing of the writer.
        """
        words, clauses = self.scene.words, self.scene.clauses
        before = words[first : candidate.anchor_start]
        if self.words["third_person"].isdisjoint(before) or not self.words["first_person"].isdisjoint(before):
            return None
        number = clauses.sentence[candidate.anchor_start]
        named = [p for p in self._people if p.end <= first and p.name in ("other", "relative", "patient")]
        if not named or any(p.name != "other" and not self._within_other(p, named) for p in named):
            return None
        other = [p for p in named if p.name == "other"][-1]
        if words[other.start] in _NOBODY:
            return None
        return other if number - clauses.sentence[other.start] <= 2 else None

    @staticmethod
    def _within_other(person: Hit, named: list[Hit]) -> bool:
        return person.within(other for other in named if other.name == "other")

    def _own_start(self, candidate: Candidate, first: int, last: int) -> bool:
        """ "My mother in law's face swelled and she ended up intubated. Scared to start mine": the end is told, and
        the writer has a treatment of their own.
        """
        words, clauses = self.scene.words, self.scene.clauses
        if not self.words["outcomes"].intersection(words[candidate.end : last + 8]):
            return False
        number = clauses.sentence[candidate.anchor_start]
        for position, word in enumerate(words):
            if clauses.sentence[position] == number:
                continue
            if word == "mine" or (word in ("i", "im", "ive") and words[position + 1] in self.words["own_treatment"]):
                return True
        return False

    def _thing(self, candidate: Candidate, first: int, last: int) -> Hit | None:
        """ "My sourdough has blisters", "bleeding radiators": said of a thing, in a sentence that names no part of a
        body. A likeness ("like wallpaper") and a cause ("from the sofa") are no subject.
        """
        words = self.scene.words
        things = [p for p in self._people if p.name == "thing" and first <= p.start < last]
        if not things or self._body_named(first, last):
            return None
        for thing in reversed(things):
            lead = words[max(first, thing.start - 3) : thing.start]
            if not self.words["no_subject"].isdisjoint(lead):
                continue
            if thing.end <= candidate.start:
                between = words[thing.end : candidate.start]
                if len(between) <= _SAID_OF and self.words["first_person"].isdisjoint(between) and "," not in between:
                    return thing
            elif thing.start - candidate.end in (0, 1) and words[candidate.end] not in ("on", "with", "from", "in"):
                return thing
        return None

    def _body_named(self, first: int, last: int) -> bool:
        hits = (*self.scene.hits.get("site", ()), *self.scene.hits.get("area", ()))
        return any(
            first <= hit.start < last and (hit.kind == "area" or hit.name not in self.words["loose_places"])
            for hit in hits
        )

    def _written_for(self, person: Hit) -> bool:
        """ "I'm only the neighbour typing", "I'm writing as a friend": the writer reports for the patient."""
        words = self.scene.words
        before = words[max(0, person.start - 4) : person.start]
        return not self.words["writing_as"].isdisjoint(before) or not self.words["typing"].isdisjoint(
            words[person.end : person.end + 2]
        )

    def _called_upon(self, person: Hit) -> bool:
        """ "Please somebody tell me if": who is asked for help is not who is ill."""
        return not self.words["calls_for_help"].isdisjoint(self.scene.words[person.end : person.end + 2])

    def _likened_to(self, person: Hit) -> bool:
        """ "Like somebody had gone at my ankles with a needle": a likeness tells of nobody else."""
        words = self.scene.words
        before = words[max(0, person.start - 2) : person.start]
        vague = words[person.start] in ("someone", "somebody")
        if self._pet(person) and before[-1:] in (["like"], ["as"]):
            # "Peeled like a snake".
            return True
        return vague and ("like" in before or before in (["as", "if"], ["as", "though"]))

    def _no_animal(self, person: Hit) -> bool:
        """ "Lips like two hot dogs", "a charley horse in my calf"."""
        return self.scene.words[person.start - 1] in self.words["before_no_animal"] if person.start else False

    def _on_the_writer(self, candidate: Candidate) -> bool:
        """ "Somebody is tightening a bootlace round my windpipe": whoever does it, the place is the writer's."""
        words, clause = self.scene.words, self.scene.clauses.clause
        own = ("my", "me", "im", "ive", "mine")
        inside = any(w in own for w in words[max(0, candidate.start - 1) : candidate.end])
        following = range(candidate.end, min(candidate.end + 3, len(words)))
        return inside or any(
            words[p] in ("my", "me")
            and words[p - 1] in self.words["preposition"]
            and clause[p] == clause[candidate.start]
            for p in following
        )

    def _of_the_other(self, other: Hit, person: Hit) -> bool:
        """ "A woman in the waiting room, her husband blistered": the husband is hers, not the writer's."""
        words = self.scene.words
        owned = words[person.start - 1] in ("her", "his", "their")
        # "Our neighbour's papa": written without its apostrophe.
        owned = owned or (person.start == other.end and words[other.end - 1].endswith("s"))
        return person.name in ("patient", "relative") and owned

    def _but_now(self, start: int, end: int) -> bool:
        """ "They say she's just sleepy but today she doesn't know me": what they say ends there."""
        pairs = pairwise(self.scene.words[start:end])
        return any(word == "but" and following in self.words["present_times"] for word, following in pairs)

    def _own_between(self, start: int, end: int) -> bool:
        words = self.scene.words
        for position in range(start, end):
            word = words[position]
            quoted = position > start and words[position - 1] == '"'
            believed, after = [*words[position + 1 : position + 3], "", ""][:2]
            aside = word == "i" and believed in self.words["asides"] and after in PUNCTUATION
            if word in self.words["own_subject"] and not quoted and not aside:
                return True
            if word == "me" and words[position + 1 : position + 2] == [":"]:
                # "The nurse doesn't like the look of me: blisters".
                return True
            if (
                word in ("my", "me")
                and position
                and not quoted
                and (
                    words[position - 1] in PUNCTUATION
                    or words[position - 1] in ("and", "but", "now", "so", "then", "like")
                )
            ):
                return True
        return False

    def _own_statement(self, candidate: Candidate) -> bool:
        """Whether another sentence tells about the writer: "my late sister ... I've a few pink bumps".

        "What should I do?" is a cry for help for whoever was told of, but "... about my rash?" for oneself.
        """
        words, clauses = self.scene.words, self.scene.clauses
        cries = [cue.start for cue in self.cues["plea"] if "my" not in words[slice(*clauses.bounds(cue.start))]]
        apart = {clauses.sentence[at] for at in (*cries, candidate.start)}
        return any(w in ("i", "ive", "im", "mine") and clauses.sentence[p] not in apart for p, w in enumerate(words))

    def _family_beside(self, candidate: Candidate) -> Judgement | None:
        """ "Gran's got shingles, I'm on Revlimid myself": told of somebody close, by the one who takes the medicine.

        Asked last, where nothing else says whose it is. Either may be the patient, so it is asked about.
        """
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        subject = self._subject(first, candidate.anchor_start)
        if subject is None or subject.name not in ("patient", "relative") or candidate.concept == "pregnancy_exposure":
            return None
        between = self.scene.words[subject.end : candidate.end]
        # "My cousin had wheezing on it, my own rash is nearly gone".
        beside = self._own_medicine(candidate) or ("own", "rash") in pairwise(self.scene.words)
        if not beside or not self.words["first_person"].isdisjoint(between):
            return None
        return self._about(subject, in_doubt=True)

    def _own_medicine(self, candidate: Candidate) -> bool:
        """ "Nan's got shingles, I'm on len", "... I only have dry elbows": the writer is who takes the medicine."""
        words, hits = self.scene.words, self.scene.hits
        medicines = {hit.start for hit in hits.get("medicine", [])}
        for position, word in enumerate(words):
            if word not in ("i", "im", "ive") or candidate.start <= position < candidate.end:
                continue
            near = range(position + 1, min(position + 5, len(words)))
            takes = not self.words["taking"].isdisjoint(words[position : position + 3])
            gives = not self.words["third_person"].isdisjoint(words[at] for at in near)
            if takes and not gives and not medicines.isdisjoint(near):
                return True
            if position > candidate.end and words[position + 1 : position + 3] in (["only", "have"], ["just", "have"]):
                return True
        return False
