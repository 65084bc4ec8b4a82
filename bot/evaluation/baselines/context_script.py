"""medspaCy's ConText over the keyword list. Runs in its own environment: python context_script.py IN OUT.

IN: {"keywords": [...], "texts": [...]}; OUT: for each text [[keyword as written, status], ...]. A sign that ConText
calls uncertain counts as present.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import medspacy
from loguru import logger
from medspacy.ner import TargetRule

logger.remove()
logging.disable(logging.WARNING)
data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
nlp.get_pipe("medspacy_target_matcher").add([TargetRule(keyword, "SIGN") for keyword in data["keywords"]])


def status(ent: Any) -> str:
    for name in ("negated", "hypothetical", "historical", "family"):
        if getattr(ent._, f"is_{name}"):
            return name
    return "present"


# Its sentence splitter fails on a text without words.
docs = [nlp(text) if text.strip() else None for text in data["texts"]]
found = [[[ent.text, status(ent)] for ent in doc.ents] if doc else [] for doc in docs]
Path(sys.argv[2]).write_text(json.dumps(found), encoding="utf-8")
