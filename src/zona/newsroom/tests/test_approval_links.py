"""The door of reviewers without an account."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.journal.models import Entry
from zona.newsroom.actions import approval, linking, review_links, reviewers, writing
from zona.newsroom.actions.publishing import risk_of
from zona.newsroom.models import NewsroomSettings, Review, Reviewer, ReviewLink, Verdict
from zona.newsroom.policies_approval import may_decide_by, next_step
from zona.offices.models import Office, Role, User
from zona.showcase.models import ArticlePage, BasePage
from zona.testing import make_office, make_person, open_home, sign_in

from .desk import make_event, make_kind, take_part

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"}
FIELDS = {
    "title": "KPU Magelang Tetapkan Daftar Pemilih",
    "lead": "KPU Kabupaten Magelang menetapkan daftar pemilih, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka rapat.",
    "risk": "medium",
}


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    NewsroomSettings.objects.create(office=office, approval_medium="editor", approval_high="leader")
    return office


@pytest.fixture
def reporter(office: Office) -> Any:
    return make_person("rina@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def review(office: Office, reporter: Any) -> Review:
    page = writing.begin(actor=reporter, office=office, fields=FIELDS)
    return approval.ask(actor=reporter, page=page, note="Mohon dibaca")


@pytest.fixture
def phone() -> Client:
    return Client(**PHONE)


@pytest.fixture
def admin(office: Office) -> Any:
    return make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)


@pytest.fixture(autouse=True)
def _letters_leave(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in ("reviewing", "review_links", "approval", "house_rules"):
        monkeypatch.setattr(f"zona.newsroom.views.{where}.mail_leaves", lambda: True)


def register(admin: Any, office: Office, name: str = "Ibu Sekretaris", **fields: str) -> Reviewer:
    email = fields.get("email", f"{name.split()[-1].lower()}@warga.test")
    return reviewers.register_reviewer(actor=admin, office=office, name=name, email=email)


def link_for(
    review: Review, reporter: Any, name: str = "Ibu Sekretaris", *, decides: bool = True
) -> tuple[ReviewLink, str]:
    reviewer = None
    if decides:
        admin = User.objects.filter(email="admin@kpu.test").first() or make_person(
            "admin@kpu.test", Role.OFFICE_ADMIN, office=review.office
        )
        reviewer = register(admin, review.office, name)
    link, token = review_links.make_link(
        actor=reporter, review=review, name=name, way="email", reviewer=reviewer
    )
    return link, reverse("agenda:review_link", args=[token])


def ask_pin(phone: Client, url: str) -> str:
    """The code that goes to the person's address."""
    before = len(mail.outbox)
    assert phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"}).status_code == 200
    assert len(mail.outbox) == before + 1
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def decide(phone: Client, url: str, data: dict[str, str], **extra: Any) -> Any:
    """A decision with the code that belongs to it."""
    return phone.post(url, data | {"pin": ask_pin(phone, url)}, **extra)


def word(review: Review, what: str = "setujui", **fields: str) -> dict[str, str]:
    review.refresh_from_db()
    seen = approval.stamp_of(review.revision)
    return {"tindakan": what, "name": "Ibu Sekretaris", "seen": seen} | fields


def is_live(review: Review) -> bool:
    return BasePage.objects.get(pk=review.page_id).live


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
    from zona.newsroom.views import reviewing

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
    make = reverse("newsroom:review_link_make", args=[review.pk])
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


# --- who decides is another person, and known ----------------------------------------------------


def test_whoever_makes_a_deciding_link_never_sees_it(client, office, review, reporter, admin):
    reviewer = register(admin, office)
    sign_in(client, reporter)
    send = reverse("newsroom:review_link_send", args=[review.pk])
    answer = client.post(send, {"reviewer": reviewer.pk}, follow=True)
    letter = mail.outbox[0]
    token = re.search(r"/tinjau/([^/]+)/", letter.body)[1]
    assert letter.to == ["sekretaris@warga.test"]
    assert token not in answer.content.decode()
    assert "sekretaris@warga.test" not in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM newsroom_reviewer")
        assert b"sekretaris" not in bytes(cursor.fetchone()[0])


def test_without_a_mail_server_nobody_can_decide_by_link(
    client, phone, office, review, reporter, admin, monkeypatch
):
    _link, url = link_for(review, reporter)
    for where in ("reviewing", "review_links", "approval"):
        monkeypatch.setattr(f"zona.newsroom.views.{where}.mail_leaves", lambda: False)
    answer = phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"})
    assert answer.status_code == 503
    assert "masuk dengan akun" in answer.content.decode()
    sign_in(client, reporter)
    send = reverse("newsroom:review_link_send", args=[review.pk])
    assert client.post(send, {"reviewer": Reviewer.objects.get().pk}).status_code == 422
    assert ReviewLink.objects.count() == 1
    assert not mail.outbox


def test_a_link_for_remarks_decides_nothing(phone, review, reporter):
    """Its maker sees it, signed out as well."""
    _link, url = link_for(review, reporter, decides=False)
    for what in ("setujui", "kembalikan"):
        assert phone.post(url, word(review, what, comment="x", pin="000000")).status_code == 403
    assert phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"}).status_code == 422
    assert not mail.outbox
    assert not is_live(review)


@pytest.mark.parametrize("pin", ["", "1234567", "²²²²²²", "000 000"])
def test_without_the_code_nothing_is_decided(phone, review, reporter, pin):
    link, url = link_for(review, reporter)
    assert phone.post(url, word(review, pin=pin)).status_code == 422  # none was sent
    right = ask_pin(phone, url)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert phone.post(url, word(review, pin=wrong)).status_code == 422
    ReviewLink.objects.update(pin_until=timezone.now() - dt.timedelta(seconds=1))
    assert phone.post(url, word(review, pin=right)).status_code == 422
    assert not is_live(review)
    assert right not in str(ReviewLink.objects.values())
    link.refresh_from_db()
    assert link.used_at is None


