"""The engines of search, and which one answers."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import connection

from .base import Ask, Engine, EngineUnavailable, Hit
from .postgresql import PostgresqlEngine
from .sqlite import SqliteEngine

logger = logging.getLogger("zona.backstage.search")


def database_engine() -> Engine:
    """The engine of the database in use: always there, always in step."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else SqliteEngine()


def find(ask: Ask, limit: int) -> list[Hit]:
    """The entries with all terms, by the engine in force."""
    return _ask(lambda engine: engine.find(ask, limit))


def find_some(ask: Ask, least: int, limit: int) -> list[Hit]:
    """The entries with some of the terms, by the engine in force."""
    return _ask(lambda engine: engine.find_some(ask, least, limit))


def _ask(question: Callable[[Engine], list[Hit]]) -> list[Hit]:
    """What OpenSearch answers when there is one; the database answers when it does not."""
    if settings.ENV.search_url:
        from .opensearch import get_engine

        try:
            return question(get_engine())
        except EngineUnavailable as error:
            logger.warning("OpenSearch gave no answer, the database answers: %s", error)
    return question(database_engine())
