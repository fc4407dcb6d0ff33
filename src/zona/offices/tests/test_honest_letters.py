"""No screen claims a letter that does not leave."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core import mail
from django.urls import reverse

from zona.testing import sign_in

pytestmark = pytest.mark.django_db
NO_MAIL = "django.core.mail.backends.filebased.EmailBackend"
INVITED = {
    "name": "Budi",
    "email": "budi@kpu.test",
    "role": "peliput",
    "decree": "12/2025",
    "starts_on": "2026-11-29",
}


def test_an_invitation_without_a_mail_server_is_passed_on_by_hand(
    client, admin, office, settings, tmp_path
):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = NO_MAIL, str(tmp_path)
    sign_in(client, admin)
    url = reverse("offices:invite", args=[office.code])
    assert "Buat undangan" in client.get(url).content.decode()
    shown = client.post(url, INVITED, follow=True)
    text = shown.content.decode()
    link = shown.context["link"]
    assert not link["sent"]
    assert "tidak memiliki server surel" in text
    assert "dalam perjalanan" not in text
    assert link["url"] in unquote(link["whatsapp"])
    assert link["whatsapp"].startswith("https://wa.me/?text=")
    assert 'data-copy="undangan-alamat"' in text
    assert not list(tmp_path.iterdir()), "no letter lies about"


def test_an_invitation_with_a_mail_server_leaves(client, admin, office):
    sign_in(client, admin)
    shown = client.post(reverse("offices:invite", args=[office.code]), INVITED, follow=True)
    assert shown.context["link"]["sent"]
    assert [letter.to for letter in mail.outbox] == [["budi@kpu.test"]]


@pytest.mark.parametrize("name", ["account_reset_password", "account_reset_password_done"])
def test_a_new_password_is_not_promised_by_mail(client, settings, name):
    assert "tidak memiliki server surel" not in client.get(reverse(name)).content.decode()
    settings.EMAIL_BACKEND = NO_MAIL
    text = client.get(reverse(name)).content.decode()
    assert "tidak memiliki server surel" in text
    assert "Kami mengirim" not in text
