"""What is sealed opens for its purpose and its keys only, also after the key was changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from zona.ground.sealing.boxes import Box, CannotOpen
from zona.ground.sealing.fields import SealedTextField, Unreadable
from zona.ground.sealing.keys import fingerprint
from zona.ground.sealing.links import Ticket, hash_token, make_token

OLD, NEW = "o" * 40, "n" * 40


def change_key(settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]


def test_a_box_opens_what_it_sealed_and_nothing_else():
    sealed = Box("a.b").seal("rahasia")
    assert b"rahasia" not in sealed
    assert sealed != Box("a.b").seal("rahasia")
    assert Box("a.b").unseal(sealed) == Box("a.b").unseal(memoryview(sealed)) == "rahasia"
    for purpose, given in (("a.c", sealed), ("a.b", sealed[:-4] + b"AAAA"), ("a.b", b"")):
        with pytest.raises(CannotOpen):
            Box(purpose).unseal(given)


def test_an_old_key_opens_and_does_not_seal(settings):
    settings.SECRET_KEY = OLD
    box, ticket = Box("a.b"), Ticket("a.b")
    sealed, signed, name = box.seal("rahasia"), ticket.sign([1]), fingerprint("a.b", "x")
    change_key(settings)
    assert (box.unseal(sealed), ticket.read(signed)) == ("rahasia", [1])
    assert fingerprint("a.b", "x") == name
    fresh = box.seal("baru")
    settings.SECRET_KEY_FALLBACKS = []
    assert box.unseal(fresh) == "baru"
    assert ticket.read(signed) is None
    with pytest.raises(CannotOpen):
        box.unseal(sealed)


def test_parts_of_a_fingerprint_do_not_run_together():
    assert fingerprint("a.b", "x", "yz") != fingerprint("a.b", "xy", "z")
    assert fingerprint("a.b", "x") != fingerprint("a.c", "x")
    assert len(fingerprint("a.b", "x")) == 64


def test_a_ticket_lasts_as_long_as_it_says(monkeypatch):
    lasting, short = Ticket("a.b"), Ticket("a.b", dt.timedelta(minutes=10))
    assert lasting.sign([1, "x"]) == lasting.sign([1, "x"])
    clock = [1_770_000_000.0]
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock[0])
    signed = short.sign({"a": 1})
    clock[0] += 600
    assert short.read(signed) == {"a": 1}
    clock[0] += 1
    assert short.read(signed) is None
    assert Ticket("a.c").read(lasting.sign(1)) is None
    for broken in ("", "x", "x:y", lasting.sign(1) + "x", "é:ü", "\0"):
        assert lasting.read(broken) is None


def test_tokens_are_long_and_kept_as_hashes():
    first, second = make_token(), make_token()
    assert first != second
    assert len(first) == 43
    assert len(hash_token(first)) == 64


@pytest.fixture
def keeper(db):
    """A model that no other test meets."""
    with isolate_apps("zona.ground.sealing"):

        class Keeper(models.Model):
            text = SealedTextField(purpose="sealing.test")

            class Meta:
                app_label = "sealing"

        with connection.schema_editor() as editor:
            editor.create_model(Keeper)
        yield Keeper
        with connection.schema_editor() as editor:
            editor.delete_model(Keeper)


@pytest.mark.django_db(transaction=True)
def test_a_field_is_text_here_and_sealed_there(keeper, settings):
    keepers = keeper.objects
    row, empty = keepers.create(text="a@b.id"), keepers.create()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {keeper._meta.db_table} ORDER BY id")
        kept = [bytes(found[0]) for found in cursor.fetchall()]
    assert b"a@b.id" not in kept[0]
    assert kept[1] == b""
    assert keepers.get(pk=row.pk).text == "a@b.id"
    assert list(keepers.exclude(text="")) == [row]
    assert keepers.get(text="") == empty
    keepers.update(text="c@d.id")
    assert keepers.get(pk=row.pk).text == "c@d.id"
    with pytest.raises(FieldError):
        keepers.filter(text__contains="c").count()
    # Another key: nothing to read, and saving the row loses nothing.
    kept_key, settings.SECRET_KEY = settings.SECRET_KEY, NEW
    found = keepers.get(pk=row.pk)
    assert isinstance(found.text, Unreadable)
    assert not found.text
    found.save()
    settings.SECRET_KEY = kept_key
    assert keepers.get(pk=row.pk).text == "c@d.id"
