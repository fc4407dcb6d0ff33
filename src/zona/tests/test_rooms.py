"""What a room forgot to tell the house. Each fact is asked for where it would be missed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from apscheduler.triggers.cron import CronTrigger
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.urls import URLResolver, get_resolver
from django.utils.module_loading import import_string

from zona.backstage.rights.isolation import is_open
from zona.config.environment import REPOSITORY
from zona.ground.house import gather, rooms

PACKAGE = REPOSITORY / "src" / "zona"
LEFT_OUT = ("zona.website.podcast", "zona.website.cards", "zona.website.feedback")


def test_every_room_stands_in_the_wiring() -> None:
    found = {
        "zona." + ".".join(path.parent.relative_to(PACKAGE).parts)
        for path in PACKAGE.rglob("apps.py")
    }
    assert found == set(settings.ROOMS)


@pytest.mark.parametrize("name", settings.ROOMS)
def test_every_table_is_public_or_private(name: str) -> None:
    """A page kept in memory ends when a public table is written, and only then."""
    room = rooms()[name]
    (config,) = (config for config in apps.get_app_configs() if config.name == name)
    models = config.get_models(include_auto_created=True)
    tables = {str(model._meta.object_name): model for model in models}
    assert room.public | room.private == tables.keys()
    assert not room.public & room.private
    for table, columns in room.unseen_columns.items():
        fields = {field.column for field in tables[table]._meta.concrete_fields}
        assert table in room.public
        assert columns <= fields


@pytest.mark.parametrize("job", list(gather("jobs")), ids=lambda job: job.name)
def test_every_job_can_be_done(job: Any) -> None:
    assert CronTrigger(**job.when)
    assert import_string(job.task).enqueue


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in gather("jobs")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("fact", ["when_published", "when_unpublished"])
def test_every_step_of_publication_can_be_taken(fact: str) -> None:
    assert all(callable(import_string(path)) for path in gather(fact))


def test_every_command_of_the_start_exists() -> None:
    assert set(gather("at_start")) <= get_commands().keys()


def list_addresses(resolver: URLResolver, route: str = "", name: str = "") -> Iterator[Any]:
    """(address, name of the screen, its last part) of all patterns."""
    for pattern in resolver.url_patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{name}{pattern.namespace}:" if pattern.namespace else name
            yield from list_addresses(pattern, path, inner)
        else:
            yield path, f"{name}{pattern.name or pattern.lookup_str}", pattern


def test_every_staff_screen_of_ours_was_opened_by_its_room() -> None:
    libraries = ("wagtail", "django.")
    for path, name, _pattern in list_addresses(get_resolver()):
        if path.startswith("kantor/") and not name.startswith(libraries):
            assert is_open(name), path


def test_first_words_of_addresses_are_reserved() -> None:
    """A page that took one could never be read."""
    words = set()
    for path, _name, _pattern in list_addresses(get_resolver()):
        first = path.removeprefix("^").split("/")[0]
        if re.fullmatch(r"[a-z][a-z-]*", first):  # as the short name of a page may be
            words.add(first)
    assert words - {"_util"} <= set(gather("reserved"))


def test_the_house_stands_without_some_rooms(tmp_path: Path) -> None:
    """They are closed by their line in the wiring alone; no other room names them."""
    code = (
        "from django.core.management import call_command; import django; django.setup();"
        "call_command('check'); call_command('migrate', verbosity=0);"
        "call_command('seed', office='33.08', verbosity=0);"
        "from django.test import Client; from zona.website.site.models import HomePage;"
        "home = HomePage.objects.get();"
        "client = Client(headers={'host': 'localhost'});"
        "answer = client.get(home.url_path.replace('/indonesia', '', 1));"
        "assert answer.status_code in (200, 301), answer"
    )
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "zona.config.settings_test",
        "ROOMS_LEFT_OUT": " ".join(LEFT_OUT),
    }
    variables.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=variables | {"ZONA_DATA": str(tmp_path)},
        cwd=Path(REPOSITORY),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_no_other_room_imports_what_can_be_left_out() -> None:
    for name in LEFT_OUT:
        users = [
            path
            for path in PACKAGE.rglob("*.py")
            if "tests" not in path.parts
            and name in path.read_text()
            and not path.is_relative_to(Path(str(import_module(name).__file__)).parent)
        ]
        assert users in ([], [PACKAGE / "config" / "wiring.py"]), name