def test_five_guesses_a_code_and_three_codes_a_link(phone, review, reporter):
    _link, url = link_for(review, reporter)
    for _ in range(3):
        right = ask_pin(phone, url)
        wrong = f"{(int(right) + 1) % 10**6:06d}"
        for _try in range(5):
            assert phone.post(url, word(review, pin=wrong)).status_code == 422
        assert phone.post(url, word(review, pin=right)).status_code == 422
    assert phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"}).status_code == 422
    assert len(mail.outbox) == 3
    assert not is_live(review)


def test_a_code_is_good_once_and_only_the_newest(phone, review, reporter):
    _link, url = link_for(review, reporter)
    first, second = ask_pin(phone, url), ask_pin(phone, url)
    if first != second:
        assert phone.post(url, word(review, pin=first)).status_code == 422
    assert phone.post(url, word(review, pin=second), follow=True).status_code == 200
    assert is_live(review)
    assert ReviewLink.objects.get().pin_hash == ""


def test_what_the_verdict_says_of_its_way(client, phone, review, reporter):
    _link, url = link_for(review, reporter)
    decide(phone, url, word(review, name="Nama lain"))
    assert Verdict.objects.get().by_name == "Ibu Sekretaris", "as registered, not as typed"
    sign_in(client, reporter)
    shown = client.get(reverse("newsroom:review", args=[review.pk])).content.decode()
    assert "dengan kode ke alamat terdaftar" in shown


def test_nobody_registers_an_address_for_an_item_of_their_own(office):
    """An administrator who writes, in whatever name."""
    boss = make_person("bos@kpu.test", Role.OFFICE_ADMIN, Role.EDITOR, office=office)
    helper = make_person("rina@kpu.test", Role.REPORTER, office=office)
    own = register(boss, office, "Diri Sendiri", email="bos.kedua@surat.test")
    begun = writing.begin(actor=boss, office=office, fields=FIELDS)
    mine = approval.ask(actor=boss, page=begun)
    with pytest.raises(ValidationError):
        review_links.make_link(actor=helper, review=mine, way="email", reviewer=own)
    other = make_person("admin2@kpu.test", Role.OFFICE_ADMIN, office=office)
    same = register(other, office, "Bos", email="BOS@kpu.test")
    with pytest.raises(ValidationError):
        review_links.make_link(actor=helper, review=mine, way="email", reviewer=same)
    real = register(other, office, "Ibu Ketua", email="ketua@warga.test")
    link, _token = review_links.make_link(actor=helper, review=mine, way="email", reviewer=real)
    assert may_decide_by(link)
    reviewers.end_reviewer(actor=other, reviewer=real)
    link.refresh_from_db()
    assert not may_decide_by(link)
    assert link.withdrawn_at


def test_only_administrators_register(client, office, reporter, admin):
    with pytest.raises(PermissionDenied):
        register(reporter, office)
    address = reverse("newsroom:reviewers", args=[office.code])
    data = {"name": "Ibu Ketua", "email": "ketua@warga.test"}
    sign_in(client, reporter)
    assert client.get(address).status_code == 200
    client.post(address, data)
    assert not Reviewer.objects.exists()
    sign_in(client, admin)
    assert client.post(address, data | {"email": "bukan"}).status_code == 422
    shown = client.post(address, data, follow=True).content.decode()
    assert "Ibu Ketua" in shown
    assert "ketua@warga.test" not in shown
    elsewhere = make_office("33.74", "Kota Semarang")
    open_home(elsewhere)
    stranger = make_person("budi@kpu.test", Role.OFFICE_ADMIN, office=elsewhere)
    sign_in(client, stranger)
    assert client.get(address).status_code == 404
    end = reverse("newsroom:reviewer_end", args=[office.code, Reviewer.objects.get().pk])
    assert client.post(end).status_code == 404


def test_a_draft_begun_by_a_colleague_is_no_second_pair_of_eyes(office, reporter):
    editor = make_person("sri@kpu.test", Role.EDITOR, office=office)
    page = writing.begin(actor=reporter, office=office, fields={"title": "Rapat", "risk": "medium"})
    page = writing.save(actor=editor, page=page, fields=FIELDS)
    assert next_step(editor, page, "medium") == "ask"
    review = approval.ask(actor=reporter, page=page)
    with pytest.raises(ValidationError):
        approval.decide(
            actor=editor, review=review, decision="approve", seen=approval.stamp_of(review.revision)
        )
    assert not is_live(review)


def test_who_corrects_a_colleagues_text_may_still_approve_it(office, reporter):
    editor = make_person("sri@kpu.test", Role.EDITOR, office=office)
    page = writing.begin(actor=reporter, office=office, fields=FIELDS)
    page = writing.save(
        actor=editor, page=page, fields={"lead": FIELDS["lead"].replace("21", "20")}
    )
    assert next_step(editor, page, "medium") == "publish"


def test_a_writer_does_not_get_rid_of_the_risk_of_an_event(office, reporter):
    kind = make_kind("uji-sekolah", risk="high")
    participation = take_part(make_event(office, kind=kind))
    page = writing.begin(actor=reporter, office=office, fields=FIELDS | {"risk": "low"})
    linking.link_item(actor=reporter, participation=participation, page=page)
    assert risk_of(page) == "high"
    linking.unlink_item(actor=reporter, participation=participation, page=page)
    page = writing.save(actor=reporter, page=page, fields={"risk": "low"})
    assert risk_of(page) == "high"
