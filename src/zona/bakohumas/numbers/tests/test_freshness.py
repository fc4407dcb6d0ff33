import datetime as dt
import json
from decimal import Decimal as D

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from zona.bakohumas.agenda.models import Coverage
from zona.bakohumas.agenda.tests.desk import make_event, take_part
from zona.bakohumas.numbers import digest
from zona.bakohumas.numbers.actions.periodic import (
    ensure_periodic_duties,
    note_fulfilment,
    withdraw_fulfilment,
)
from zona.bakohumas.numbers.actions.scoring import note_scores
from zona.bakohumas.numbers.mending import list_mends
from zona.bakohumas.numbers.models import OfficeScore, PeriodicDuty, PeriodicFulfilment
from zona.bakohumas.numbers.queries.freshness import standing_of, stood, working_weeks
from zona.bakohumas.numbers.rules.freshness import Part
from zona.ground.mail.failures import ServerGone
from zona.offices.models import ClosedDay, Role, ServiceHours, Zone
from zona.offices.queries.offices import calendar_for
from zona.serving import counting
from zona.serving.models import PageViews
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.actions.duties import ensure_duties
from zona.website.site.actions.pages import REVIEW_BOXES, review_page
from zona.website.site.models import (
    AnnouncementPage,
    ArticlePage,
    BasePage,
    ContactPage,
    IndexPage,
    StandardPage,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)  # a Tuesday, 10.00 WIB


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def home(office):
    home = open_home(office)
    BasePage.objects.filter(pk=home.pk).update(first_published_at=NOW - dt.timedelta(days=700))
    return home


@pytest.fixture
def editor(office, home):
    return make_person("editor@kpu.test", Role.EDITOR, office=office)


def publish(parent, page, days_ago, **fields):
    """A live page, first published so many days ago."""
    parent.add_child(instance=page)
    at = NOW - dt.timedelta(days=days_ago)
    values = {"first_published_at": at, "last_published_at": at, "listed_at": at} | fields
    BasePage.objects.filter(pk=page.pk).update(**values)
    return BasePage.objects.get(pk=page.pk)


def standard(home, title, days_ago, **fields):
    return publish(home, StandardPage(title=title, review_days=90), days_ago, **fields)


def article(home, title, days_ago, model=ArticlePage, event=True, **extra):
    index = IndexPage.objects.child_of(home).get()
    page = publish(index, model(title=title, lead="Isi", **extra), days_ago)
    if event:
        row = take_part(make_event(home.office, title))
        Coverage.objects.create(participation=row, page=page)
    return page


def test_a_stale_page_costs_most_and_a_review_mends_it(home, editor, client):
    BasePage.objects.filter(office=home.office).update(freshness="N")
    old = standard(home, "Prosedur", 180)
    fresh = standard(home, "SOP", 10)
    before = standing_of(home.office, NOW)
    assert before.score.parts[Part.REFERENCE] == 50
    assert before.score.losses[0].key == old.pk
    sign_in(client, editor)
    screen = client.get(reverse("numbers:freshness", args=[home.office.code]))
    assert reverse("site_staff:review", args=[old.pk]) in screen.content.decode()
    review_page(actor=editor, page_id=old.pk, ticked=list(REVIEW_BOXES))
    BasePage.objects.filter(pk=old.pk).update(reviewed_at=NOW)
    after = standing_of(home.office, NOW)
    assert after.score.parts[Part.REFERENCE] == 100
    assert fresh.pk in after.pages


def test_an_edit_is_no_review(home, editor):
    page = standard(home, "Prosedur", 135)
    before = standing_of(home.office, NOW).score.parts[Part.REFERENCE]
    specific = page.specific
    specific.save_revision(user=editor).publish(user=editor)
    assert standing_of(home.office, NOW).score.parts[Part.REFERENCE] == before


