"""Reads content files strictly: no duplicate keys, no surprise booleans, placeholders filled or refused."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.errors import KnowledgeError
from bot.unique_keys import UniqueKeys

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class _StrictLoader(UniqueKeys, yaml.CSafeLoader):
    """Safe YAML in which a key may stand once, and yes, no, on and off are words and not booleans."""


# PyYAML keeps the resolvers by first letter on the class; without a copy every loader would change.
_StrictLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"]
    for letter, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_file(folder: Path, name: str) -> dict[str, Any]:
    """The mapping in one file. Raises KnowledgeError when it is missing, is not YAML or is not a mapping."""
    try:
        content = yaml.load((folder / name).read_text(encoding="utf-8"), Loader=_StrictLoader)
    except OSError as error:
        raise KnowledgeError(name, "file", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(name, "file", "is not UTF-8 text") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(name, "file", "is not valid YAML: " + " ".join(str(error).split())) from error
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise KnowledgeError(name, "file", "must hold a mapping with words as keys")
    return content


def fill(content: Any, values: Mapping[str, str], file: str, entry: str = "file") -> Any:
    """A copy of `content` in which every {name} in every text is replaced. Raises on a name without a value."""
    if isinstance(content, str):
        for name in _PLACEHOLDER.findall(content):
            if name not in values:
                raise KnowledgeError(file, entry, f"unknown placeholder {{{name}}}")
        return _PLACEHOLDER.sub(lambda match: values[match[1]], content)
    if isinstance(content, Mapping):
        inner = str(content["id"]) if "id" in content else entry
        return {key: fill(value, values, file, inner) for key, value in content.items()}
    if isinstance(content, list):
        return [fill(value, values, file, entry) for value in content]
    return content
