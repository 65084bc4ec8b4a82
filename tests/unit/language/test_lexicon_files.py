"""The lexicon loads, names its mistakes, and has no terms that do nothing."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clinical.signs import Sign
from bot.language import Reader
from bot.language.everyday import COMMON_AILMENTS
from bot.language.lexicon import DEFAULT_FOLDER, LexiconError, load_lexicon
from bot.language.patterns import lines
from scripts.frames import framed

#: Terms that no sentence of the tests uses. It may only fall.
CEILING = 3470
#: A sentence that stands in a test.
QUOTED = re.compile(r'"([^"\n]{8,})"')
ROOT = Path(__file__).resolve().parents[3]
TRAINING = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "data" / "messages").glob("*.jsonl"))


def test_every_sign_has_words() -> None:
    """Each sign can be told in words or put together from place and change."""
    lexicon = load_lexicon()
    told = {key.name.split(".")[0] for key in lexicon.entries if key.kind == "sign"}
    told |= {rule.sign for rule in lexicon.compositions}
    made = {Sign.PAST_SEVERE_REACTION.value}
    assert {sign.value for sign in Sign} <= told | made


def _blocks(entry: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from _blocks(value, f"{path}/{key}")
    elif isinstance(entry, list):
        for place, value in enumerate(entry):
            yield from _blocks(value, f"{path}/{place}")
    elif isinstance(entry, str):
        yield path, entry


def test_no_term_stands_twice_in_a_block() -> None:
    """Whoever takes a term out has taken it out."""
    twice = [
        (path, term)
        for file in sorted(DEFAULT_FOLDER.rglob("*.yml"))
        for path, block in _blocks(yaml.safe_load(file.read_text(encoding="utf-8")), file.name)
        for term, times in Counter(" ".join(term.split()) for term in lines(block)).items()
        if times > 1
    ]
    assert not twice


def _composition(field: str) -> str:
    entry = f"{{sites: site.lips, changes: change.swell, sign: facial_swelling, {field}}}"
    return f"groups: {{}}\ncompositions:\n  lips_up: {entry}\n"


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("signs.yml", "fever: [a, b]\n", "block of terms"),
        ("signs.yml", "fever: |\n  (hot\n", "not closed"),
        ("signs.yml", "fever.sof: |\n  hot\n", "may end in"),
        ("signs.yml", "fever: |\n  Fever\n", "lower-case"),
        ("signs.yml", "blister: |\n  zorbles\n", "is no sign"),
        ("other_languages.yml", "es.fevre: |\n  fiebre\n", "a sign"),
        ("assertion.yml", "no: {effect: maybe, cues: 'no'}\n", "not known"),
        ("assertion.yml", "no: {effect: absent, doubt: 'yes', cues: 'no'}\n", "true or left out"),
        ("answers.yml", "perhaps: |\n  perhaps\n", "is no answer"),
        ("compositions.yml", _composition("order: place frist"), "order is one of"),
        ("compositions.yml", _composition("doubts: true"), "unknown fields"),
        ("compositions.yml", _composition("doubt: yes"), "true or left out"),
        ("words/shared.yml", "negators: |\n  not; @cannot\n", "as they stand"),
        ("words/shared.yml", "stop: |\n  but\nstop: |\n  yet\n", "stands twice"),
        ("words/shared.yml", "transparent: |\n  any\nopaque: |\n  know\n", "another file"),
        ("sites.yml", "- a\n", "mapping"),
        ("traps.yml", "a: [\n", "YAML"),
    ],
)
def test_mistake_is_named(tmp_path: Path, file: str, text: str, reason: str) -> None:
    """The error tells the file and what is wrong in it."""
    folder = tmp_path / "lexicon"
    shutil.copytree(DEFAULT_FOLDER, folder)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(folder)
    assert caught.value.file == file
    assert reason in str(caught.value)


def test_every_list_of_words_is_looked_at_and_every_one_looked_at_is_there() -> None:
    """A list that is renamed in one place only would fail in the middle of a message."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot" / "language").glob("*.py")))
    looked_at = set(re.findall(r"""(?:lists|words)(?:\.get\(|\[)f?["']([a-z_]+)["']""", code))
    there = set(load_lexicon().words)
    assert looked_at <= there
    assert not {name for name in there - looked_at if not re.search(rf"""["']{name}["']""", code) and not _made(name)}


LOOKED_AT = re.compile(r"""(?:lists|words)(?:\.get\(|\[)["']([a-z_]+)["']""")


@pytest.mark.parametrize("file", sorted((DEFAULT_FOLDER / "words").glob("*.yml")), ids=lambda file: file.stem)
def test_every_list_stands_in_the_room_of_its_rule(file: Path) -> None:
    """Who reads a module finds its words in the file of the same name, and what others look at too in shared.yml."""
    rooms = {path.stem: LOOKED_AT.findall(path.read_text("utf-8")) for path in (ROOT / "bot/language").glob("*.py")}
    for name in re.findall(r"^([a-z_]+): \|", file.read_text("utf-8"), re.MULTILINE):
        users = {module for module, names in rooms.items() if name in names}
        assert len(users) > 1 if file.stem == "shared" else users <= {file.stem}, (name, users)


def _made(name: str) -> bool:
    """Whether a name is put together from a sign, a common ailment or a cue: `leg_clot_by`, `cough_or_more`."""
    ends = ("_by", "_or_more", "_words", "_left_open", "_beside")
    return name.endswith(ends) or name in COMMON_AILMENTS or name.startswith("benign_")


def test_missing_file_is_named(tmp_path: Path) -> None:
    """An empty folder is no lexicon."""
    with pytest.raises(LexiconError, match=r"macros\.yml"):
        load_lexicon(tmp_path)


def test_terms_without_a_sentence_do_not_grow(reader: Reader) -> None:
    """Lists how many terms no test sentence uses; new terms come with sentences."""
    here = Path(__file__).parent
    texts = [json.loads(line)["text"] for line in (here / "own_messages.jsonl").read_text("utf-8").splitlines()]
    texts += [line.split("\t")[0] for line in (here / "denied_clauses.tsv").read_text("utf-8").splitlines()]
    texts += [row["text"] for row in framed()]
    texts += [told for path in sorted(here.glob("test_*.py")) for told in QUOTED.findall(path.read_text("utf-8"))]
    for name in (*(f"tests/messages/{name}.jsonl" for name in ("development", "forum", "unheard")), *TRAINING):
        rows = [json.loads(line) for line in (ROOT / name).read_text("utf-8").splitlines() if line.strip()]
        texts += [turn for row in rows for turn in row.get("turns", [row.get("text", "")])]
    lexicon = reader._lexicon
    used = {key for text in texts for _, _, key in lexicon.terms.find(reader._tokenise(text).user_data["draft"].words)}
    unused = [key for key in lexicon.entries if key not in used]
    assert len(unused) <= CEILING, [f"{key.kind}.{key.name}: {key.term}" for key in unused[:20]]
