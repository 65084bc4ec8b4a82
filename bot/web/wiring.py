"""The gateway put together from the project's own parts."""

from starlette.applications import Starlette

from bot.knowledge import load_knowledge
from bot.settings import Settings
from bot.storage.redaction import find
from bot.web.app import create_app
from bot.web.fallback import Fallback, Reads
from bot.web.knowledge_texts import KnowledgeTexts, page_facts


def make_app(settings: Settings, reader: Reads) -> Starlette:
    """The application on the reviewed content. Raises KnowledgeError for content or a country that can't be used."""
    knowledge = load_knowledge(country=settings.country)
    fallback = Fallback(reader, KnowledgeTexts(knowledge))
    return create_app(settings, page_facts(knowledge, settings.keep_days), fallback, find)
