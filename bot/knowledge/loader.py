"""Loads and validates the whole content once, and gives typed access to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from bot.clinical.signs import FLAG_OF, RED_FLAGS, Sign, Urgency
from bot.knowledge import countries
from bot.knowledge.base import (
    LEVELS,
    Level,
    Sourced,
    Statement,
    as_list,
    as_mapping,
    inherit,
    only_keys,
    parse,
    parse_list,
)
from bot.knowledge.care import NO_RASH, CardText, CareCard, CareCards, Variant
from bot.knowledge.countries import Country
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.evidence import Claim, SourceRecord, Status
from bot.knowledge.files import fill, read_file
from bot.knowledge.grading import Grading
from bot.knowledge.phrases import FILES, parse_phrases
from bot.knowledge.questions import Question
from bot.knowledge.red_flags import ChecklistItem, RedFlag, SignWords
from bot.knowledge.study import Study
from bot.knowledge.talk import SMALL_TALK, Coach, ForeignWords, SmallTalk
from bot.knowledge.topics import TOPICS, Entry, Topic, best, normalise
from bot.replies import Source

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data" / "knowledge"

#: Topics whose keywords name things. The others' ("again", "trust", "dose") also stand in questions about anything.
SEARCHED = ("danger", "adjuncts", "treatment", "practical")
SEARCH_FROM = 5
#: Topics in which "it" is the rash. Elsewhere "does it go away?" may be about tired legs: the rash has to be named.
_ABOUT_THE_RASH = ("treatment", "study", "grades")


# Compared by identity: there is one per folder and country, and it can then be a key of a cache.
@dataclass(frozen=True, eq=False)
class Knowledge:
    """All content for one country. Mappings keep the order of the files.

    phrases: language code -> English text -> that language, for the texts of emergencies and of the assessment.
    """

    status: Status
    country: Country
    sources: dict[str, SourceRecord]
    red_flags: dict[str, RedFlag]
    other_signs: dict[Sign, SignWords]
    checklist: dict[str, ChecklistItem]
    care: CareCards
    questions: dict[str, Question]
    claims: dict[str, Claim]
    topics: dict[str, Topic]
    grading: Grading
    study: Study
    coach: Coach
    small_talk: dict[str, SmallTalk]
    languages: dict[str, ForeignWords]
    phrases: dict[str, dict[str, str]]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry of every topic by id."""
        return {entry.id: entry for topic in self.topics.values() for entry in topic.entries}

    def search(self, text: str) -> Entry | None:
        """The entry that answers a health question without a topic, or None where none surely does.

        Looks in `SEARCHED`, and in the rash where it is named; fewer than `SEARCH_FROM` letters are no match.
        """
        score, entry = next(iter(self._best(SEARCHED, text)), (0, None))
        return entry if score >= SEARCH_FROM else None

    def asked_for(self, topic: str, text: str) -> tuple[Entry, ...]:
        """What a question within a topic asks for, best first: of that topic and of the rash. Empty where none fits."""
        return tuple(entry for _, entry in self._best((topic,), text, topic in _ABOUT_THE_RASH))

    def _best(self, topics: Iterable[str], text: str, about_the_rash: bool = False) -> list[tuple[int, Entry]]:
        named = (*topics, "rash") if about_the_rash or "rash" in normalise(text) else topics
        return best(tuple(entry for name in named for entry in self.topics[name].entries), text)

    def emergency_in(self, language: str) -> str | None:
        """The emergency message in a language code, with "I only read English well"; None for English and unknown."""
        words = self.languages.get(language)
        return f"{words.emergency} {words.only_english}" if words else None

    def only_english_in(self, language: str) -> str | None:
        """That the guide reads English well, and whom to call if very ill, in a language code; None as above."""
        words = self.languages.get(language)
        return " ".join(filter(None, (words.only_english, words.pages, words.if_very_ill))) if words else None

    def words_of(self, sign: Sign) -> SignWords:
        """How to name a sign and how to ask about it; the question is never None."""
        flag = FLAG_OF.get(sign)
        if flag is None:
            return self.other_signs[sign]
        words = self.red_flags[flag].signs[sign]
        return words if words.question else words.copy(update={"question": self.red_flags[flag].question})

    def heard(self, signs: Iterable[Sign]) -> tuple[str, ...]:
        """Phrases for "You told me about:", each once, red flags in the order in which they are listed."""
        order = list(Sign)
        return tuple(dict.fromkeys(self.words_of(sign).heard for sign in sorted(signs, key=order.index)))

    def care_card(
        self,
        urgency: Urgency,
        signs: Iterable[Sign] = (),
        heard: Iterable[str] | None = None,
        no_rash: bool = False,
    ) -> CareCard:
        """The card for an urgency and the signs reported. `heard` replaces the phrases made from the signs."""
        signs = tuple(signs)
        said = tuple(heard) if heard is not None else self.heard(signs)
        return self.care.compose(urgency, signs, said, no_rash)

    def cite(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Sources as replies carry them, each once, in the order given."""
        found = (self.sources[source_id] for source_id in dict.fromkeys(ids))
        return tuple(Source(source.id, source.title, source.level) for source in found)

    def cite_statements(self, statements: Iterable[Sourced]) -> tuple[Source, ...]:
        """Sources of what is told, each once, with the weakest of its own level and those of the statements on it.

        A guess about a good study is a guess, and an unverified article is none the better for a label beside it.
        """
        levels: dict[str, Level] = {}
        for statement in statements:
            for source in statement.sources:
                known = levels.get(source, self.sources[source].level)
                levels[source] = max(known, statement.level, key=LEVELS.index)
        return tuple(Source(source, self.sources[source].title, level) for source, level in levels.items())


@lru_cache(maxsize=32)
def load_knowledge(folder: Path = DEFAULT_FOLDER, country: str = "US") -> Knowledge:
    """The content in `folder` for a country (two letters). Cached per arguments; never re-read while running.

    Raises KnowledgeError, which names file, entry and reason, when anything in it is wrong or the country is unknown.
    """
    return _Loading(folder, country).knowledge()


class _Loading:
    """One pass over the files. Keeps every sourced record, so that ids and sources can be checked at the end."""

    def __init__(self, folder: Path, country: str) -> None:
        self.folder = folder
        self.country = countries.choose(countries.parse_countries(read_file(folder, countries.FILE)), country)
        self.sourced: list[tuple[str, Sourced]] = []
        self.entry_files: dict[str, str] = {}

    def knowledge(self) -> Knowledge:
        sources = self._sources()
        flags, others, checklist = self._red_flags()
        loaded = Knowledge(
            status=parse(Status, read_file(self.folder, "status.yml"), "status.yml", "status"),
            country=self.country,
            sources=sources,
            red_flags=flags,
            other_signs=others,
            checklist=checklist,
            care=self._care(),
            questions=self._questions(),
            claims=self._claims(),
            topics={name: self._topic(name) for name in TOPICS},
            grading=self._grading(),
            study=self._study(),
            coach=self._coach(),
            small_talk=self._small_talk(),
            languages=self._languages(),
            phrases={code: self._phrases(file) for code, file in FILES.items()},
        )
        self._check(sources)
        self._check_plans(loaded)
        return loaded

    def _read(self, file: str, *keys: str) -> dict[str, Any]:
        raw = read_file(self.folder, file)
        only_keys(raw, keys, file)
        filled: dict[str, Any] = fill(raw, self.country.placeholders, file)
        return filled

    def _keep(self, file: str, records: Iterable[Sourced]) -> None:
        self.sourced += [(file, record) for record in records]

    def _sources(self) -> dict[str, SourceRecord]:
        return parse_list(SourceRecord, self._read("sources.yml", "sources")["sources"], "sources.yml")

    def _red_flags(self) -> tuple[dict[str, RedFlag], dict[Sign, SignWords], dict[str, ChecklistItem]]:
        file = "red_flags.yml"
        raw = self._read(file, "red_flags", "other_signs", "checklist")
        flags = parse_list(RedFlag, raw["red_flags"], file)
        checklist = parse_list(ChecklistItem, raw["checklist"], file)
        others = {
            name: parse(SignWords, words, file, name) for name, words in as_mapping(raw["other_signs"], file).items()
        }
        _complete(file, "red flag", RED_FLAGS, flags)
        _complete(file, "sign", [sign.value for sign in Sign if sign not in FLAG_OF], others)
        for flag in flags.values():
            if flag.checklist is not None and (
                flag.checklist not in checklist or flag.id not in checklist[flag.checklist].flags
            ):
                raise KnowledgeError(file, flag.id, f"checklist item '{flag.checklist}' does not ask about it")
        self._keep(file, [*flags.values(), *checklist.values()])
        return flags, {Sign(name): words for name, words in others.items()}, checklist

    def _care(self) -> CareCards:
        file = "care.yml"
        raw = self._read(file, "cards", "variants")
        cards = parse_list(CardText, [inherit(card, "steps", "watch") for card in as_list(raw["cards"], file)], file)
        variants = parse_list(Variant, [inherit(variant, "steps") for variant in as_list(raw["variants"], file)], file)
        _complete(file, "card", (*(u.value for u in Urgency), "crisis", "pregnancy_exposure", NO_RASH), cards)
        for card in cards.values():
            self._keep(file, [card, *card.steps, *card.watch])
        for variant in variants.values():
            self._keep(file, [variant, *variant.steps])
        return CareCards(cards, tuple(variants.values()))

    def _questions(self) -> dict[str, Question]:
        file = "questions.yml"
        found = parse_list(Question, self._read(file, "questions")["questions"], file)
        for question in found.values():
            ids = [choice.id for choice in question.choices]
            for choice_id in ids:
                if ids.count(choice_id) > 1:
                    raise KnowledgeError(file, question.id, f"choice '{choice_id}' stands twice")
        self._keep(file, found.values())
        return {str(name): question for name, question in found.items()}

    def _claims(self) -> dict[str, Claim]:
        file = "claims.yml"
        claims = parse_list(Claim, self._read(file, "claims")["claims"], file)
        for claim in claims.values():
            if claim.show != (claim.patient is not None):
                raise KnowledgeError(file, claim.id, "'show' must be true where there is a 'patient' text, else false")
        self._keep(file, claims.values())
        return claims

    def _topic(self, name: str) -> Topic:
        file = f"topics/{name}.yml"
        raw = self._read(file, "default", "entries")
        entries = parse_list(Entry, [inherit(entry, "statements") for entry in as_list(raw["entries"], file)], file)
        if str(raw["default"]) not in entries:
            raise KnowledgeError(file, "default", f"there is no entry '{raw['default']}'")
        self._keep(file, entries.values())
        for entry in entries.values():
            self._keep(file, entry.statements)
            if entry.id in self.entry_files:
                raise KnowledgeError(file, entry.id, f"duplicate id, also in {self.entry_files[entry.id]}")
            self.entry_files[entry.id] = file
        return Topic(name, entries[raw["default"]], tuple(entries.values()))

    def _grading(self) -> Grading:
        file = "grading.yml"
        grading = parse(Grading, self._read(file, *Grading.__fields__), file, "grading")
        _complete(file, "grade", "123", [str(words.grade) for words in grading.grades])
        _complete(file, "band", ("1-2", "2-3", "4"), [words.band for words in grading.bands])
        for urgency in Urgency:
            if not any(urgency in plan.urgency and not plan.grades for plan in grading.plans):
                raise KnowledgeError(file, urgency.value, "missing plan without grades")
        self._keep(file, [grading.only_a_clinician, *grading.grades, *grading.bands, *grading.plans])
        for plan in grading.plans:
            self._keep(file, [plan.intro, *plan.team_may])
        return grading

    def _study(self) -> Study:
        file = "study.yml"
        study = parse(Study, self._read(file, *Study.__fields__), file, "study")
        self._keep(file, [study, *study.groups, *study.statements])
        return study

    def _coach(self) -> Coach:
        file = "coach.yml"
        coach = parse(Coach, self._read(file, *Coach.__fields__), file, "coach")
        self._keep(file, [coach])
        return coach

    def _small_talk(self) -> dict[str, SmallTalk]:
        file = "small_talk.yml"
        found = parse_list(SmallTalk, self._read(file, "small_talk")["small_talk"], file)
        _complete(file, "text", SMALL_TALK, found)
        self._keep(file, found.values())
        return found

    def _languages(self) -> dict[str, ForeignWords]:
        file = "languages.yml"
        raw = fill(read_file(self.folder, file), self.country.placeholders, file)
        return {code: parse(ForeignWords, words, file, code) for code, words in raw.items()}

    def _phrases(self, file: str) -> dict[str, str]:
        raw = read_file(self.folder, file)
        only_keys(raw, ["phrases"], file)
        return parse_phrases(raw["phrases"], self.country.placeholders, file)

    def _check_plans(self, loaded: Knowledge) -> None:
        for plan in loaded.grading.plans:
            for entry in (*plan.self_care, *plan.avoid):
                if entry not in loaded.entries:
                    raise KnowledgeError("grading.yml", plan.id, f"there is no entry '{entry}'")

    def _check(self, sources: dict[str, SourceRecord]) -> None:
        """Every source id resolves, every record names one, and no two statements share an id."""
        seen: dict[str, str] = {}
        for file, record in self.sourced:
            if not record.sources:
                raise KnowledgeError(file, record.id, "names no source")
            for source in record.sources:
                if source not in sources:
                    raise KnowledgeError(file, record.id, f"unknown source '{source}'")
            if isinstance(record, Statement):
                if record.id in seen:
                    raise KnowledgeError(file, record.id, f"duplicate id, also in {seen[record.id]}")
                seen[record.id] = file


def _complete(file: str, kind: str, expected: Iterable[str], found: Iterable[str]) -> None:
    """Refuses a file in which one of the `expected` ids is missing or an unknown one stands."""
    wanted, given = list(expected), list(found)
    for name in wanted:
        if name not in given:
            raise KnowledgeError(file, name, f"missing {kind}")
    for name in given:
        if name not in wanted:
            raise KnowledgeError(file, name, f"unknown {kind}")
