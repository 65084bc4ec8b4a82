"""Emergency words of other languages, on their own or inside an English sentence."""

from collections import Counter

from bot.language.compositions import Candidate
from bot.language.terms import Hit


def foreign_candidates(hits: list[Hit], length: int) -> tuple[list[Candidate], str]:
    """Candidates for the signs, and the language: English unless several words of another are there."""
    if not hits:
        return [], "en"
    words: Counter[str] = Counter()
    for hit in hits:
        words[hit.name.partition(".")[0]] += hit.end - hit.start
    language, count = words.most_common(1)[0]
    found = [
        Candidate(concept, hit.start, hit.end, hit.start, hit.end, f"named ({code})", language=code)
        for hit in hits
        for code, _, concept in [hit.name.partition(".")]
        if concept != "word"
    ]
    spoken = (count >= 2 and count * 2.5 >= length) or (bool(found) and length <= 2)
    return found, language if spoken else "en"
