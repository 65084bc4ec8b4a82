"""Loads and checks the lexicon: reviewed lists of words in data/knowledge/lexicon, each under its concept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.clinical.signs import Sign
from bot.language.automaton import Automaton
from bot.language.contractions import IN_THE_PAST, NEGATED, contracted
from bot.language.patterns import Parser, PatternError, Word, lines, sequences, words_of
from bot.language.reading import Answer
from bot.unique_keys import UniqueKeys

Words = tuple[str, ...]

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data" / "knowledge" / "lexicon"
#: The folder in it with the plain lists of words that the rules look at.
WORDS = "words"

#: File -> kind of the entries in it. Each entry is a name with a block of terms.
TERM_FILES = {
    "signs.yml": "sign",
    "symptoms.yml": "symptom",
    "sites.yml": "site",
    "areas.yml": "area",
    "changes.yml": "change",
    "traps.yml": "trap",
    "people.yml": "person",
    "medicines.yml": "medicine",
    "quantities.yml": "quantity",
    "other_languages.yml": "foreign",
    "anaphora.yml": "anaphora",
}
#: How a sign may be told, after a full stop in its name: asked about, a hint that names none, counted only when denied,
#: or sure only where its statement ends and else asked about.
MANNERS = frozenset({"soft", "hint", "weak", "ends"})


class LexiconError(ValueError):
    """Names the file, the entry in it and what is wrong."""

    def __init__(self, file: str, entry: str, reason: str) -> None:
        super().__init__(f"{file}: {entry}: {reason}")
        self.file, self.entry, self.reason = file, entry, reason


@dataclass(frozen=True)
class Key:
    """What a term stands for: its kind ("sign", "site", "cue", ...), its name within the kind, and the term itself."""

    kind: str
    name: str
    term: str


@dataclass(frozen=True)
class CueRule:
    """One rule of assertion, as data. See assertion.yml for what the fields mean."""

    id: str
    effect: str
    doubt: bool = False


@dataclass(frozen=True)
class Composition:
    """Classes that together make a sign, wherever they stand within reach of each other.

    order: "any", "forward" (a place after its change has to follow at once) or "place first". not_before: words that
    after the change make it another thing ("spots popped up" are not burst). hint: in doubt, and the safety net may let
    the question go.
    """

    id: str
    sites: frozenset[str]
    changes: frozenset[str]
    sign: str
    reach: int = 10
    doubt: bool = False
    hint: bool = False
    order: str = "any"
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """Everything the rules know. `terms` finds every term of every list."""

    terms: Automaton[Key]
    targets: frozenset[str]
    places: frozenset[str]
    cues: Mapping[str, CueRule]
    compositions: tuple[Composition, ...]
    words: Mapping[str, frozenset[str]]
    corrections: Mapping[str, str]
    slips: Mapping[str, tuple[str, frozenset[str]]]
    keep: frozenset[str]
    answers: Mapping[Words, str]
    short_answers: Mapping[str, Automaton[str]]
    entries: tuple[Key, ...] = ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that any rule looks at."""
        found = set(self.terms.words())
        found.update(word for words in self.answers for word in words)
        for group in self.words.values():
            found.update(word for phrase in group for word in phrase.split())
        return frozenset(found)


def load_lexicon(folder: Path = DEFAULT_FOLDER) -> Lexicon:
    """Reads every file of the lexicon. Raises LexiconError for whatever cannot be trusted."""
    macros = _read(folder, "macros.yml")
    irregular = {
        word: tuple(str(others).split()) for word, others in _section(macros, "macros.yml", "irregular").items()
    }
    try:
        lists = _section(macros, "macros.yml", "lists")
        parser, past_too = Parser(lists, irregular), Parser(lists, irregular, IN_THE_PAST)
    except PatternError as error:
        raise LexiconError("macros.yml", "lists", str(error)) from error
    loading = _Loading(parser, past_too)
    for file, kind in TERM_FILES.items():
        for name, block in _read(folder, file).items():
            loading.add(file, kind, name, block)
    cues: dict[str, CueRule] = {}
    for name, entry in _read(folder, "assertion.yml").items():
        cues[name] = _cue_rule(name, entry)
        loading.add("assertion.yml", "cue", name, entry.get("cues", ""))
    answers = {
        words: answer
        for answer, block in _read(folder, "answers.yml").items()
        for words in _answer(parser, answer, block)
    }
    spelling = _read(folder, "spelling.yml")
    short_answers = _short_answers(folder, parser)
    spoken = frozenset(word for terms in short_answers.values() for word in terms.words())
    return Lexicon(
        terms=loading.automaton,
        targets=frozenset(loading.targets - loading.strangers),
        places=frozenset(loading.places),
        cues=cues,
        compositions=_compositions(_read(folder, "compositions.yml"), frozenset(loading.names)),
        words=_plain_lists(folder),
        corrections=_corrections(spelling),
        slips=_slips(spelling),
        keep=spoken.union(lines(str(spelling.get("keep", "")))),
        answers=answers,
        short_answers=short_answers,
        entries=tuple(loading.entries),
    )


