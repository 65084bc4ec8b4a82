"""Labels of public texts find their texts by the words alone, and nothing of a text is kept."""

import json
from pathlib import Path

import pytest

from bot.clinical.signs import RED_FLAGS
from scripts.label_public_texts import key_of, labelled, load_labels, texts_in, tidy

POST = "My lips swelled up &amp; I can't breathe"
LABELS = {
    key_of(tidy(POST)): {"part": "learn", "urgent": True, "signs": ["facial_swelling"], "intent": "describe_rash"}
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("posts.csv", f'id,review\n7,"{POST}"\n'),
        ("posts.tsv", f"id\treview\n7\t{POST}\n"),
        ("posts.json", json.dumps([{"tags": ["x"], "body": {"question": POST}}])),
        ("posts.jsonl", json.dumps({"text": f'  "{POST}" '}) + "\n\n"),
        ("post.txt", f"{POST}\n"),
    ],
)
def test_a_label_finds_its_text_in_any_collection(tmp_path: Path, name: str, content: str) -> None:
    """Whatever column or field it stands in."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    (row,) = labelled(texts_in(tmp_path / name), LABELS, "learn")
    assert row["text"] == "My lips swelled up & I can't breathe"
    assert (row["urgent"], row["signs"], row["intent"]) == (True, ["facial_swelling"], "describe_rash")
    assert not list(labelled(texts_in(tmp_path / name), LABELS, "test"))


def test_another_kind_of_file_is_named(tmp_path: Path) -> None:
    """With what would do."""
    with pytest.raises(ValueError, match="give"):
        list(texts_in(tmp_path / "posts.xlsx"))


def test_the_labels_are_sound() -> None:
    """Signs are known ones and stand only where something is urgent or in doubt; every part is there."""
    labels = load_labels().values()
    assert {label["part"] for label in labels} == {"learn", "test", "fair"}
    for label in labels:
        assert set(label["signs"]) <= set(RED_FLAGS)
        assert label["signs"] or label["urgent"] is not True
        assert not label["signs"] or label["urgent"] is not False
