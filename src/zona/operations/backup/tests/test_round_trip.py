"""A backup made while others write is restored, and everything people hold still opens.

On SQLite: to SQLite. On PostgreSQL: to PostgreSQL; to SQLite, and from that one to PostgreSQL.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from tests.site import run_zona

from zona.ground.journal.actions import record
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.operations.backup.archive.manifest import read_manifest
from zona.operations.backup.taking import take
from zona.testing import PASSWORD, make_office, make_person, open_home
from zona.website.subscriptions.actions import register_push
from zona.website.subscriptions.sending import push

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "JBSWY3DPEHPK3PXP"
# The index of the back office has a model of its own on each engine.
TYPES = {"auth_permission", "django_content_type"}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/satu"

CHECK = """
import json, os
from allauth.mfa.totp.internal.auth import (
    format_hotp_value, hotp_value, yield_hotp_counters_from_time)
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from zona.website.subscriptions.sending import push
from zona.website.subscriptions.models import Subscriber
facts = json.loads(os.environ["FACTS"])
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
override_settings(STORAGES=settings.STORAGES | plain).enable()  # no server has gathered them yet
call_command("journal", "verify")
client = Client(SERVER_NAME="localhost")
answer = client.post("/akun/login/", {"login": "admin@kpu.test", "password": facts["password"]})
assert answer.url == "/akun/2fa/authenticate/", answer.url
code = format_hotp_value(hotp_value(facts["totp"], next(iter(yield_hotp_counters_from_time()))))
assert client.post("/akun/2fa/authenticate/", {"code": code}).url == "/kantor/"
assert client.get("/kantor/").status_code == 200
subscriber = Subscriber.objects.get()
assert json.loads(subscriber.address)["endpoint"] == facts["endpoint"]
assert subscriber.token == facts["token"]
assert Client(SERVER_NAME="localhost").get(facts["link"]).status_code == 200
assert push.public_key() == facts["push"]
new = Subscriber.objects.create(channel="email", address_hash="x", sealed=b"x")
assert new.pk > subscriber.pk
print("semua terbuka")
"""


@pytest.fixture
def facts(data: Path) -> dict[str, str]:
    """What people hold before the backup."""
    office = make_office(is_open=True)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    admin.password = PBKDF2PasswordHasher().encode(PASSWORD, "garam")  # as outside of tests
    admin.save(update_fields=["password"])
    open_home(office)
    TOTP.activate(admin, SECRET)
    keys = {"p256dh": "p" * 87, "auth": "a" * 22}
    subscriber = register_push(office=office, topic="kantor", endpoint=ENDPOINT, keys=keys)
    return {
        "password": PASSWORD, "totp": SECRET, "endpoint": ENDPOINT, "token": subscriber.token,
        "link": f"/langganan/atur/{subscriber.token}/", "push": push.public_key(),
    }  # fmt: skip


class Writer(threading.Thread):
    """Commits again and again: two rows of the record in one transaction, and a file."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.data, self.commits, self.stop = data, 0, threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            with transaction.atomic():
                for half in ("satu", "dua"):
                    record(actor=half, verb="backup.test", office_code="33.08")
            (self.data / f"media/documents/{self.commits % 7}.txt").write_text("x" * self.commits)
            self.commits += 1
        connection.close()


def restore(place: Path, data: Path, **where: str) -> None:
    """Take the backup back; `where`: DATABASE_URL, unless it is the data folder's own SQLite."""
    assert "Tidak ada yang berbeda" in run_zona("restore", str(place), data=data, **where)


def try_everything(data: Path, facts: dict[str, str], **where: str) -> None:
    """Sign in, open and follow what people held; needs a copy in which nobody did so."""
    shell = ("manage", "shell", "--no-imports", "-c", CHECK)
    assert "semua terbuka" in run_zona(*shell, data=data, FACTS=json.dumps(facts), **where)


def test_what_people_hold_still_opens(
    data: Path, tmp_path: Path, facts: dict[str, str], make_database: Any
) -> None:
    earlier = Entry.objects.count()
    writer = Writer(data)
    writer.start()
    try:
        while not writer.commits:
            assert writer.is_alive()
        manifest = take(tmp_path / "b", passphrase=None)
    finally:
        writer.stop.set()
        writer.join()
    written = manifest.tables["journal_entry"]["rows"] - earlier
    assert written >= 2
    assert written % 2 == 0  # none was caught between the two of one transaction

    def by_sqlite() -> None:
        restore(tmp_path / "b", tmp_path / "one")
        if connection.vendor == "postgresql":
            run_zona("backup", str(tmp_path / "c"), data=tmp_path / "one")
            again = read_manifest(tmp_path / "c").tables
            other = {name for name, facts in manifest.tables.items() if again[name] != facts}
            assert other <= TYPES
            where = {"DATABASE_URL": three}
            restore(tmp_path / "c", tmp_path / "three", **where)
            try_everything(tmp_path / "three", facts, **where)
        try_everything(tmp_path / "one", facts)

    def straight() -> None:
        where = {"DATABASE_URL": two}
        restore(tmp_path / "b", tmp_path / "two", **where)
        try_everything(tmp_path / "two", facts, **where)

    if connection.vendor == "sqlite":
        by_sqlite()
        with pytest.raises(AssertionError, match="tidak kosong"):
            restore(tmp_path / "b", tmp_path / "one")
        return
    two, three = make_database("two"), make_database("three")
    with ThreadPoolExecutor() as pool:  # each builds its tables for a while
        for way in [pool.submit(by_sqlite), pool.submit(straight)]:
            way.result()


def test_a_damaged_file_is_left_out_when_that_is_asked(data: Path, tmp_path: Path) -> None:
    place, name = tmp_path / "b", "media/documents/satu.pdf"
    take(place, passphrase=None)
    (place / "files" / name).write_bytes(b"busuk")
    new = tmp_path / "new"
    with pytest.raises(AssertionError, match="--skip-damaged"):
        run_zona("restore", str(place), data=new)
    with pytest.raises(AssertionError, match=f"berbeda: {name}\n"):  # ends with 1
        run_zona("restore", "--skip-damaged", str(place), data=new)
    assert not (new / name).exists()
    assert (new / "private/agenda/dua.txt").read_bytes() == b"dua"
    assert (new / "private").stat().st_mode & 0o077 == 0
    (place / "tables/offices_user.jsonl.gz").write_bytes(b"busuk")
    with pytest.raises(AssertionError, match=r"offices_user\.jsonl\.gz: berubah"):
        run_zona("restore", "--skip-damaged", str(place), data=tmp_path / "other")


@pytest.fixture
def make_database() -> Any:
    """Makes an empty database on the server under test; its address."""
    made = []

    def make(name: str) -> str:
        given = connection.settings_dict
        full = f"{given['NAME']}_{name}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{full}"')
        made.append(full)
        secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
        return f"postgres://{given['USER']}{secret}@{given['HOST']}:{given['PORT']}/{full}"

    yield make
    for full in made:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
