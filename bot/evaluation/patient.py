"""A scripted patient: knows all the facts about itself and answers what the guide asks, by taps or in words.

Used by the tests that hold whole conversations, and to fill a demonstration database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: What is sent to the guide: {"text": ...}, or a tap as {"answer": {...}, "text": title}.
Message = dict[str, Any]


@dataclass(frozen=True)
class ScriptedPatient:
    """opening: the first message; flags: red flags that are really there; taps and texts: answers by question."""

    opening: str
    flags: frozenset[str]
    taps: Mapping[str, Any]
    texts: Mapping[str, str]
    types: bool = False

    @classmethod
    def from_yaml(cls, entry: Mapping[str, Any], types: bool = False) -> "ScriptedPatient":
        """An entry of tests/patients/vignettes.yml; `types` makes the patient type instead of tap."""
        return cls(entry["opening"], frozenset(entry["flags"]), entry["taps"], entry["texts"], types)

    def answer(self, replies: Iterable[Mapping[str, Any]]) -> Message | None:
        """The answer to the last question among the replies, None where nothing is asked."""
        for reply in reversed(list(replies)):
            data = reply["data"]
            if data.get("asks"):
                return self._to_direct_question(data["asks"])
            if data.get("step"):
                return self._to_step(data["step"], reply)
        return None

    def _to_direct_question(self, asks: Iterable[str]) -> Message:
        answer = "yes" if self.flags & set(asks) else "no"
        return {"text": answer} if self.types else {"text": answer, "answer": {"choice": answer}}

    def _to_step(self, step: str, reply: Mapping[str, Any]) -> Message:
        if self.types:
            return {"text": self.texts[step]}
        chosen = self.taps[step]
        if isinstance(chosen, Mapping):
            return {"text": "tapped the body map", "answer": {"areas": dict(chosen)}}
        ids = [chosen] if isinstance(chosen, str) else list(chosen)
        offered = {choice["id"]: choice["title"] for choice in reply["choices"]}
        ids = [id_ for id_ in ids if id_ in offered] or ["none"]
        text = "; ".join(offered.get(id_, id_) for id_ in ids)
        answer = {"choice": ids[0]} if step == "where" else {"choices": ids}
        return {"text": text, "answer": answer}
