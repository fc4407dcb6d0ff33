"""Which tables a backup carries: all of them, but those that are named here with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from django.apps import apps as current_apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from ..faults import BackupError
from .values import Column, describe_column

# What comes into being by itself in a restored installation.
DERIVED = {
    "sessions.Session": "whoever restores a copy elsewhere is not signed in as everybody",
    "usersessions.UserSession": "belongs to sessions",
    "serving.Change": "tells running web processes which pages to drop; none runs",
    "wagtailsearch.IndexEntry": "another table on each engine; `update_index` makes it",
    "wagtailsearch.SQLiteFTSIndexEntry": "belongs to IndexEntry",
}
# Tables without a model. Which migrations were applied stands in the manifest.
WITHOUT_MODEL = (
    "django_migrations",
    "sqlite_*",
    "search_words*",  # follows search_entry by triggers
    "wagtailsearch_indexentry_fts*",
    "zona_restore",
)


@dataclass(frozen=True)
class Table:
    """One table as it is carried; `key` is its primary key's column."""

    name: str
    label: str
    key: Column
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Schema:
    """The state of the tables: the migrations applied, and the models that belong to it."""

    migrations: tuple[tuple[str, str], ...]
    apps: Any

    def models(self) -> Iterator[type[Model]]:
        """Each model that has a table of its own, once a table."""
        seen = set()
        for model in self.apps.get_models(include_auto_created=True):
            meta = model._meta
            if meta.proxy or meta.swapped or not meta.managed or meta.db_table in seen:
                continue
            seen.add(meta.db_table)
            yield model

    def tables(self) -> list[Table]:
        """The tables that are carried, by name."""
        carried = (m for m in self.models() if m._meta.label not in DERIVED)
        return sorted(map(describe_table, carried), key=lambda table: table.name)


def describe_table(model: type[Model]) -> Table:
    """How the rows of a model's own table are carried (parents have tables of their own)."""
    meta = model._meta
    columns = tuple(describe_column(field) for field in meta.local_concrete_fields)
    key = next(column for column in columns if column.name == meta.pk.column)
    return Table(meta.db_table, meta.label, key, columns)


def read_schema(connection: BaseDatabaseWrapper) -> Schema:
    """The schema of a database as it is, which may be older than the code."""
    loader = MigrationLoader(connection)
    applied = sorted(set(loader.applied_migrations))
    unknown = find_newer(loader, applied)
    if unknown:
        raise BackupError(
            f"Basis data ini dari Zona yang lebih baru ({unknown[0][0]} {unknown[0][1]})."
            " Pakai kode yang sama barunya."
        )
    return Schema(tuple(applied), apps_of(loader, applied))


def find_newer(
    loader: MigrationLoader, applied: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Applied migrations that this code does not know, of rooms that it knows."""
    return [
        key
        for key in applied
        if key[0] in loader.migrated_apps and key not in loader.disk_migrations
    ]


def apps_of(loader: MigrationLoader, applied: list[tuple[str, str]]) -> Any:
    """The models after these migrations; the real ones when no migration is missing."""
    missing = set(loader.graph.nodes) - set(applied)
    if not missing:
        return current_apps
    return loader.project_state(last_of(loader, set(applied))).apps


def last_of(loader: MigrationLoader, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the migrations that no later applied one of the same app builds on."""
    nodes = [key for key in loader.graph.nodes if key in applied]
    built_on = {
        parent.key
        for key in nodes
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(key for key in nodes if key not in built_on)


def find_unnamed(connection: BaseDatabaseWrapper, schema: Schema) -> list[str]:
    """Tables of the database that are neither carried nor named as derived."""
    known = {model._meta.db_table for model in schema.models()}
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return sorted(
        name
        for name in names
        if name not in known and not any(fnmatch(name, pattern) for pattern in WITHOUT_MODEL)
    )
