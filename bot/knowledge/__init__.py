"""The reviewed content of data/knowledge, loaded and checked once, with typed access to it."""

from bot.knowledge.care import CareCard
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.loader import DEFAULT_FOLDER, Knowledge, load_knowledge

__all__ = ["DEFAULT_FOLDER", "CareCard", "Knowledge", "KnowledgeError", "load_knowledge"]
