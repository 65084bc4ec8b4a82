"""Cuts the words into sentences and clauses, and says how far apart two places are."""

from dataclasses import dataclass, field

_SENTENCE_ENDS = frozenset({".", "!", "?", ";", "\n", "..", "..."})
_CLAUSE_ENDS = frozenset({",", ":", "-", "(", ")", "/", "|", "*", "\u2022"})
#: A new clause begins with these.
_TURNS = frozenset(
    {"but", "although", "though", "however", "then", "yet", "except", "whereas", "while", "because", "cos", "so"}
)
#: After these "so" tells how much: "without feeling so short of breath".
_HOW_MUCH = frozenset(
    {"feel", "feels", "feeling", "felt", "is", "are", "was", "were", "am", "im", "be", "been", "being", "not", "got"}
    | {"get", "gets", "getting", "its", "hes", "shes", "theyre", "become", "becomes", "became", "never", "ever"}
)
_JOINS = frozenset({"and", "so", "then", "also", "plus", "n", "cause", "since"})
_SUBJECTS = frozenset(
    {"i", "im", "ive", "he", "hes", "she", "shes", "we", "weve", "they", "theyre", "theyve", "my", "his", "her"}
    | {"their", "our", "its", "it", "theres", "there", "me", "mine", "the", "this", "these", "now", "dad", "mum"}
)

_PRONOUNS = frozenset({"it", "its", "they", "theyre", "theyve", "both"})
#: Talk without a full stop is cut here, so that reading stays linear.
_LONGEST_SENTENCE = 90
#: What a boundary costs when two things are brought together, in words.
_SENTENCE_COST, _CLAUSE_COST, _TURN_COST = 6.0, 1.0, 3.0


@dataclass
class Clauses:
    """For every word the number of its sentence and clause; `cost[i]` is the cost of all boundaries before word i."""

    sentence: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)
    pronoun: list[bool] = field(default_factory=list)

    def distance(self, end: int, start: int) -> float:
        """Words between two places plus the cost of the boundaries between them. `end` is exclusive."""
        if start <= end:
            return 0.0
        return start - end + self.cost[start] - self.cost[end]

    def refers_back(self, end: int, start: int) -> bool:
        """Whether a pronoun opens a later clause shortly before `start` and after `end`: "... and it's swollen"."""
        return self.clause[start] != self.clause[end - 1] and any(self.pronoun[max(end, start - 3) : start])

    def bounds(self, word: int) -> tuple[int, int]:
        """First word of the sentence that a word stands in, and the word after its last."""
        number = self.sentence[word]
        return self.first[number], self.last[number]


def cut(words: list[str]) -> Clauses:
    """Sentences end at full stops and the like; clauses at commas, at "but" and the like, and at new subjects."""
    made = Clauses(first=[0])
    sentence = clause = 0
    cost = 0.0
    length = 0
    for position, word in enumerate(words):
        if position and made.sentence[-1] == sentence and _starts_clause(words, position):
            clause += 1
            cost += _TURN_COST
        made.pronoun.append(word in _PRONOUNS)
        made.sentence.append(sentence)
        made.clause.append(clause)
        made.cost.append(cost)
        length += 1
        if word in _SENTENCE_ENDS or length >= _LONGEST_SENTENCE:
            length = 0
            made.last.append(position + 1)
            made.asked.append(word == "?")
            made.first.append(position + 1)
            sentence += 1
            clause += 1
            cost += _SENTENCE_COST if word in _SENTENCE_ENDS else 0.0
        elif word in _CLAUSE_ENDS:
            clause += 1
            cost += _CLAUSE_COST
    made.last.append(len(words))
    made.asked.append(False)
    made.cost.append(cost)
    return made


def _starts_clause(words: list[str], position: int) -> bool:
    word = words[position]
    before_subject = position + 1 < len(words) and words[position + 1] in _SUBJECTS
    if word == "so" and words[position - 1] in _HOW_MUCH and not before_subject:
        return False
    return word in _TURNS or (word in _JOINS and before_subject)
