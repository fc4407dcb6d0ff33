"""What the databases need to search: a table of SQLite (FTS5) or a column of PostgreSQL.

Both follow the rows of Entry by themselves, in the same transaction: triggers and a generated
column. So no way of writing, deleting or rolling back can leave them behind. A later migration that
alters search_entry on SQLite copies the table, which loses the triggers: it must call `remove`
before and `install` after.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = ("title", "text", "title_stem", "text_stem", "scope")
_NAMES = ", ".join(COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_FORGET = (
    f"INSERT INTO search_words(search_words, rowid, {_NAMES}) VALUES('delete', old.id, {_OLD});"
)
_LEARN = f"INSERT INTO search_words(rowid, {_NAMES}) VALUES (new.id, {_NEW});"  # noqa: S608

# External content: the text lies in search_entry alone. Two and three letters begin many words.
SQLITE = (
    f"""CREATE VIRTUAL TABLE search_words USING fts5(
        {_NAMES}, content='search_entry', content_rowid='id', prefix='2 3',
        tokenize='unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER search_entry_learn AFTER INSERT ON search_entry
        BEGIN {_LEARN} END""",
    f"""CREATE TRIGGER search_entry_forget AFTER DELETE ON search_entry
        BEGIN {_FORGET} END""",
    f"""CREATE TRIGGER search_entry_relearn AFTER UPDATE OF {_NAMES} ON search_entry
        BEGIN {_FORGET} {_LEARN} END""",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS search_entry_learn",
    "DROP TRIGGER IF EXISTS search_entry_forget",
    "DROP TRIGGER IF EXISTS search_entry_relearn",
    "DROP TABLE IF EXISTS search_words",
)

# Words as rules/words.py makes them: PostgreSQL's own parser would take 22/2023 for a file. Scopes
# begin with "=", which no word does.
POSTGRESQL = (
    r"""CREATE FUNCTION search_plain(t text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT regexp_replace(
                regexp_replace(lower(normalize(t, NFKD)), '[\u0300-\u036f]', '', 'g'),
                '[^[:alnum:]]+', ' ', 'g')
        $$""",
    """ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', search_plain(title)), 'A')
        || setweight(to_tsvector('simple', title_stem), 'B')
        || setweight(to_tsvector('simple', search_plain(text)), 'C')
        || setweight(to_tsvector('simple', text_stem), 'D')
        || array_to_tsvector(string_to_array('=' || replace(scope, ' ', ' ='), ' '))
    ) STORED""",
    # Of titles alone: the index knows no weights, and looking into every row would take long.
    """ALTER TABLE search_entry ADD COLUMN title_vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', search_plain(title)), 'A')
        || setweight(to_tsvector('simple', title_stem), 'B')
        || array_to_tsvector(string_to_array('=' || replace(scope, ' ', ' ='), ' '))
    ) STORED""",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
    "CREATE INDEX search_entry_title_vector ON search_entry USING gin (title_vector)",
)
POSTGRESQL_BACK = (
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS vector",
    "ALTER TABLE search_entry DROP COLUMN IF EXISTS title_vector",
    "DROP FUNCTION IF EXISTS search_plain(text)",
)


def install(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement, params=None)


def remove(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    back = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]
    for statement in back:
        editor.execute(statement, params=None)
