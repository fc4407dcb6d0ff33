"""What carriers answer, and what it means for this letter and the next."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from anymail import exceptions as anymail
from django.core import mail

from zona.config.environment import REPOSITORY
from zona.ground.mail.failures import (
    Later,
    MailFailure,
    NotAllowed,
    Refused,
    ServerGone,
    Uncertain,
    failure_of,
)
from zona.ground.mail.letters import write
from zona.ground.mail.sending import Line, send, send_to_each, try_to_send

from .stand_in import StandIn

PACKAGE = REPOSITORY / "src" / "zona"


def letter(to: str = "a@contoh.id", **given: Any) -> mail.EmailMultiAlternatives:
    return write(to=to, subject="Kabar\nbaru", text="Isi.", **given)


@pytest.fixture
def server(settings: Any) -> Iterator[StandIn]:
    with StandIn() as stand_in:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", stand_in.port
        settings.EMAIL_TIMEOUT = 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield stand_in


def test_a_letter_arrives(server: StandIn) -> None:
    send(letter(html="<p>Isi.</p>", reply_to="humas@kpu.test"))
    (taken,) = server.taken
    assert taken.to == ["a@contoh.id"]
    assert "Subject: Kabar baru" in taken.text
    assert "Auto-Submitted: auto-generated" in taken.text
    assert "Reply-To: humas@kpu.test" in taken.text
    assert "<p>Isi.</p>" in taken.text


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"a@contoh.id": "550 tidak dikenal"}, Refused),
        ({"a@contoh.id": "450 nanti"}, Later),
        ({"a@contoh.id": "421 tutup"}, ServerGone),
        ({"MAIL": "550 Anda bukan kami"}, NotAllowed),
        ({"MAIL": "552 terlalu besar"}, Refused),
        ({"MAIL": "451 nanti"}, Later),
        ({"DATA": "451 nanti"}, Later),
        ({"end": "451 nanti"}, Later),
        ({"end": "554 spam"}, Refused),
        ({"end": "hang up"}, Uncertain),
        ({"hello": "554 pergi"}, ServerGone),
        ({"hello": "hang up"}, ServerGone),
        ({"EHLO": "501 apa", "HELO": "501 apa"}, ServerGone),
    ],
)
def test_each_answer_has_one_meaning(
    server: StandIn, answers: dict[str, str], failure: type[MailFailure]
) -> None:
    server.answers = answers
    with pytest.raises(MailFailure) as caught:
        send(letter())
    assert type(caught.value) is failure


def test_one_refused_address_stops_no_other(server: StandIn) -> None:
    server.answers = {"b@contoh.id": "550 tidak dikenal"}
    with Line() as line:
        line.send(letter("a@contoh.id"))
        with pytest.raises(Refused) as caught:
            line.send(letter("b@contoh.id"))
        line.send(letter("c@contoh.id"))
    assert caught.value.of_address
    assert [taken.to for taken in server.taken] == [["a@contoh.id"], ["c@contoh.id"]]
    assert server.lines == 1


def test_a_line_that_was_cut_is_made_anew(server: StandIn) -> None:
    """A server that hung up while we made the next letter did not take that letter."""
    with Line() as line:
        line.send(letter("a@contoh.id"))
        server.answers = {"NOOP": "hang up"}
        line.send(letter("b@contoh.id"))
    assert len(server.taken) == 2
    assert server.lines == 2


def test_who_is_refused_keeps_the_letter_from_nobody_else(server: StandIn) -> None:
    server.answers = {"b@contoh.id": "550 tidak dikenal"}
    letters = [letter(f"{name}@contoh.id") for name in "abc"]
    assert send_to_each(letters, "Surat") == 2
    assert server.lines == 1


def test_nobody_there_is_no_refusal(settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with pytest.raises(ServerGone):
        send(letter())
    assert not try_to_send(letter(), "Surat")
    with pytest.raises(ServerGone):
        send_to_each([letter(), letter()], "Surat")


def answer_of_a_provider(status: int | None) -> anymail.AnymailRequestsAPIError:
    if status is None:
        return anymail.AnymailRequestsAPIError()
    response = requests.Response()
    response.status_code, response.reason = status, "No"
    return anymail.AnymailRequestsAPIError(response=response, status_code=status)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (anymail.AnymailRecipientsRefused(), Refused),
        (anymail.AnymailInvalidAddress("x"), Refused),
        (anymail.AnymailUnsupportedFeature("x"), Refused),
        (anymail.AnymailSerializationError("x"), Refused),
        (anymail.AnymailCancelSend("x"), Refused),
        (anymail.AnymailAPIError("x"), Uncertain),
        (anymail.AnymailConfigurationError("x"), NotAllowed),
        (answer_of_a_provider(401), NotAllowed),
        (answer_of_a_provider(403), NotAllowed),
        (answer_of_a_provider(429), Later),
        (answer_of_a_provider(400), Refused),
        (answer_of_a_provider(500), Uncertain),
        (answer_of_a_provider(None), Uncertain),
    ],
)
def test_providers_are_of_the_family(error: Exception, failure: type[MailFailure]) -> None:
    assert type(failure_of(error, began=True)) is failure


def test_every_error_of_anymail_is_known() -> None:
    for kind in vars(anymail).values():
        if kind is anymail.AnymailWebhookValidationFailure:  # nothing of sending
            continue
        if isinstance(kind, type) and issubclass(kind, anymail.AnymailError):
            assert failure_of(kind("x"), began=True), kind


def test_an_address_that_cannot_be_written_is_refused() -> None:
    assert isinstance(failure_of(UnicodeEncodeError("ascii", "é", 0, 1, "x"), began=True), Refused)


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda _: {}["x"])
    with pytest.raises(KeyError):
        send(letter())


def test_letters_leave_by_one_door() -> None:
    """A seventh sender would bring a seventh way to fail."""
    own = re.compile(
        r"smtplib|EmailMessage|EmailMultiAlternatives|import send_mail|anymail\.exceptions"
    )
    found = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if not path.is_relative_to(PACKAGE / "ground" / "mail")
        and "tests" not in path.parts
        and own.search(path.read_text())
    ]
    assert not found
