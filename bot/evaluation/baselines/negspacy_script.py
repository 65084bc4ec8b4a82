"""negspacy over the keyword list. Runs in its own environment: python negspacy_script.py IN OUT.

IN: {"keywords": [...], "texts": [...]}; OUT: for each text [[keyword as written, "present" or "negated"], ...].
"""

import json
import sys
from pathlib import Path
from typing import Any

import spacy
from negspacy.negation import Negex  # noqa: F401  registers the component

data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
ruler.add_patterns([{"label": "SIGN", "pattern": keyword} for keyword in data["keywords"]])
nlp.add_pipe("negex", config={"ent_types": ["SIGN"]})
found = [[[ent.text, "negated" if ent._.negex else "present"] for ent in doc.ents] for doc in nlp.pipe(data["texts"])]
Path(sys.argv[2]).write_text(json.dumps(found), encoding="utf-8")
