"""A content file with a mistake is refused, and the error names file, entry and reason."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import DEFAULT_FOLDER, KnowledgeError, load_knowledge

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """A copy of the content in which one piece of one file is replaced."""

    def change(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "knowledge"
        shutil.copytree(DEFAULT_FOLDER, folder, ignore=shutil.ignore_patterns("lexicon"))
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "reason"),
    [
        # keys
        ("claims.yml", "verdict: partly", "verdikt: partly", "C01", "missing key 'verdict'"),
        ("claims.yml", "    show: true\n", "    show: true\n    colour: blue\n", "C01", "unknown key 'colour'"),
        ("sources.yml", "sources:\n", "sauces:\n", "file", "unknown key 'sauces'"),
        ("status.yml", "reviewed: false\n", "", "status", "missing key 'reviewed'"),
        ("care.yml", "    headline: Get care now", "    heading: Get care now", "urgent", "missing key 'headline'"),
        ("care.yml", "\nvariants:", "\nvariant:", "file", "unknown key 'variant'"),
        ("care.yml", "    level: label\n    steps:", "    steps:", "emergency", "missing key 'level'"),
        # sources and levels
        ("claims.yml", "sources: [S06]", "sources: [S99]", "C01", "unknown source 'S99'"),
        ("claims.yml", "sources: [S06]", "sources: []", "C01", "names no source"),
        ("care.yml", "sources: [S78], level: unverified}", "sources: [S0], level: unverified}", "CARE-E5", "'S0'"),
        ("study.yml", "sources: [S19]", "sources: [S190]", "STUDY-10", "unknown source 'S190'"),
        ("grading.yml", "sources: [S07, S11]", "sources: [S07, S111]", "GRADE-0", "unknown source 'S111'"),
        ("claims.yml", "level: label", "level: certain", "C01", "'level'"),
        ("sources.yml", "level: label", "level: gospel", "S01", "'level'"),
        ("claims.yml", "verdict: partly", "verdict: maybe", "C01", "'verdict'"),
        # ids
        ("claims.yml", "id: C02", "id: C01", "C01", "duplicate id"),
        ("sources.yml", "id: S02", "id: S01", "S01", "duplicate id"),
        ("topics/treatment.yml", "id: E23.2", "id: E23.1", "E23.1", "duplicate id"),
        ("topics/treatment.yml", "id: E46.1", "id: E29.1", "E29.1", "duplicate id, also in topics/adjuncts.yml"),
        ("topics/treatment.yml", "- id: E46", "- id: E29", "E29", "duplicate id"),
        ("topics/treatment.yml", "default: E23", "default: E99", "default", "there is no entry 'E99'"),
        ("grading.yml", "avoid: [E49]", "avoid: [E490]", "PLAN-URGENT", "there is no entry 'E490'"),
        # meaning
        ("claims.yml", "    patient: Myeloma most often", "    source_says: Myeloma most often", "C01", "'show'"),
        ("red_flags.yml", "- id: airway", "- id: airways", "airways", "is not a red flag"),
        ("red_flags.yml", "airway: {heard", "blisters: {heard", "airway", "must be exactly airway"),
        ("red_flags.yml", "checklist: breathing", "checklist: spots", "airway", "does not ask about it"),
        ("red_flags.yml", "  hives: {", "  spots: {", "hives", "missing sign"),
        ("red_flags.yml", "[skin_pain]\n", "[hives]\n", "skin_pain", "belong to a red flag"),
        ("care.yml", "- id: crisis", "- id: crises", "crisis", "missing card"),
        ("care.yml", "signs: [leg_clot]", "signs: [leg_cloth]", "clot", "'signs.0'"),
        ("care.yml", "dose_step: CARE-S2", "dose_step: CARE-R2", "same_day", "there is no step 'CARE-R2'"),
        ("grading.yml", "grade: 3", "grade: 4", "3", "missing grade"),
        ("grading.yml", "urgency: [routine]", "urgency: [urgent]", "routine", "missing plan"),
        ("small_talk.yml", "{id: greet,", "{id: greeting,", "greet", "missing text"),
        ("questions.yml", "id: itch_mild", "id: itch_none", "symptoms", "choice 'itch_none' stands twice"),
        ("questions.yml", "- id: where", "- id: there", "there", "'id'"),
        ("questions.yml", "- id: where", "- id: red_flags", "red_flags", "duplicate id"),
        ("topics/treatment.yml", "keywords: [oatmeal,", "keywords: ['?',", "E52", "has no letters"),
        # text
        ("care.yml", "Call {emergency_number}.", "Call {emergency_numbr}.", "emergency", "{emergency_numbr}"),
        ("claims.yml", "patient: Myeloma most", "patient: ''\n    source_says: Most", "C01", "'patient'"),
        ("claims.yml", "  - id: C01", "  - id: C01\n    id: C00", "file", "stands twice"),
        ("claims.yml", "claims:", "claims: [", "file", "is not valid YAML"),
        ("coach.yml", "name: David", "- name: David", "file", "is not valid YAML"),
        ("countries.yml", '  emergency_number: "999"\n', "", "GB", "missing key 'emergency_number'"),
        ("countries.yml", "CA:\n  name: Canada", "CA: Canada\nXX:\n  name: X", "CA", "must be a mapping"),
        ("languages.yml", '  only_english: "Ich', '  nur: "Ich', "de", "missing key 'only_english'"),
    ],
)
def test_a_bad_file_is_refused(edit: Edit, file: str, old: str, new: str, entry: str, reason: str) -> None:
    """Each kind of mistake is found when the content is loaded."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(edit(file, old, new))
    assert (caught.value.file, caught.value.entry) == (file, entry)
    assert reason in caught.value.reason
    assert str(caught.value) == f"{file}: {entry}: {caught.value.reason}"


def test_a_missing_file_is_named(edit: Edit) -> None:
    """Without one of the files nothing is loaded."""
    folder = edit("status.yml", "reviewed", "reviewed")
    (folder / "topics" / "rash.yml").unlink()
    with pytest.raises(KnowledgeError, match=r"topics/rash\.yml: file: cannot be read"):
        load_knowledge(folder)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"- a list", "must hold a mapping"),
        (b"", "must hold a mapping"),
        (b"1: one", "must hold a mapping"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"claims: nothing", "must hold a list"),
        (b"claims: [nothing]", "must be a mapping"),
        (b"claims: [{verdict: partly}]", "missing key 'id'"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(edit: Edit, content: bytes, reason: str) -> None:
    """A file that is no mapping, no list or no text is named too."""
    folder = edit("status.yml", "reviewed", "reviewed")
    (folder / "claims.yml").write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"claims\.yml: .*") as caught:
        load_knowledge(folder)
    assert reason in caught.value.reason


def test_words_that_older_yaml_takes_for_booleans_stay_words(edit: Edit) -> None:
    """A choice titled No or On is not turned into false or true."""
    knowledge = load_knowledge(edit("questions.yml", 'title: "None"', "title: No"))
    assert knowledge.questions["symptoms"].choices[0].title == "No"


def test_content_is_loaded_once() -> None:
    """The same arguments give the same object."""
    assert load_knowledge() is load_knowledge()
