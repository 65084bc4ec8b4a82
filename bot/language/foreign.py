"""Emergency words of other languages, on their own or inside an English sentence."""

from collections import Counter

from bot.language.candidate import Candidate, Origin
from bot.language.cues import Judgement
from bot.language.reading import Status
from bot.language.terms import Hit
from bot.language.tongue import foreign_language

#: Words for "no" and "without" in the languages that are recognised.
_NOT = frozenset(
    {
        "no",
        "ni",
        "sin",
        "tampoco",
        "nicht",
        "noch",
        "kein",
        "keine",
        "ohne",
        "pas",
        "ne",
        "sans",
        "non",
        "nem",
        "senza",
        "nao",
        "sem",
        "hindi",
        "walang",
        "wala",
    }
)


def foreign_candidates(hits: list[Hit], length: int) -> tuple[list[Candidate], str]:
    """Candidates for the signs, and the language: English unless several words of another are there."""
    if not hits:
        return [], "en"
    words: Counter[str] = Counter()
    for hit in hits:
        words[hit.name.partition(".")[0]] += hit.end - hit.start
    language, count = words.most_common(1)[0]
    found = [
        Candidate.at(concept, hit.start, hit.end, Origin.FOREIGN, rule=f"named ({code})", language=code)
        for hit in hits
        for code, _, concept in [hit.name.partition(".")]
        if concept != "word"
    ]
    spoken = (count >= 2 and count * 2.5 >= length) or (bool(found) and length <= 2)
    return found, language if spoken else "en"


def without_false_friends(found: list[Candidate], message: str) -> list[Candidate]:
    """ "Die Creme hilft nicht": a single English word that is doubtful by itself is none in another language."""

    def lone(candidate: Candidate) -> bool:
        return candidate.doubt and candidate.end - candidate.start == 1 and candidate.language == "en"

    if any(map(lone, found)) and foreign_language(message):
        return [candidate for candidate in found if not lone(candidate)]
    return found


def judge_foreign(candidate: Candidate, words: list[str]) -> Judgement:
    """In another language only a plain "no" close before denies; the English rules would misread its words."""
    if any(word in _NOT for word in words[max(0, candidate.start - 3) : candidate.start]):
        return Judgement(Status.ABSENT, "denied")
    return Judgement(Status.PRESENT, "stated")