def test_a_page_that_is_read_more_weighs_more(home):
    BasePage.objects.filter(office=home.office).update(freshness="N")
    stale, fresh = standard(home, "Basi", 400), standard(home, "Segar", 1)
    day = NOW.date()
    counting.store({fresh.pk: 90}, day)
    counting.store({fresh.pk: 9}, day)
    counting.store({stale.pk: 999}, day - dt.timedelta(days=31))  # too long ago
    standing = standing_of(home.office, NOW)
    assert standing.views == {fresh.pk: 99}
    assert standing.score.parts[Part.REFERENCE] == 75


def test_missing_duties_cost_and_a_missing_contact_caps(home):
    ensure_duties()
    standing = standing_of(home.office, NOW)
    assert {"kontak", "jam_layanan", "profil"} & set(standing.missing) >= {"profil"}
    assert standing.score.is_capped
    contact = ContactPage.objects.filter(office=home.office).first()
    if contact is None:
        contact = publish(home, ContactPage(title="Kontak"), 1)
    BasePage.objects.filter(pk=contact.pk).update(live=True, reviewed_at=NOW)
    ServiceHours.objects.create(office=home.office, weekday=0, opens="08:00", closes="16:00")
    from zona.website.site.actions.duties import claim_duty

    claim_duty(contact.specific)
    assert not standing_of(home.office, NOW).score.is_capped
    BasePage.objects.filter(pk=contact.pk).update(reviewed_at=NOW - dt.timedelta(days=180))
    stale = standing_of(home.office, NOW)
    assert stale.score.is_capped
    assert list_mends(stale)[0].url == reverse("site_staff:review", args=[contact.pk])


def test_only_own_items_that_belong_to_something_have_a_pulse(home):
    article(home, "Lepas", 0, event=False)
    imported = article(home, "Impor", 0)
    BasePage.objects.filter(pk=imported.pk).update(source_id="lama-1")
    standing = standing_of(home.office, NOW)
    assert standing.score.pulse.days is None
    assert standing.unlinked == 1
    article(home, "Pengumuman", 4, AnnouncementPage, event=False, valid_until=dt.date(2027, 1, 1))
    assert standing_of(home.office, NOW).score.pulse.days == 2  # Friday, Monday, Tuesday
    article(home, "Rakor", 0)
    assert standing_of(home.office, NOW).score.pulse.days == 0


def test_holidays_and_closed_weeks_are_no_silence(home):
    today = NOW.date()
    ClosedDay.objects.create(
        office=home.office,
        starts_on=dt.date(2026, 11, 9),
        ends_on=dt.date(2026, 11, 13),
        reason="x",
    )
    weeks = working_weeks(today, None, calendar_for(home.office))
    assert len(weeks) == 8
    assert dt.date(2026, 11, 9) not in weeks
    assert weeks[:2] == [dt.date(2026, 11, 16), dt.date(2026, 11, 2)]
    assert working_weeks(today, dt.date(2026, 11, 16), calendar_for(home.office)) == weeks[:1]


def test_the_day_is_that_of_the_office(home):
    """At 16.00 UTC it is still Tuesday in Jakarta and already Wednesday in Jayapura."""
    late = NOW.replace(hour=16)
    assert standing_of(home.office, late).today == dt.date(2026, 11, 24)
    home.office.zone = Zone.WIT
    home.office.save()
    assert standing_of(home.office, late).today == dt.date(2026, 11, 25)


def test_what_ended_is_labelled_and_costs_nothing_but_a_standing_page_does(home):
    article(home, "Lewat", 9, AnnouncementPage, event=False, valid_until=dt.date(2026, 11, 1))
    assert standing_of(home.office, NOW).score.parts[Part.WINDOW] is None
    article(home, "Berlaku", 9, AnnouncementPage, event=False, valid_until=dt.date(2026, 11, 24))
    standard(home, "Pendaftaran", 9, freshness="W", valid_until=dt.date(2026, 11, 23))
    assert standing_of(home.office, NOW).score.parts[Part.WINDOW] == 50