#: Marks of the language of terms (`patterns.py`).
_TERM_MARKS = frozenset("@()[]|^~")


def _plain_lists(folder: Path) -> dict[str, frozenset[str]]:
    """The lists of `words/`: a file for each module that looks at them, and one for those that several share."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted((folder / WORDS).glob("*.yml")):
        file = f"{WORDS}/{path.name}"
        for name, block in _read(folder, file).items():
            if name in found:
                raise LexiconError(file, name, "stands in another file too")
            found[name] = _plain_list(file, name, block)
    # A verb with "not" in it denies whatever its tense; nobody has to think of each.
    found["negators"] |= NEGATED
    return found


def _plain_list(file: str, name: str, block: Any) -> frozenset[str]:
    """A list of words or phrases as they stand, without the language of terms."""
    if not isinstance(block, str):
        raise LexiconError(file, name, "must be a block of words")
    words = frozenset(lines(block))
    for word in words:
        if len(word) > 1 and not _TERM_MARKS.isdisjoint(word):
            raise LexiconError(file, name, f"{word!r} is a term, but the words here are taken as they stand")
    return words


_SIGNS = frozenset(sign.value for sign in Sign)
_ANSWERS = frozenset(answer.value for answer in Answer)

#: Kinds whose words a misspelling may be corrected to.
_TARGET_KINDS = frozenset({"sign", "symptom", "site", "change", "area", "medicine"})

#: Kinds whose terms tell what a sign doesn't do, in the present or in the past: "the dots wouldn't fade".
_PAST_KINDS = frozenset({"change"})

#: Kinds that name a part of the body.
_PLACE_KINDS = frozenset({"site", "area"})


#: No misspelling is taken for one of these, which would make what is told somebody else's: "proply" is not "people".
_STRANGERS = ("person", "other")


class _Loading:
    """Collects the terms while the files are read."""

    def __init__(self, parser: Parser, past_too: Parser) -> None:
        self.parser = parser
        self.past_too = past_too
        self.automaton: Automaton[Key] = Automaton()
        self.names: set[str] = set()
        self.targets: set[str] = set()
        self.places: set[str] = set()
        self.strangers: set[str] = set()
        self.entries: list[Key] = []

    def add(self, file: str, kind: str, name: str, block: Any) -> None:
        """Adds the terms of one entry. Raises LexiconError."""
        terms = _terms(file, name, block)
        _, dot, manner = name.partition(".")
        if kind == "sign" and dot and manner not in MANNERS:
            raise LexiconError(file, name, f"may end in .{', .'.join(sorted(MANNERS))}, in nothing else")
        if kind == "sign" and name.partition(".")[0] not in _SIGNS:
            raise LexiconError(file, name, "is no sign of bot/clinical/signs.py")
        if kind == "foreign" and name.partition(".")[2] not in _SIGNS | {"word"}:
            raise LexiconError(file, name, "must be a language with a sign, as in es.fever, or with .word")
        self.names.add(f"{kind}.{name}")
        for term in terms:
            if term != term.lower() or not term.isascii():
                raise LexiconError(file, name, f"term {term!r} must be in plain lower-case letters")
            with _naming(file, name, term):
                pattern = (self.past_too if kind in _PAST_KINDS else self.parser).parse(term)
            key = Key(kind, name, term)
            self.automaton.add(pattern, key)
            self.entries.append(key)
            if kind in _TARGET_KINDS:
                self.targets.update(words_of(pattern))
            if kind in _PLACE_KINDS and isinstance(pattern, Word):
                self.places.update(pattern.forms)
            if (kind, name) == _STRANGERS and isinstance(pattern, Word):
                self.strangers.update(pattern.forms)


class _WordLoader(UniqueKeys, yaml.CBaseLoader):
    """Every scalar stays a string: "no", "off" and "38.5" are words here."""


def _read(folder: Path, file: str) -> dict[str, Any]:
    try:
        content = yaml.load(contracted((folder / file).read_text(encoding="utf-8")), Loader=_WordLoader)
    except OSError as error:
        raise LexiconError(file, "file", f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError(file, "file", "is not valid YAML: " + " ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise LexiconError(file, "file", "must hold a mapping")
    return content


def _section(content: Mapping[str, Any], file: str, name: str) -> dict[str, str]:
    section = content.get(name)
    if not isinstance(section, dict):
        raise LexiconError(file, name, "must hold a mapping")
    return section


def _answer(parser: Parser, answer: str, block: Any) -> list[Words]:
    if answer not in _ANSWERS:
        raise LexiconError("answers.yml", answer, f"is no answer: they are {', '.join(sorted(_ANSWERS))}")
    return _expand(parser, "answers.yml", answer, block)


def _short_answers(folder: Path, parser: Parser) -> dict[str, Automaton[str]]:
    """Step of the assessment -> what its short answers are found by, each labelled with its name."""
    file = "short_answers.yml"
    found: dict[str, Automaton[str]] = {}
    for step, names in _read(folder, file).items():
        if not isinstance(names, dict):
            raise LexiconError(file, step, "must hold a mapping")
        found[step] = Automaton()
        for name, block in names.items():
            for term in _terms(file, f"{step}.{name}", block):
                with _naming(file, f"{step}.{name}", term):
                    found[step].add(parser.parse(term), name)
    return found


def _expand(parser: Parser, file: str, entry: str, block: Any) -> list[Words]:
    found: list[Words] = []
    for term in _terms(file, entry, block):
        with _naming(file, entry, term):
            found.extend(sorted(sequences(parser.parse(term))))
    return found


def _terms(file: str, entry: str, block: Any) -> list[str]:
    if not isinstance(block, str):
        raise LexiconError(file, entry, "must be a block of terms, one on each line")
    return list(lines(block))


@contextmanager
def _naming(file: str, entry: str, term: str) -> Iterator[None]:
    """Says which term it is that can't be read."""
    try:
        yield
    except PatternError as error:
        raise LexiconError(file, entry, f"term {term!r} {error}") from error


