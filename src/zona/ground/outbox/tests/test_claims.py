"""Two runs that want the same row: one gets it."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from zona.ground.outbox.claims import ClaimLost, settle, take
from zona.testing import make_office
from zona.website.feedback.models import Answer, Feedback

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row() -> Answer:
    told = Feedback.objects.create(
        office=make_office("33.08"), kind="report", text="Salah.", email="warga@contoh.id"
    )
    return Answer.objects.create(feedback=told, due_at=timezone.now())


def test_a_run_that_waited_for_another_gets_nothing(row: Answer) -> None:
    """With a join in the question, as the rooms ask it."""
    rows, got = Answer.objects.exclude(feedback__text=""), []

    def second() -> None:
        got.append(take(rows, "dua"))
        connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        first = take(rows, "satu")
        thread.start()
        time.sleep(0.5)  # the second one stands at the row now
    thread.join()
    row.refresh_from_db()
    assert got == [""]
    assert row.claim == first
    assert row.attempts == 1


def test_nobody_writes_into_a_row_whose_claim_is_lost(row: Answer) -> None:
    row.claim = take(Answer.objects.all(), "satu")
    Answer.objects.update(state=Answer.State.UNSURE, claim="")
    with pytest.raises(ClaimLost):
        settle(row, state=Answer.State.SENT)
    row.refresh_from_db()
    assert row.state == Answer.State.UNSURE
