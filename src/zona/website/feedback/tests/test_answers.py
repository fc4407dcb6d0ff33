"""An answer leaves once: what a mail server can say to it, and a worker killed on the way."""

from __future__ import annotations

import datetime as dt
import os
import signal
import smtplib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from zona.ground.journal.models import Entry
from zona.ground.mail.sending import Line
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.feedback import tasks
from zona.website.feedback.actions import answers
from zona.website.feedback.actions import reports as actions
from zona.website.feedback.models import Answer, Feedback
from zona.website.feedback.staff.todos import answers_that_did_not_arrive

pytestmark = pytest.mark.django_db
State = Answer.State
SEND = "django.core.mail.EmailMultiAlternatives.send"


@pytest.fixture
def office() -> Office:
    cache.clear()
    office = make_office("33.08", email="kantor@kpu.test")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("siti@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def answered(office: Office, editor: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """An answer that waits; nothing runs before the test says so."""
    monkeypatch.setattr(tasks, "send_answers", SimpleNamespace(enqueue=lambda: None))

    def make(email: str = "warga@contoh.id") -> Answer:
        row = Feedback.objects.create(
            office=office, kind="report", state="new", text="Salah.", email=email,
            page_title="Jadwal", page_url="/jadwal/",
        )  # fmt: skip
        actions.answer(actor=editor, feedback=row, text="Sudah kami perbaiki.")
        return Answer.objects.get(feedback=row)

    return make


def say(code: int) -> Callable[[Any], None]:
    def send(letter: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({letter.to[0]: (code, b"<warga@contoh.id>: no")})

    return send


def turns(number: int, hours: int = 7) -> None:
    for turn in range(number):
        answers.send_answers(timezone.now() + dt.timedelta(hours=hours * turn))


def test_a_refused_address_ends_and_the_office_is_told(
    office, editor, answered, monkeypatch, caplog
):
    row = answered()
    asked = []
    monkeypatch.setattr(SEND, lambda letter: (asked.append(1), say(550)(letter)))
    turns(4)
    row.refresh_from_db()
    assert (row.state, len(asked)) == (State.REFUSED, 1)
    assert "warga" not in caplog.text
    (todo,) = answers_that_did_not_arrive(editor, office, timezone.now())
    assert todo.url == f"/kantor/umpan-balik/33.08/{row.feedback_id}/"
    stranger = make_person("b@kpu.test", Role.REPORTER, office=office)
    assert not list(answers_that_did_not_arrive(stranger, office, timezone.now()))


def test_a_busy_server_is_asked_ever_less_often_and_then_a_person(answered, monkeypatch):
    row = answered()
    monkeypatch.setattr(SEND, say(450))
    now, waits = timezone.now(), []
    while True:
        answers.send_answers(now)
        row.refresh_from_db()
        if row.state != State.WAITING:
            break
        waits.append(row.due_at - now)
        assert answers.send_answers(row.due_at - dt.timedelta(seconds=1)) == 0
        now = row.due_at
    assert (row.state, row.attempts) == (State.FAILED, answers.ATTEMPTS)
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]


def test_without_a_server_nothing_is_lost_however_long(answered, monkeypatch):
    rows = [answered("a@contoh.id"), answered("b@contoh.id")]
    asked = []

    def fail(letter: Any) -> None:
        asked.append(letter)
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(SEND, fail)
        turns(20)
    assert len(asked) == 20  # the second letter is not tried where the first found nobody
    assert {Answer.objects.get(pk=row.pk).state for row in rows} == {State.WAITING}
    assert answers.send_answers() == 2
    assert answers.send_answers() == 0
    assert len(mail.outbox) == 2


def test_a_line_that_breaks_is_a_doubt_and_a_person_decides(client, editor, answered, monkeypatch):
    row = answered()

    def hang_up(letter: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(SEND, hang_up)
        turns(3)
    row.refresh_from_db()
    assert row.state == State.UNSURE
    sign_in(client, editor)
    url = f"/kantor/umpan-balik/33.08/{row.feedback_id}/"
    assert "kirim_ulang" in client.get(url).content.decode()
    assert client.post(url, {"tindakan": "kirim_ulang"}).status_code == 302
    assert answers.send_answers() == 1
    assert "kirim_ulang" not in client.get(url).content.decode()
    assert not actions.send_again(actor=editor, feedback=row.feedback)
    assert Entry.objects.filter(verb="feedback.sent_again").count() == 1


def test_an_answer_can_be_left_as_it_is(office, editor, answered):
    row = answered()
    Answer.objects.update(state=State.REFUSED)
    with pytest.raises(PermissionDenied):
        actions.let_be(actor=make_person("n@kpu.test"), feedback=row.feedback)
    assert actions.let_be(actor=editor, feedback=row.feedback)
    assert not actions.let_be(actor=editor, feedback=row.feedback)
    assert not list(answers_that_did_not_arrive(editor, office, timezone.now()))
    assert answers.send_answers() == 0


def test_a_fault_of_ours_stops_no_other_answer(answered, monkeypatch):
    broken, whole = answered("a@contoh.id"), answered("b@contoh.id")
    real = answers.make_answer
    monkeypatch.setattr(
        answers, "make_answer", lambda row: 1 / 0 if row.email == "a@contoh.id" else real(row)
    )
    assert answers.send_answers() == 1
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, whole.state) == (State.FAILED, State.SENT)


def killed(arrange: Callable[[], None]) -> bool:
    """Send in a forked process; whether it died of SIGKILL."""
    connections.close_all()
    worker = os.fork()
    if worker == 0:
        try:
            arrange()
            answers.send_answers()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("place", "name", "state", "letters"),
    [
        (answers, "take", State.SENT, 1),  # nothing claimed yet
        (answers, "make_answer", State.UNSURE, 0),  # claimed, nothing sent
        (Line, "send", State.UNSURE, 0),
        (answers, "settle", State.UNSURE, 0),  # sent, by the process that died
    ],
)
def test_a_worker_killed_on_the_way_sends_nothing_twice(answered, place, name, state, letters):
    row = answered()
    assert killed(lambda: setattr(place, name, die))
    answers.send_answers()  # the dead run is known by its lock, at once
    turns(2)
    row.refresh_from_db()
    assert (row.state, len(mail.outbox)) == (state, letters)
