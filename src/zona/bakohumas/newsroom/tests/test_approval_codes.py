"""Who decides without an account is another person, and known."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.images.tests.utils import get_test_image_file

from zona.bakohumas.agenda.actions import linking
from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part
from zona.bakohumas.checker.gate import ask_gate
from zona.bakohumas.newsroom.actions import approval, review_links, reviewers, writing
from zona.bakohumas.newsroom.actions.publishing import risk_of
from zona.bakohumas.newsroom.models import Reviewer, ReviewLink, Verdict
from zona.bakohumas.newsroom.policies.approval import has_written, may_decide_by, next_step
from zona.offices.models import Role, RoleAssignment
from zona.offices.policies import today
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import Photo

from .linked import FIELDS, ask_pin, decide, is_live, link_for, register, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_leave")]


def test_whoever_makes_a_deciding_link_never_sees_it(client, office, review, reporter, admin):
    reviewer = register(admin, office)
    sign_in(client, reporter)
    send = reverse("newsroom_staff:review_link_send", args=[review.pk])
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
    for where in ("views", "staff.review_links", "staff.approval"):
        monkeypatch.setattr(f"zona.bakohumas.newsroom.{where}.mail_leaves", lambda: False)
    answer = phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"})
    assert answer.status_code == 503
    assert "masuk dengan akun" in answer.content.decode()
    sign_in(client, reporter)
    send = reverse("newsroom_staff:review_link_send", args=[review.pk])
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
    shown = client.get(reverse("newsroom_staff:review", args=[review.pk])).content.decode()
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
    with pytest.raises(ValidationError):
        register(other, office, "Bos", email="BOS@kpu.test")
    same = register(other, office, "Bos", email="lama@kpu.test")
    boss.email = "Lama@kpu.test"  # the account got the address later
    boss.save(update_fields=["email"])
    with pytest.raises(ValidationError):
        review_links.make_link(actor=helper, review=mine, way="email", reviewer=same)
    real = register(other, office, "Ibu Ketua", email="ketua@warga.test")
    link, _token = review_links.make_link(actor=helper, review=mine, way="email", reviewer=real)
    assert may_decide_by(link)
    reviewers.end_reviewer(actor=other, reviewer=real)
    link.refresh_from_db()
    assert not may_decide_by(link)
    assert link.withdrawn_at


def test_who_rewrote_an_item_does_not_approve_it_by_a_link(office, reporter):
    """Asked by its reporter, then written anew by who registered a reviewer."""
    boss = make_person("bos@kpu.test", Role.OFFICE_ADMIN, Role.EDITOR, office=office)
    own = register(boss, office, "Diri Sendiri", email="bos.kedua@surat.test")
    page = writing.begin(actor=reporter, office=office, fields=FIELDS)
    anew = FIELDS | {"title": "Judul lain", "lead": "Semua kata diganti.", "text": "Isi baru " * 9}
    page = writing.save(actor=boss, page=page, fields=anew)
    mine = approval.ask(actor=reporter, page=page)
    with pytest.raises(ValidationError):
        review_links.make_link(actor=boss, review=mine, way="email", reviewer=own)
    other = make_person("admin2@kpu.test", Role.OFFICE_ADMIN, office=office)
    real = register(other, office, "Ibu Ketua", email="ketua@warga.test")
    assert review_links.make_link(actor=boss, review=mine, way="email", reviewer=real)


def make_picture():
    return Photo.objects.create(title="Rapat", file=get_test_image_file())


def _table(page):
    rows = [{"values": ["Calon X 100 persen " * 30]}]
    value = {"columns": [{"type": "text", "heading": "Perolehan"}], "rows": rows}
    raw = [*page.body.raw_data, {"type": "table", "value": value | {"caption": "Hasil"}}]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)


def _caption(page):
    page.photo, page.caption = make_picture(), "Yang terlihat bukan yang terjadi. " * 4


def _picture(page):
    page.photo = make_picture()


@pytest.mark.parametrize("change", [_table, _caption, _picture])
def test_what_is_shown_counts_as_written(office, reporter, review, change):
    editor = make_person("dua@kpu.test", Role.EDITOR, office=office)
    page = review.page.specific.get_latest_revision_as_object()
    assert not has_written(editor, page)
    change(page)
    page.save_revision(user=editor)
    assert has_written(editor, page)
    assert has_written(reporter, page) == (change is not _table)


def test_a_number_in_a_table_holds_the_item_back(office, review):
    page = review.page.specific.get_latest_revision_as_object()
    _table(page)
    rows = page.body.raw_data[-1]["value"]["rows"]
    rows[0]["values"] = ["Siti 3308012501900003"]
    assert any("NIK" in said for said in ask_gate(page).blocked)


def test_only_administrators_register(client, office, reporter, admin):
    with pytest.raises(PermissionDenied):
        register(reporter, office)
    address = reverse("newsroom_staff:reviewers", args=[office.code])
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
    end = reverse("newsroom_staff:reviewer_end", args=[office.code, Reviewer.objects.get().pk])
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


def test_a_link_ends_with_the_role_of_its_maker(phone, review, reporter):
    link, url = link_for(review, reporter)
    assert phone.get(url).status_code == 200
    RoleAssignment.objects.filter(user=reporter).update(ends_on=today() - dt.timedelta(days=1))
    assert phone.get(url).status_code == 410
    with pytest.raises(ValidationError):
        review_links.make_pin(link=ReviewLink.objects.get(pk=link.pk))
