"""The engines of search, and which one answers."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import connection

from .base import Ask, Engine, EngineUnavailable, Hit
from .postgresql import PostgresqlEngine
from .sqlite import SqliteEngine

logger = logging.getLogger("zona.search")


def database_engine() -> Engine:
    """The engine of the database in use: always there, always in step."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else SqliteEngine()


def find(ask: Ask, limit: int) -> list[Hit]:
    """What the engine in force finds; the database answers when OpenSearch does not."""
    if settings.ENV.search_url:
        from .opensearch import get_engine

        try:
            return get_engine().find(ask, limit)
        except EngineUnavailable as error:
            logger.warning("OpenSearch gave no answer, the database answers: %s", error)
    return database_engine().find(ask, limit)
