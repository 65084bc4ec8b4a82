"""Denials on labelled clauses: F1 at least 0.95, and a denial is never found where the sign is told."""

from pathlib import Path

from bot.language import Reader, Status

CLAUSES = Path(__file__).with_name("denied_clauses.tsv")


def cases() -> list[tuple[str, str, bool]]:
    rows = [line.split("\t") for line in CLAUSES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(text, concept, denied == "1") for text, concept, denied in rows]


def denies(reader: Reader, text: str, concept: str) -> bool:
    findings = [f for f in reader.read(text).findings if f.concept == concept]
    return bool(findings) and all(f.status is Status.ABSENT and not f.in_doubt for f in findings)


def test_denials_are_found_with_an_f1_of_at_least_095(reader: Reader) -> None:
    """Plain and shared denials, late ones, and phrases that only look like one."""
    results = [(denied, denies(reader, text, concept)) for text, concept, denied in cases()]
    hits = sum(1 for want, got in results if want and got)
    precision = hits / sum(1 for _, got in results if got)
    recall = hits / sum(1 for want, _ in results if want)
    f1 = 2 * precision * recall / (precision + recall)
    wrong = [case for case, (want, got) in zip(cases(), results, strict=True) if want != got]
    assert len(results) >= 150
    assert f1 >= 0.95, wrong


def test_a_told_sign_is_never_cleared(reader: Reader) -> None:
    """Where the kit says that a sign is not denied, the reader doesn't clear it silently."""
    cleared = [(text, concept) for text, concept, denied in cases() if not denied and denies(reader, text, concept)]
    assert cleared == []
