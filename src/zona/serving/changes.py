"""Notes every write that the public may see, in the very transaction that writes.

It stands at the database connection, below the ORM, because QuerySet.update, bulk_create, raw SQL
and what libraries do beside signals change pages as well. What no room calls private counts as
seen, so that a new table is safe before anybody thought of it. The signals before and after
saving only tell whose office it is; without them a change is everybody's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_save, pre_save

from zona.ground.house import rooms

from . import rules
from .models import Change

# Tables of libraries of which the public sees nothing; those of rooms stand in their room.py.
HIDDEN_LIBRARIES = {
    "account", "auth", "contenttypes", "django_tasks_database", "mfa", "sessions", "usersessions",
    "wagtailadmin", "wagtailsearch", "wagtailusers",
}  # fmt: skip
HIDDEN_OF_WAGTAIL = {
    "APIToken", "Comment", "CommentReply", "GroupApprovalTask", "GroupApprovalTask_groups",
    "GroupCollectionPermission", "GroupPagePermission", "GroupSitePermission", "ModelLogEntry",
    "PageLogEntry", "PageSubscription", "ReferenceIndex", "Revision", "Task", "TaskState",
    "UploadedFile", "Workflow", "WorkflowContentType", "WorkflowPage", "WorkflowState",
    "WorkflowTask",
}  # fmt: skip
OTHER_TABLES = {"django_migrations", "sqlite_sequence"}


def hidden_tables() -> dict[str, set[str]]:
    """Table -> columns that nobody sees; no columns: nothing of it is seen."""
    found: dict[str, set[str]] = {name: set() for name in OTHER_TABLES}
    for config in apps.get_app_configs():
        room = rooms().get(config.name)
        for model in config.get_models(include_auto_created=True):
            name, table = str(model._meta.object_name), model._meta.db_table.lower()
            if (
                config.label in HIDDEN_LIBRARIES
                or (room and name in room.private)
                or (config.label == "wagtailcore" and name in HIDDEN_OF_WAGTAIL)
            ):
                found[table] = set()
            elif room and name in room.unseen_columns:
                found[table] = set(room.unseen_columns[name])
    return found


# --- whose change it is ---


class _Saving(threading.local):
    """The model instance that this thread is saving: its tables and its office."""

    tables: frozenset[str] = frozenset()
    office: int | None = None


_saving = _Saving()


def office_of(instance: Model) -> int | None:
    """The office whose pages alone can show a row, by number; None: any page may."""
    found = getattr(instance, "office_id", None)
    if found is not None:
        return int(found)
    # Rows that hang on a page or picture; only what is at hand, no query is worth it.
    for name in ("page", "content_object", "image", "recording"):
        owner = instance._state.fields_cache.get(name)
        if owner is not None and getattr(owner, "office_id", None) is not None:
            return int(owner.office_id)
    return None


def _before_save(sender: type[Model], instance: Model, **_: Any) -> None:
    meta = sender._meta
    tables = {meta.db_table, *(parent._meta.db_table for parent in meta.all_parents)}
    _saving.tables = frozenset(name.lower() for name in tables)
    _saving.office = office_of(instance)


def _forget(**_: Any) -> None:
    _saving.tables, _saving.office = frozenset(), None


# --- noting ---


class _Noted:
    """Stands among the functions to run on commit, for as long as the row it stands for.

    Django drops it with the savepoint or transaction that is rolled back, as the database drops
    the row; so one row a transaction and office is enough.
    """

    def __init__(self, office: int | None) -> None:
        self.office = office

    def __call__(self) -> None: ...


_hidden: dict[str, set[str]] = {}
_is_ready = False


def note(connection: BaseDatabaseWrapper, office: int | None) -> None:
    """Write one row of Change, unless this transaction did."""
    for _, noted, *_ in connection.run_on_commit:
        if isinstance(noted, _Noted) and noted.office in (None, office):
            return
    if not _table_is_there(connection):
        return
    Change(office_id=office).save(using=connection.alias, force_insert=True)
    if connection.in_atomic_block:
        connection.on_commit(_Noted(office))


def _table_is_there(connection: BaseDatabaseWrapper) -> bool:
    """While a new database is being made, nothing is kept and nothing need be told."""
    global _is_ready
    if not _is_ready:
        _is_ready = Change._meta.db_table in connection.introspection.table_names()
    return _is_ready


def watch_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An execute wrapper of Django."""
    if sql.startswith("SELECT"):
        return execute(sql, params, many, context)
    try:
        result = execute(sql, params, many, context)
    except BaseException:
        _forget()
        raise
    if rules.shows(sql, _hidden):
        table = rules.table_written(sql)
        office = _saving.office if table in _saving.tables else None
        saved = _saving.tables, _saving.office
        note(context["connection"], office)
        _saving.tables, _saving.office = saved
        if table == "wagtailcore_site":
            _settle_addresses(context["connection"])
    return result


def _settle_addresses(connection: BaseDatabaseWrapper) -> None:
    """Wagtail forgets its shared list of sites at once, so another process may fill it with what
    stood before the commit. It is forgotten again afterwards, and what was made of it too.
    """
    from wagtail.models import Site

    def settle() -> None:
        Site.clear_site_root_paths_cache()
        note(connection, None)

    connection.on_commit(settle)


def _watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if watch_writes not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch_writes)


def start() -> None:
    """Watch all connections of this process; called once, from apps.ready()."""
    _hidden.update(hidden_tables())
    pre_save.connect(_before_save, dispatch_uid="serving.before_save")
    post_save.connect(_forget, dispatch_uid="serving.after_save")
    request_started.connect(_forget, dispatch_uid="serving.request")
    connection_created.connect(_watch_connection, dispatch_uid="serving.connection")
    for connection in connections.all(initialized_only=True):
        _watch_connection(connection)
