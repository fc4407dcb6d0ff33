"""The data of the last landed state, small, so that an upgrade of it can be tried.

`python -m tests.landed` makes it anew from the code as it is: run it once a change has landed,
never to make a failing upgrade pass. Its key is for this folder alone and guards nothing.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).parent / "zona.sqlite3.xz"
KEY = "hanya-untuk-mencoba-pemutakhiran-" + "0" * 32

# Beside the demo office: somebody with a role, an event in the calendar, a draft, a channel.
FILL = """
from zona.bakohumas.agenda.actions.events import add_event
from zona.bakohumas.agenda.models import EventKind
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.newsroom.actions.writing import begin
from zona.offices.models import Office, Role
from zona.testing import make_person
import datetime as dt
from django.utils import timezone

office = Office.objects.get(is_demo=True)
editor = make_person("sri@contoh.id", Role.EDITOR, office=office, name="Sri")
now = timezone.now()
event = add_event(actor=editor, office=office, facts={
    "kind": EventKind.objects.first(), "title": "Rapat koordinasi", "starts_at": now,
    "ends_at": now + dt.timedelta(hours=2), "place": "Aula", "people": "",
})
begin(actor=editor, office=office, fields={"title": "Rapat koordinasi", "lead": "", "text": ""})
Channel.objects.create(office=office, kind="whatsapp", name="Grup wartawan")
"""


def environment(data: Path) -> dict[str, str]:
    """Of a process that works on the folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZONA_")}
    kept.pop("DATABASE_URL", None)
    source = str(Path(__file__).parents[2] / "src")
    return kept | {
        "PYTHONPATH": source,
        "ZONA_DATA": str(data),
        "ZONA_SECRET_KEY": KEY,
        "DJANGO_SETTINGS_MODULE": "zona.config.settings",
    }


def manage(data: Path, *command: str) -> str:
    """Run a management command; its output."""
    line = [sys.executable, "-P", "-m", "zona", "manage", *command]
    done = subprocess.run(line, env=environment(data), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def renew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        manage(data, "migrate")
        manage(data, "seed")
        manage(data, "seed_agenda")
        manage(data, "seed_numbers")
        manage(data, "shell", "--no-imports", "-c", FILL)
        with sqlite3.connect(data / "zona.sqlite3") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with sqlite3.connect(data / "zona.sqlite3") as database:
            database.execute("VACUUM")
        FILE.write_bytes(lzma.compress((data / "zona.sqlite3").read_bytes(), preset=9))


def lay_down(data: Path) -> Path:
    """Put the folder at `data`; its database."""
    place = data / "zona.sqlite3"
    place.write_bytes(lzma.decompress(FILE.read_bytes()))
    return place
