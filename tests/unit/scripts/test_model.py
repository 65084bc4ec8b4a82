"""When a model is trained again."""

from pathlib import Path

import pytest

from scripts.prepare import model


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with a model that is current."""
    for name, text in {
        "config.yml": "recipe: default.v1",
        "domain.yml": "intents: []",
        "data/nlu/greet.yml": "nlu: []",
        "data/knowledge/lexicon/signs.yml": "signs: []",
        "bot/language/reader.py": "x = 1",
        "models/guide.tar.gz": "a model",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(model, "ROOT", tmp_path)
    monkeypatch.setattr(model, "MODEL", tmp_path / "models" / "guide.tar.gz")
    monkeypatch.setattr(model, "STAMP", tmp_path / "models" / "guide.stamp")
    model.STAMP.write_text(model._stamp(tmp_path, model.MODEL))
    return tmp_path


def test_nothing_changed(trained: Path) -> None:
    """A model of what is here now is kept."""
    assert model.is_current()


@pytest.mark.parametrize(
    "changed", ["config.yml", "data/nlu/greet.yml", "data/knowledge/lexicon/signs.yml", "bot/language/reader.py"]
)
def test_a_changed_input_makes_it_stale(trained: Path, changed: str) -> None:
    """Training data, configuration, lexicon and the code that reads make the model."""
    (trained / changed).write_text("other")
    assert not model.is_current()


def test_a_new_file_makes_it_stale(trained: Path) -> None:
    """A new file of training data counts."""
    (trained / "data" / "nlu" / "thank.yml").write_text("nlu: []")
    assert not model.is_current()


def test_compiled_files_don_t_count(trained: Path) -> None:
    """What Python leaves behind while running changes nothing."""
    cache = trained / "bot" / "language" / "__pycache__"
    cache.mkdir()
    (cache / "reader.cpython-310.pyc").write_bytes(b"x")
    assert model.is_current()


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_model_is_not_current(trained: Path, damage: str) -> None:
    """Half a model, or none, is trained again."""
    if damage == "cut":
        model.MODEL.write_text("a mo")
    else:
        model.MODEL.unlink()
    assert not model.is_current()