# --- periodic data ---


def test_periodic_data_is_in_time_late_or_missing(home, editor):
    assert ensure_periodic_duties() == 6
    assert ensure_periodic_duties() == 0
    office, today = home.office, NOW.date()
    PeriodicDuty.objects.exclude(code="pdpb").delete()
    duty = PeriodicDuty.objects.get()

    def note(period, day):
        note_fulfilment(
            actor=editor, office=office, duty=duty, period=period, published_on=day, today=today,
            url="https://contoh.test/data",
        )  # fmt: skip

    assert standing_of(office, NOW).score.parts[Part.DATA] == 0
    note("2025-Q4", dt.date(2026, 1, 10))
    note("2026-Q1", dt.date(2026, 4, 17))
    note("2026-Q2", dt.date(2026, 7, 18))
    assert standing_of(office, NOW).score.parts[Part.DATA] == D(150) / 4
    assert withdraw_fulfilment(actor=editor, office=office, duty=duty, period="2025-Q4")
    assert standing_of(office, NOW).score.parts[Part.DATA] == D(50) / 4


def test_what_fell_due_before_the_website_opened_does_not_count(home):
    ensure_periodic_duties()
    BasePage.objects.filter(pk=home.pk).update(first_published_at=NOW - dt.timedelta(days=1))
    assert standing_of(home.office, NOW).score.parts[Part.DATA] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"period": "2026-Q9"},
        {"period": "2026-S1"},
        {"period": "2026"},
        {"period": "x"},
        {"published_on": dt.date(2026, 11, 25)},
        {"published_on": dt.date(2026, 6, 30)},
    ],
)
def test_a_note_must_be_possible(home, editor, wrong):
    ensure_periodic_duties()
    said = {
        "period": "2026-Q3",
        "published_on": dt.date(2026, 10, 2),
        "url": "https://contoh.test/",
    } | wrong
    with pytest.raises(ValidationError):
        note_fulfilment(
            actor=editor, office=home.office, duty=PeriodicDuty.objects.get(code="pdpb"),
            today=NOW.date(), **said,
        )  # fmt: skip


def test_a_reporter_notes_nothing_and_nobody_names_a_page_of_others(home, editor):
    ensure_periodic_duties()
    other = open_home(make_office("33.74"))
    said = {
        "office": home.office,
        "duty": PeriodicDuty.objects.get(code="pdpb"),
        "period": "2026-Q3",
        "published_on": dt.date(2026, 10, 2),
        "today": NOW.date(),
    }
    reporter = make_person("peliput@kpu.test", Role.REPORTER, office=home.office)
    with pytest.raises(PermissionDenied):
        note_fulfilment(actor=reporter, url="https://contoh.test/", **said)
    with pytest.raises(ValidationError):
        note_fulfilment(actor=editor, page=other, **said)


