"""What the office does with what readers say: who may, what goes out, what is forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zona.ground.journal.models import Entry
from zona.ground.mail.failures import ServerGone
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.feedback import letters, policies, queries
from zona.website.feedback.actions import answers
from zona.website.feedback.actions import reports as actions
from zona.website.feedback.models import Feedback
from zona.website.feedback.staff.todos import reports_to_answer
from zona.website.site.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 3, 2, 0, 30, tzinfo=dt.UTC)  # 07.30 WIB


@pytest.fixture
def office() -> Office:
    cache.clear()
    office = make_office("33.08", email="kantor@kpu.test")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def item(office: Office) -> ArticlePage:
    item = ArticlePage(title="Jadwal", slug="jadwal")
    IndexPage.objects.get(office=office).add_child(instance=item)
    item.save_revision().publish()
    item.refresh_from_db()
    return item


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("siti@kpu.test", Role.EDITOR, office=office)


def report(item: ArticlePage, **fields: Any) -> Feedback:
    at = fields.pop("at", None)
    row = Feedback.objects.create(
        **{
            "office": item.office, "page": item, "page_title": item.title, "page_url": item.url,
            "kind": "report", "state": "new", "text": "Harinya salah.",
            "revision": item.live_revision_id, "published_at": item.last_published_at,
        } | fields
    )  # fmt: skip
    if at:
        Feedback.objects.filter(pk=row.pk).update(created_at=at)
    return row


def vote(item: ArticlePage, helpful: bool, times: int = 1, **fields: Any) -> None:
    for _ in range(times):
        report(item, kind="vote", state="", text="", is_helpful=helpful, is_counted=True, **fields)


def test_who_reads_and_who_answers(office, item, editor):
    people = {
        "editor": (editor, True, True),
        "director": (make_person("d@kpu.test", Role.DIRECTOR, office=office), True, False),
        "reporter": (make_person("r@kpu.test", Role.REPORTER, office=office), False, False),
        "province": (
            make_person("p@kpu.test", Role.EDITOR, office=make_office("33")), True, False
        ),
        "elsewhere": (
            make_person("b@kpu.test", Role.EDITOR, office=make_office("33.74")), False, False
        ),
        "nobody": (make_person("n@kpu.test"), False, False),
    }  # fmt: skip
    row = report(item)
    for name, (person, reads, may) in people.items():
        assert policies.may_read(person, office) is reads, name
        assert policies.may_answer(person, office) is may, name
        assert policies.readable_feedback(person).exists() is reads, name
        if not may:
            with pytest.raises(PermissionDenied):
                actions.answer(actor=person, feedback=row, text="x")


def test_an_answer_goes_to_the_reporter_once(
    client, office, item, editor, django_capture_on_commit_callbacks
):
    row = report(item, email="warga@contoh.id")
    sign_in(client, editor)
    url = f"/kantor/umpan-balik/33.08/{row.pk}/"
    assert client.post(url, {"tindakan": "jawab", "text": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, {"tindakan": "jawab", "text": "Sudah kami perbaiki."})
    assert answer.status_code == 302
    answers.send_answers()
    letter = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert (letter.to, letter.reply_to) == (["warga@contoh.id"], ["kantor@kpu.test"])
    assert "Sudah kami perbaiki." in letter.body
    assert "> Harinya salah." in letter.body
    entry = Entry.objects.filter(verb="feedback.answered").get()
    assert "warga" not in f"{entry.target_label}{entry.changes}"
    with pytest.raises(ValidationError):
        actions.answer(actor=editor, feedback=row, text="lagi")


def test_the_list_hides_personal_data_until_it_is_opened(client, office, item, editor):
    row = report(item, text="NIK saya 3308014107900001", has_personal_data=True)
    sign_in(client, editor)
    assert "3308014107900001" not in client.get("/kantor/umpan-balik/33.08/").content.decode()
    shown = client.get(f"/kantor/umpan-balik/33.08/{row.pk}/").content.decode()
    assert "3308014107900001" in shown


def test_the_list_is_narrowed(client, office, item, editor):
    report(item, text="Laporan terbuka")
    report(item, text="Laporan selesai", state="answered")
    report(item, text="Komentar terbuka", kind="vote", is_helpful=False)
    vote(item, True)
    sign_in(client, editor)

    def listed(query: str) -> set[str]:
        html = client.get(f"/kantor/umpan-balik/33.08/{query}").content.decode()
        return {w for w in ("Laporan terbuka", "Laporan selesai", "Komentar terbuka") if w in html}

    assert listed("") == {"Laporan terbuka", "Komentar terbuka"}
    assert listed("?keadaan=answered") == {"Laporan selesai"}
    assert listed("?keadaan=&jenis=report") == {"Laporan terbuka", "Laporan selesai"}
    assert listed(f"?keadaan=open&halaman={item.pk}&jenis=vote") == {"Komentar terbuka"}


def test_the_screen_says_when_the_page_has_changed_and_compares(client, office, item, editor):
    row = report(item)
    sign_in(client, editor)
    url = f"/kantor/umpan-balik/33.08/{row.pk}/"
    assert "compare" not in client.get(url).content.decode()
    item.title = "Jadwal baru"
    item.save_revision(user=editor).publish(user=editor)
    item.refresh_from_db()
    link = f"/kantor/pages/{item.pk}/revisions/compare/{row.revision}...{item.live_revision_id}/"
    assert link in client.get(url).content.decode()
    assert client.get(link).status_code == 200


def test_votes_are_shown_when_there_are_enough(client, office, item, editor):
    vote(item, True, 3)
    vote(item, False, 1)
    assert not queries.score_of(item).is_measured
    vote(item, False, 1)
    assert (queries.score_of(item).helpful, queries.score_of(item).total) == (3, 5)
    assert queries.scores(office)[0].score.is_poor


def test_a_report_is_late_after_two_working_days(office, item, editor):
    friday = dt.datetime(2026, 2, 27, 8, tzinfo=dt.UTC)
    report(item, at=friday)
    office.refresh_from_db()
    monday, tuesday, wednesday = (friday + dt.timedelta(days=n) for n in (3, 4, 5))
    assert not queries.late_reports(office, monday)
    assert not queries.late_reports(office, tuesday)
    todo = list(reports_to_answer(editor, office, wednesday))
    assert len(todo) == 1
    assert todo[0].is_late
    stranger = make_person("b@kpu.test", Role.EDITOR, office=make_office("33.74"))
    assert not list(reports_to_answer(stranger, office, wednesday))


def _server_gone(line):
    raise ServerGone("x")


def test_the_weekly_letter_says_what_there_is_once(office, item, editor, monkeypatch):
    make_person("r@kpu.test", Role.REPORTER, office=office)
    assert letters.send_weekly_letters(MONDAY) == 0  # nothing to say
    week = MONDAY + dt.timedelta(days=7)
    report(item, at=week - dt.timedelta(days=1))
    vote(item, False, 5)
    Feedback.objects.filter(kind="vote").update(created_at=week - dt.timedelta(days=2))
    assert letters.send_weekly_letters(week - dt.timedelta(minutes=1)) == 0
    with monkeypatch.context() as gone:
        gone.setattr("zona.ground.mail.sending.Line.open", _server_gone)
        assert letters.send_weekly_letters(week) == 0
    assert letters.send_weekly_letters(week) == 1, "the week is not lost"
    assert letters.send_weekly_letters(week + dt.timedelta(hours=1)) == 0
    letter = mail.outbox[0]
    assert letter.to == ["siti@kpu.test"]
    assert "Jadwal" in letter.body
    assert "Harinya" not in letter.body  # what readers wrote stays in the house
    assert letter.alternatives


def test_addresses_are_forgotten_in_time(office, item, editor, monkeypatch):
    answered = report(item, email="a@contoh.id")
    actions.answer(actor=editor, feedback=answered, text="Ya.")
    waiting = report(item, email="b@contoh.id")
    now = timezone.now()
    for days, left in ((29, 2), (31, 1), (366, 0)):
        monkeypatch.setattr(timezone, "now", lambda d=days: now + dt.timedelta(days=d))
        actions.forget_addresses()
        assert Feedback.objects.exclude(email="").count() == left, days
    waiting.refresh_from_db()
    assert (waiting.text, bool(waiting.email_removed_at)) == ("Harinya salah.", True)


def test_what_readers_said_outlives_the_page(office, item, editor):
    row = report(item)
    item.delete()
    row.refresh_from_db()
    assert (row.page, row.page_title) == (None, "Jadwal")
