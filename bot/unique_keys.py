"""A mapping in a YAML file whose keys may each stand only once. YAML readers keep the last one in silence."""

from collections.abc import Hashable
from typing import Any

import yaml


class UniqueKeys:
    """For a YAML loader, before its other base: raises a ConstructorError, with the place, where a key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node."""
        keys: set[Hashable] = set()
        for key_node, _ in node.value:
            key: Hashable = self.construct_object(key_node, deep=True)  # type: ignore[attr-defined]
            if key in keys:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
            keys.add(key)
        return super().construct_mapping(node, deep)  # type: ignore[misc, no-any-return]