def test_the_screen_notes_and_takes_back(home, editor, client):
    ensure_periodic_duties()
    sign_in(client, editor)
    url = reverse("numbers:periodic", args=[home.office.code])
    row = next(row for row in standing_of(home.office, timezone.now()).data if row.counts)
    assert "contoh.test" not in client.get(url).content.decode()
    said = {
        "duty": row.duty.code,
        "period": row.term.name,
        "published_on": row.term.last.isoformat(),
        "url": "https://contoh.test/data",
    }
    assert client.post(url, said | {"url": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    found = PeriodicFulfilment.objects.get()
    assert (found.period, found.noted_by) == (row.term.name, editor)
    assert "https://contoh.test/data" in client.get(url).content.decode()
    client.post(url, said | {"tindakan": "batalkan"})
    assert not PeriodicFulfilment.objects.exists()


# --- screens, data, letters ---


def test_the_score_costs_the_same_for_many_pages(home, django_assert_max_num_queries):
    ensure_duties()
    ensure_periodic_duties()
    for number in range(30):
        standard(home, f"Halaman {number}", 40 * number)
        article(home, f"Berita {number}", number)
    with django_assert_max_num_queries(14):
        list_mends(standing_of(home.office, NOW))


def test_data_says_null_where_nothing_is_measured(home, editor, client):
    sign_in(client, editor)
    data = client.get(reverse("numbers:freshness_json", args=[home.office.code])).json()
    assert data["bagian"]["batas"] == {"nilai": None, "bobot": None}
    assert data["skor"] is not None
    sheet = client.get(reverse("numbers:freshness_csv", args=[home.office.code]))
    assert sheet.content.startswith("\ufeff".encode())
    assert json.dumps(data)


def test_a_title_is_no_formula_in_the_sheet(home, editor, client):
    standard(home, "=1+1", 400)
    sign_in(client, editor)
    sheet = client.get(reverse("numbers:freshness_csv", args=[home.office.code]))
    assert ";'=1+1;" in sheet.content.decode()


def test_a_person_of_another_office_finds_nothing(home, client):
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=make_office("33.74"))
    sign_in(client, stranger)
    for name in ("freshness", "freshness_csv", "freshness_json", "periodic", "coverage"):
        assert client.get(reverse(f"numbers:{name}", args=[home.office.code])).status_code == 404


def test_the_level_above_sees_those_below_with_the_lowest_first(home, client):
    other = make_office("33.74", is_open=True)
    now = timezone.now()
    assert note_scores(now) == 2  # offices that run here
    OfficeScore.objects.filter(office=other).delete()
    OfficeScore.objects.create(office=other, day=now.date(), score=12, parts={"cakupan": 40})
    above = make_person("prov@kpu.test", Role.DIRECTOR, office=make_office("33"))
    home.office.parent.is_open = True
    home.office.parent.save()
    sign_in(client, above)
    text = client.get(reverse("numbers:freshness", args=["33"])).content.decode()
    assert text.index("KPU Wilayah 33.74") < text.index("KPU Wilayah 33.08")
    assert "40%" in text
    assert stood([other], now.date())[0].score == 12


def test_the_score_of_a_day_is_noted_once(home):
    note_scores(NOW)
    note_scores(NOW)
    row = OfficeScore.objects.get()
    assert row.day == dt.date(2026, 11, 24)
    assert set(row.parts) == {"rujukan", "batas", "data", "denyut", "cakupan", "tertahan"}


def _raise(error: Exception) -> None:
    raise error


def test_the_week_in_numbers_goes_out_once_on_monday(home, editor, monkeypatch):
    monkeypatch.setattr(digest, "mail_leaves", lambda: True)
    make_person("sekretaris@kpu.test", Role.CHAIR, office=home.office)
    monday = dt.datetime(2026, 11, 23, 0, 35, tzinfo=dt.UTC)  # 07.35 WIB
    page = standard(home, "Prosedur permohonan", 400)
    assert digest.send_letters(NOW) == 0  # Tuesday
    with monkeypatch.context() as gone:
        gone.setattr("zona.ground.mail.sending.Line.open", lambda line: _raise(ServerGone("x")))
        assert digest.send_letters(monday) == 0
    assert digest.send_letters(monday + dt.timedelta(minutes=20)) == 2, "the week is not lost"
    assert digest.send_letters(monday + dt.timedelta(hours=1)) == 0
    letter = mail.outbox[0]
    assert {row.to[0] for row in mail.outbox} == {"editor@kpu.test", "sekretaris@kpu.test"}
    assert "Prosedur permohonan" in letter.body
    assert reverse("site_staff:review", args=[page.pk]) in letter.body


def test_views_are_added_up_and_forgotten():
    day = dt.date(2026, 11, 24)
    counting.store({7: 2, 8: 1}, day)
    counting.store({7: 3}, day)
    assert counting.views_since([7, 9], day) == {7: 5}
    assert counting.forget_old(day + dt.timedelta(days=41)) == 2
    assert not PageViews.objects.exists()
