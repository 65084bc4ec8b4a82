"""Says a conversation again to the current model, as a process of its own: Rasa is not loaded where the console runs.

Reads one JSON object from standard input, {"turns": [{"text", "answer"}]}, and writes one line of JSON for each turn:
{"intent", "confidence", "urgency", "asks", "grade", "findings": [[sign, status]], "actions", "replies"}. Nothing is
stored.
"""

import asyncio
import json
import sys
from typing import Any

_QUIET = ("action_listen", "action_session_start")


async def replay(turns: list[dict[str, Any]], agent: Any) -> None:
    """Writes the line of each turn when it is done."""
    from rasa.core.tracker_store import InMemoryTrackerStore
    from rasa.shared.core.events import ActionExecuted

    from bot.evaluation.ask import Talk

    agent.tracker_store.store = InMemoryTrackerStore(agent.domain).store
    talk = Talk(agent)
    seen = 0
    for turn in turns:
        replies = await talk.say(turn["text"], turn.get("answer"))
        tracker = await agent.tracker_store.retrieve(talk.id)
        events = list(tracker.events)
        actions = [
            e.action_name for e in events[seen:] if isinstance(e, ActionExecuted) and e.action_name not in _QUIET
        ]
        seen = len(events)
        reading = talk.reading
        line = {
            "intent": talk.intent.get("name"),
            "confidence": talk.intent.get("confidence"),
            "urgency": reading.get("urgency"),
            "asks": reading.get("asks", []),
            "grade": reading.get("assessment", {}).get("grade"),
            "findings": [[finding["sign"], finding["status"]] for finding in reading.get("findings", [])],
            "actions": actions,
            "replies": [reply["text"] for reply in replies],
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Exit code 2, with a sentence, where there is no model."""
    from bot.rasa_parts.quiet import quiet

    quiet()
    from bot.rasa_parts.agent import load_agent

    try:
        asyncio.run(replay(json.load(sys.stdin)["turns"], load_agent()))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
