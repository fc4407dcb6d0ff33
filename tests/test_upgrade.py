"""The data of the last landed state is brought up to the code as it is, and nothing is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.landed import lay_down, manage

OPEN_PAGES = """
from django.test import Client
from zona.website.site.models import BasePage
client = Client(headers={"host": "localhost"})
for page in BasePage.objects.live().filter(office__isnull=False):
    address = page.get_url_parts()[2]
    assert client.get(address).status_code == 200, address
"""
# What a migration may empty: rows that are made again.
REMADE = {"django_content_type", "auth_permission", "wagtailcore_referenceindex"}


def count_rows(place: Path) -> dict[str, int]:
    """Rows by table; those of the search index are made anew."""
    with sqlite3.connect(place) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("search_", "sqlite_")) and name not in REMADE
        ]
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
        }


def test_the_last_landed_data_comes_along(tmp_path: Path) -> None:
    place = lay_down(tmp_path)
    before = count_rows(place)
    assert before["agenda_event"] == before["channels_channel"] == 1
    manage(tmp_path, "migrate")
    after = count_rows(place)
    assert not {name: rows for name, rows in before.items() if after.get(name, 0) < rows}
    manage(tmp_path, "journal", "verify")
    manage(tmp_path, "collectstatic", "--noinput", "-v0")
    manage(tmp_path, "shell", "--no-imports", "-c", OPEN_PAGES)
