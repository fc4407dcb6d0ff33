"""A real `zona backup` is killed in the middle."""

import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from tests.site import ZONA, environment_of, run_zona

from zona.operations.backup.archive.files import read_entries
from zona.operations.backup.taking import LIST_DRAFT, staging_of
from zona.operations.backup.verifying import find_faults

pytestmark = pytest.mark.django_db(transaction=True)
FILES = 3000  # each is brought to the disk: some tenths of a second at least


def address_of_database() -> str:
    """What DATABASE_URL is for a process that shall see the database of this test."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(given['NAME']))}"
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{secret}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def test_killed_it_leaves_none_and_the_next_run_goes_on(data: Path, tmp_path: Path) -> None:
    for number in range(FILES):
        (data / f"media/documents/{number:04}.txt").write_text(f"{number}" * 100)
    target, address = tmp_path / "b", address_of_database()
    draft = staging_of(target) / LIST_DRAFT
    process = subprocess.Popen(
        [*ZONA, "backup", str(target)], env=environment_of(data, DATABASE_URL=address)
    )
    while len(list(read_entries(draft))) < 50:
        assert process.poll() is None, "it ended before it could be killed"
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert not target.exists()
    copied = {entry.path for entry in read_entries(draft)}
    first = draft.parent / "files"
    before = {path: (first / path).stat().st_ino for path in copied}

    run_zona("backup", str(target), data=data, DATABASE_URL=address)
    manifest, faults = find_faults(target, lambda stage, count: None)
    assert faults == []
    assert manifest.files["count"] == FILES + 2
    assert {path: (target / "files" / path).stat().st_ino for path in copied} == before
    assert not staging_of(target).exists()
