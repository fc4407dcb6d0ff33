"""Triggers that let the record only grow, for SQLite and PostgreSQL.

Rows of the record cannot be updated or deleted; a head can only step forward by one. There is no
switch that turns this off: whoever must (tests that empty their database) drops the triggers, which
takes the rights of the tables' owner. A missing trigger is reported by `zona journal verify` and
put back by `zona prepare`.
"""

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("journal_entry", "journal_head")

_FORWARD = "NEW.office_code = OLD.office_code AND NEW.last_seq = OLD.last_seq + 1"
_REFUSAL = "the journal is append-only"

# INSERT OR REPLACE deletes without firing a delete trigger, so replacing is refused at the insert.
# For heads it is passed over in silence, because the action inserts a head "or ignore".
_SQLITE = {
    "journal_entry_no_update": f"""BEFORE UPDATE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: update refused'); END""",
    "journal_entry_no_delete": f"""BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: delete refused'); END""",
    "journal_entry_no_replace": f"""BEFORE INSERT ON journal_entry
        WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM journal_entry
                     WHERE office_code = NEW.office_code AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: replace refused'); END""",  # noqa: S608 - constants
    "journal_head_forward": f"""BEFORE UPDATE ON journal_head WHEN NOT ({_FORWARD})
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: its head only steps forward'); END""",
    "journal_head_no_delete": f"""BEFORE DELETE ON journal_head
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: delete refused'); END""",
    "journal_head_no_replace": """BEFORE INSERT ON journal_head
        WHEN EXISTS (SELECT 1 FROM journal_head WHERE office_code = NEW.office_code)
        BEGIN SELECT RAISE(IGNORE); END""",
}

_POSTGRESQL = {
    "journal_entry_no_change": "BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW",
    "journal_entry_no_truncate": "BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT",
    "journal_head_forward": f"BEFORE UPDATE ON journal_head FOR EACH ROW WHEN (NOT ({_FORWARD}))",
    "journal_head_no_delete": "BEFORE DELETE ON journal_head FOR EACH ROW",
    "journal_head_no_truncate": "BEFORE TRUNCATE ON journal_head FOR EACH STATEMENT",
}

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_REFUSAL}: % of % refused', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    match connection.vendor:
        case "sqlite":
            return _SQLITE
        case "postgresql":
            return _POSTGRESQL
    raise NotSupportedError(f"the journal has no triggers for {connection.vendor}")


def _table(name: str) -> str:
    return next(table for table in TABLES if name.startswith(table))


def install(connection: BaseDatabaseWrapper) -> None:
    """Create all triggers, replacing those of the same name. The tables must exist."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, body in _wanted(connection).items():
            call = " EXECUTE FUNCTION journal_refuse()" if connection.vendor == "postgresql" else ""
            cursor.execute(f"CREATE TRIGGER {name} {body}{call}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers; needs the rights of the tables' owner."""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            place = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS journal_refuse()")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are gone or switched off; [] while the tables do not exist."""
    wanted = _wanted(connection)
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return []
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
                " AND tgrelid IN (to_regclass('journal_entry'), to_regclass('journal_head'))"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    return sorted(set(wanted) - present)
