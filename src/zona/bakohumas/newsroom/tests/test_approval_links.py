"""The door of reviewers without an account."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.bakohumas.newsroom.actions import approval, review_links, writing
from zona.bakohumas.newsroom.models import NewsroomSettings, Review, ReviewLink, Verdict
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, BasePage

from .linked import FIELDS, PHONE, ask_pin, decide, is_live, link_for, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_leave")]


def test_read_and_approve_with_three_taps_and_no_cookie(phone, review, reporter):
    link, url = link_for(review, reporter)
    shown = phone.get(url)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert not shown.cookies
    assert FIELDS["title"] in text
    assert "Ketua KPU membuka rapat." in text
    assert "Mohon" in text
    assert shown["Cache-Control"] == "no-store"
    assert shown["Referrer-Policy"] == "no-referrer"
    assert "noindex" in shown["X-Robots-Tag"]
    assert 'name="robots" content="noindex"' in text
    assert "style=" not in text
    assert "<script>" not in text
    assert "Ibu Sekretaris" in text
    link.refresh_from_db()
    assert link.opened_at
    assert not link.used_at
    assert not is_live(review)
    answer = decide(phone, url, word(review), follow=True)
    assert answer.redirect_chain[-1][1] == 303
    assert answer.status_code == 200
    assert is_live(review)
    said = Verdict.objects.get()
    assert (said.by, said.by_name, said.link) == (None, "Ibu Sekretaris", link)
    assert not phone.cookies


def test_the_secret_is_nowhere_but_in_the_address(phone, review, reporter, caplog):
    with caplog.at_level(logging.DEBUG):
        link, url = link_for(review, reporter)
        token = url.split("/")[-2]
        phone.get(url)
        pin = ask_pin(phone, url)
        phone.post(url, word(review) | {"pin": pin})
    assert is_live(review)
    assert token not in caplog.text
    assert pin not in caplog.text
    assert len(link.token_hash) == 64
    assert link.token_hash != token
    assert not any(token in str(row) for row in Entry.objects.values())
    assert not any(token in str(row) for row in ReviewLink.objects.values())
    assert "Ibu Sekretaris" not in str(list(Entry.objects.values()))


def test_a_preview_of_a_chat_service_opens_nothing(review, reporter):
    link, url = link_for(review, reporter)
    assert Client(HTTP_USER_AGENT="WhatsApp/2.23").get(url).status_code == 200
    assert Client(**PHONE).head(url).status_code == 200
    link.refresh_from_db()
    assert link.opened_at is None


def test_a_link_decides_once(phone, review, reporter):
    _link, url = link_for(review, reporter)
    decide(phone, url, word(review, "kembalikan", comment="Harinya salah."))
    again = phone.post(url, word(review))
    assert again.status_code == 410
    assert FIELDS["title"] not in again.content.decode()
    assert Verdict.objects.count() == 1
    assert not is_live(review)


def test_a_remark_leaves_the_link_open(phone, review, reporter):
    _link, url = link_for(review, reporter)
    assert phone.post(url, word(review, "catat")).status_code == 422
    noted = phone.post(url, word(review, "catat", comment="Bagus."), follow=True)
    assert noted.status_code == 200
    assert "Bagus." in noted.content.decode()
    decide(phone, url, word(review))
    assert is_live(review)


@pytest.mark.parametrize("how", ["late", "closed", "withdrawn", "changed", "decided"])
def test_a_link_that_is_over_tells_nothing_of_the_item(phone, office, review, reporter, how):
    link, url = link_for(review, reporter)
    data = word(review)
    if how == "late":
        ReviewLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif how == "closed":
        review_links.withdraw_link(actor=reporter, link=link)
    elif how == "withdrawn":
        approval.withdraw(actor=reporter, review=review)
    elif how == "changed":
        page = ArticlePage.objects.get(pk=review.page_id)
        writing.save(actor=reporter, page=page, fields={"title": "Judul yang tidak dibaca"})
    else:
        editor = make_person("sri@kpu.test", Role.EDITOR, office=office)
        approval.decide(
            actor=editor, review=review, decision="return", comment="x", seen=data["seen"]
        )
    for answer in (phone.get(url), phone.post(url, data)):
        assert answer.status_code == 410
        assert "Tetapkan" not in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
    with pytest.raises(ValidationError):
        review_links.make_pin(link=link)
    with pytest.raises(ValidationError):
        review_links.decide_by_link(
            link=link, decision="approve", comment="", name="x", seen=data["seen"], present=[]
        )
    assert not is_live(review)
    assert not Verdict.objects.filter(link=link).exists()


def test_wrong_addresses_are_404_and_then_too_many(phone, review, monkeypatch):
    from zona.bakohumas.newsroom import views as reviewing

    monkeypatch.setattr(reviewing, "WRONG", 2)
    found = [phone.get(f"/tinjau/{'x' * 43}/").status_code for _ in range(3)]
    assert found == [404, 404, 429]


def test_a_link_lasts_for_three_days(review, reporter):
    link, _url = link_for(review, reporter)
    lasts = link.expires_at - link.made_at
    assert abs(lasts - dt.timedelta(hours=72)) < dt.timedelta(minutes=1)


def test_what_changed_meanwhile_is_read_again(phone, office, review, reporter):
    editor = make_person("sri@kpu.test", Role.EDITOR, office=office)
    _link, url = link_for(review, reporter)
    data = word(review, comment="Setuju.")
    page = ArticlePage.objects.get(pk=review.page_id)
    writing.save(actor=editor, page=page, fields={"title": "Judul Diperbaiki Sri"})
    answer = decide(phone, url, data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Judul Diperbaiki Sri" in text
    assert "Setuju." in text
    assert not is_live(review)
    decide(phone, url, word(review))
    assert BasePage.objects.get(pk=page.pk).title == "Judul Diperbaiki Sri"


def test_a_link_is_for_its_step_only(phone, office, reporter):
    leader = make_person("agus@kpu.test", Role.CHAIR, office=office)
    make_person("sri@kpu.test", Role.EDITOR, office=office)
    page = writing.begin(actor=reporter, office=office, fields=FIELDS | {"risk": "high"})
    review = approval.ask(actor=reporter, page=page)
    _link, url = link_for(review, reporter)
    _other, second = link_for(review, reporter, "Pak Kabag")
    decide(phone, url, word(review))
    review.refresh_from_db()
    assert review.state == Review.State.WAITING
    assert not is_live(review)
    assert phone.get(second).status_code == 410
    approval.decide(
        actor=leader, review=review, decision="approve", seen=approval.stamp_of(review.revision)
    )
    assert is_live(review)


def test_the_writer_cannot_be_the_second_pair_of_eyes(client, review, reporter):
    _link, url = link_for(review, reporter)
    sign_in(client, reporter)
    assert decide(client, url, word(review)).status_code == 403
    assert not is_live(review)


def test_a_link_of_one_office_opens_nothing_of_another(phone, review, reporter):
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    NewsroomSettings.objects.create(office=other, approval_medium="editor")
    budi = make_person("budi@kpu.test", *Role, office=other)
    page = writing.begin(actor=budi, office=other, fields=FIELDS | {"title": "Berita Semarang"})
    theirs = approval.ask(actor=budi, page=page)
    _link, url = link_for(review, reporter)
    assert decide(phone, url, word(theirs)).status_code == 409, "the text that was read is another"
    assert not is_live(theirs)
    assert not is_live(review)
    with pytest.raises(PermissionDenied):
        review_links.make_link(actor=budi, review=review, name="Budi", way="whatsapp")


def test_staff_prepare_a_link_for_remarks_by_whatsapp_and_by_mail(client, review, reporter):
    sign_in(client, reporter)
    make = reverse("newsroom_staff:review_link_make", args=[review.pk])
    shown = client.post(make, {"name": "Ibu Sekretaris", "contact": "0812-3456-7890"})
    url = shown.context["whatsapp_url"]
    assert url.startswith("https://wa.me/6281234567890?text=")
    assert "tinjau" in url
    assert client.post(make, {"name": "Ibu", "contact": "bukan nomor"}).status_code == 422
    assert client.post(make, {"name": "Pak Kabag", "contact": "kabag@kpu.test"}).status_code == 302
    letter = mail.outbox[0]
    address = re.search(r"https?://\S+/tinjau/\S+/", letter.body)
    assert letter.to == ["kabag@kpu.test"]
    assert address
    path = address[0].removeprefix(settings.BASE_URL)
    assert Client(**PHONE).get(path).status_code == 200
    assert not any("kabag@kpu.test" in str(row) for row in ReviewLink.objects.values())
    for _ in range(3):
        client.post(make, {"name": "Lain"})
    assert client.post(make, {"name": "Keenam"}).status_code == 422
