"""Letters to the press list: what they carry, and what the mail server's answers mean."""

from __future__ import annotations

import smtplib
import socket

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail
from pytest_django.fixtures import Settings

from zona.bakohumas.channels.adapters import build
from zona.bakohumas.channels.adapters.base import (
    CannotTell,
    Later,
    Message,
    Refused,
    SignInAgain,
    Uncertain,
)

LETTER = Message(
    "Siaran pers.",
    key="post-7",
    link="https://zit.kpu-contoh.go.id/s/x",
    subject="Siaran pers\nNomor 7",
    html="<p>Siaran pers.</p>",
    to="redaksi@koran.example",
    files=(("siaran.pdf", b"%PDF-1.7", "application/pdf"),),
)


def test_a_letter_goes_to_one_address_with_its_file() -> None:
    adapter = build("press", {"reply_to": "humas@kpu-contoh.go.id"}, {}, bases={})
    first, second = adapter.publish(LETTER), adapter.publish(LETTER)
    letter = mail.outbox[0]
    assert letter.to == ["redaksi@koran.example"]
    assert letter.reply_to == ["humas@kpu-contoh.go.id"]
    assert "\n" not in letter.subject
    assert letter.body.endswith(LETTER.link)
    assert letter.attachments[0][0] == "siaran.pdf"
    assert first.remote_id == second.remote_id == letter.extra_headers["Message-ID"]
    with pytest.raises(CannotTell):
        adapter.find(LETTER, None)


def api_error(status: int) -> AnymailRequestsAPIError:
    response = requests.Response()
    response.status_code = status
    response.reason = "No"
    return AnymailRequestsAPIError(response=response)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (smtplib.SMTPAuthenticationError(535, b"bad password"), SignInAgain),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), Refused),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"greylisted")}), Later),
        (smtplib.SMTPDataError(554, b"spam"), Refused),
        (smtplib.SMTPServerDisconnected("gone"), Uncertain),
        (smtplib.SMTPSenderRefused(550, b"not you", "a@b.example"), SignInAgain),
        (smtplib.SMTPSenderRefused(552, b"too large", "a@b.example"), Refused),
        (smtplib.SMTPSenderRefused(451, b"later", "a@b.example"), Later),
        (smtplib.SMTPConnectError(421, b"busy"), Later),
        (TimeoutError(), Uncertain),
        (ConnectionRefusedError(), Later),
        (socket.gaierror(), Later),
        (api_error(401), SignInAgain),
        (api_error(429), Later),
        (api_error(400), Refused),
        (api_error(500), Uncertain),
        (AnymailRecipientsRefused(), Refused),
    ],
)
def test_answers_of_mail_servers(
    error: Exception, failure: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(*_: object) -> None:
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    with pytest.raises(failure):
        build("press", {}, {}, bases={}).publish(LETTER)


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    with pytest.raises(KeyError):
        build("press", {}, {}, bases={}).publish(LETTER)


def test_a_providers_number_of_the_letter_is_kept(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    press = build("press", {}, {}, bases={})
    press.publish(LETTER)
    assert press.publish(LETTER).remote_id == "1"
