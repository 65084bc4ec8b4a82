"""Recognises a message that only answers the question before it: yes, no, or not sure, in their many forms."""

from bot.language.lexicon import Lexicon
from bot.language.reading import Answer

_LONGEST = 9


class AnswerReader:
    """Whole-message answers, with politeness around them ignored."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._answers = {words: Answer(name) for words, name in lexicon.answers.items()}
        self._filler = lexicon.words["filler"]

    def read(self, words: list[str]) -> Answer | None:
        """The answer that all words of a message make, or None."""
        spoken = [word for word in words if word[0].isalnum() or word in ("?", "%")]
        if spoken and spoken[-1] == "?" and len(spoken) > 1:
            spoken = [word for word in spoken if word != "?"]
        if not spoken or len(spoken) > _LONGEST + 4:
            return None
        found = self._answers.get(tuple(spoken))
        if found:
            return found
        core = [word for word in spoken if word not in self._filler]
        return self._answers.get(tuple(core)) or self._all_of_one_kind(core)

    def _all_of_one_kind(self, words: list[str]) -> Answer | None:
        """ "Nope, no, none of that": several answers of one kind in a row."""
        found: set[Answer] = set()
        position = 0
        while position < len(words):
            for length in range(min(_LONGEST, len(words) - position), 0, -1):
                answer = self._answers.get(tuple(words[position : position + length]))
                if answer:
                    found.add(answer)
                    position += length
                    break
            else:
                return None
        return found.pop() if len(found) == 1 else None
