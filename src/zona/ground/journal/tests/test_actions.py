"""Writing the record."""

from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from zona.ground.journal import queries, request_id
from zona.ground.journal.actions import record
from zona.ground.journal.models import Entry, Head
from zona.ground.journal.naming import PUBLIC, Target
from zona.ground.journal.rules import GENESIS

pytestmark = pytest.mark.django_db


def test_rows_of_one_office_are_numbered_and_chained() -> None:
    first = record(actor=None, verb="offices.opened", office_code="33.08")
    other = record(actor=None, verb="offices.opened", office_code="33.74")
    second = record(actor=None, verb="offices.closed", office_code="33.08")
    assert [first.seq, other.seq, second.seq] == [1, 1, 2]
    assert first.previous_hash == other.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    head = Head.objects.get(office_code="33.08")
    assert (head.last_seq, head.last_hash) == (2, second.hash)


def test_who_what_and_why_are_kept_as_plain_values() -> None:
    user = get_user_model()(pk=7)
    user.name = "Sari"
    entry = record(
        actor=user,
        verb="offices.role_given",
        target=Target("offices.role", "5", "Editor"),
        reason="SK 12/2025",
        changes={"share": [0.1, 1e22], "since": [None, datetime(2025, 1, 2).date()]},
        request_id="req-12345",
    )
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor_id, kept.actor_label) == ("7", "Sari")
    assert (kept.target_type, kept.target_id, kept.target_label) == ("offices.role", "5", "Editor")
    assert kept.changes == {"share": ["0.1", "1e+22"], "since": [None, "2025-01-02"]}
    assert (kept.office_code, kept.reason, kept.request_id) == ("", "SK 12/2025", "req-12345")


@pytest.mark.parametrize(
    ("actor", "label"),
    [(None, ""), ("zona import", "zona import"), (AnonymousUser(), PUBLIC)],
)
def test_an_actor_need_not_be_a_user(actor: object, label: str) -> None:
    entry = record(actor=actor, verb="offices.opened")
    assert (entry.actor_id, entry.actor_label) == ("", label)


def test_a_saved_object_is_a_target() -> None:
    head = Head.objects.create(office_code="33.08")
    entry = record(actor=None, verb="offices.opened", target=head)
    assert (entry.target_type, entry.target_id) == ("journal.head", "33.08")
    assert list(queries.timeline(head)) == [entry]


def test_an_unsaved_target_is_refused() -> None:
    with pytest.raises(ValueError, match="after saving and before deleting"):
        record(actor=None, verb="offices.opened", target=Entry())


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        record(actor=None, verb="offices.opened", at=datetime(2025, 1, 1))


def test_text_that_an_engine_cannot_store_does_not_stop_an_act() -> None:
    record(
        actor="a\x00" * 300,
        verb="offices.opened",
        reason="\ud800 \x00",
        changes={"\x00": ["\udfff", "\x00"]},
        office_code="33.08",
    )
    assert [verdict.broken for verdict in queries.verify("33.08")] == [None]


def test_the_request_at_hand_is_noted() -> None:
    with request_id.bound("request-1"):
        entry = record(actor=None, verb="offices.opened")
    assert entry.request_id == "request-1"
    assert record(actor=None, verb="offices.opened").request_id == ""


def test_a_record_goes_with_the_act_that_fails() -> None:
    record(actor=None, verb="offices.opened", office_code="33.08")
    with transaction.atomic():
        record(actor=None, verb="offices.closed", office_code="33.08")
        transaction.set_rollback(True)
    assert Entry.objects.count() == 1
    assert record(actor=None, verb="offices.closed", office_code="33.08").seq == 2
    assert [verdict.broken for verdict in queries.verify()] == [None]


def test_the_timeline_is_newest_first_and_limited() -> None:
    target = Target("offices.role", "5")
    entries = [record(actor=None, verb="offices.opened", target=target) for _ in range(3)]
    record(actor=None, verb="offices.opened", target=Target("offices.role", "55"))
    assert list(queries.timeline(target)) == entries[::-1]
    assert list(queries.timeline(target, limit=1)) == entries[2:]