_EFFECTS = {
    "absent", "absent_after", "pseudo", "past", "ended", "hypothetical", "question", "unsure",
    "correction", "again", "mild", "benign", "story",
    "blanket", "taken_back", "mistaken", "reveal", "closing", "then", "instruction", "known_of", "plea", "relief",
}  # fmt: skip


def _cue_rule(name: str, entry: Any) -> CueRule:
    if not isinstance(entry, dict) or "effect" not in entry:
        raise LexiconError("assertion.yml", name, "needs an effect and cues")
    unknown = set(entry) - {"effect", "doubt", "cues"}
    if unknown:
        raise LexiconError("assertion.yml", name, f"has unknown fields {sorted(unknown)}")
    if entry["effect"] not in _EFFECTS:
        raise LexiconError("assertion.yml", name, f"effect {entry['effect']!r} is not known")
    return CueRule(name, entry["effect"], _is_true("assertion.yml", name, entry, "doubt"))


def _is_true(file: str, name: str, entry: Mapping[str, Any], field: str) -> bool:
    if entry.get(field, "true") != "true":
        raise LexiconError(file, name, f"{field} is true or left out, not {entry[field]!r}")
    return field in entry


def _corrections(content: Mapping[str, Any]) -> dict[str, str]:
    fixed: dict[str, str] = {}
    for right, wrong in _section(content, "spelling.yml", "known").items():
        for word in str(wrong).split():
            if word in fixed:
                raise LexiconError("spelling.yml", word, "is listed twice")
            fixed[word] = right
    return fixed


def _slips(content: Mapping[str, Any]) -> dict[str, tuple[str, frozenset[str]]]:
    slips: dict[str, tuple[str, frozenset[str]]] = {}
    for word, entry in _section(content, "spelling.yml", "real_words").items():
        meant, bar, company = str(entry).partition("|")
        if not bar or not company.split():
            raise LexiconError("spelling.yml", word, "needs the word meant, a bar and the words that show it")
        slips[word] = (meant.strip(), frozenset(company.split()))
    return slips


_ORDERS = {"any", "forward", "place first"}
_COMPOSITION_FIELDS = {"sites", "changes", "sign", "reach", "doubt", "hint", "order", "not before"}


def _compositions(content: Mapping[str, Any], names: frozenset[str]) -> tuple[Composition, ...]:
    file = "compositions.yml"
    groups = {name: str(members).split() for name, members in _section(content, file, "groups").items()}

    def members(entry: str, listed: Any) -> frozenset[str]:
        found: set[str] = set()
        for name in str(listed).split():
            found.update(groups.get(name, [name]))
        for name in found:
            if name not in names:
                raise LexiconError(file, entry, f"{name!r} is neither a group nor a class of terms")
        return frozenset(found)

    made: list[Composition] = []
    for name, entry in _section(content, file, "compositions").items():
        if not isinstance(entry, dict) or not {"sites", "changes", "sign"} <= set(entry):
            raise LexiconError(file, name, "needs sites, changes and sign")
        if entry["sign"] not in _SIGNS:
            raise LexiconError(file, name, f"{entry['sign']!r} is no sign of bot/clinical/signs.py")
        unknown = set(entry) - _COMPOSITION_FIELDS
        if unknown:
            raise LexiconError(file, name, f"has unknown fields {sorted(unknown)}")
        if entry.get("order", "any") not in _ORDERS:
            raise LexiconError(file, name, f"order is one of {', '.join(sorted(_ORDERS))}, not {entry['order']!r}")
        made.append(
            Composition(
                id=name,
                sites=members(name, entry["sites"]),
                changes=members(name, entry["changes"]),
                sign=entry["sign"],
                reach=int(entry.get("reach", 10)),
                doubt=_is_true(file, name, entry, "doubt") or _is_true(file, name, entry, "hint"),
                hint=_is_true(file, name, entry, "hint"),
                order=entry.get("order", "any"),
                not_before=frozenset(entry.get("not before", "").split()),
            )
        )
    return tuple(made)
