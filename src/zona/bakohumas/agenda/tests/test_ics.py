"""The agenda as iCalendar: what subscribers get, and what is read from other calendars."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from zona.bakohumas.agenda.actions import events as actions
from zona.bakohumas.agenda.actions.kinds import ensure_kinds
from zona.bakohumas.agenda.exchange import ics
from zona.bakohumas.agenda.exchange.calendars import read_entries
from zona.bakohumas.agenda.exchange.rows import Row
from zona.bakohumas.agenda.exchange.subscribing import open_token, token_for
from zona.bakohumas.agenda.models import Event, EventKind, Visibility
from zona.bakohumas.agenda.rules.calendars import read_calendar
from zona.ground.files.reader.limits import TooMuch, Unreadable
from zona.offices.models import Office, Role, User
from zona.serving import rules as serving
from zona.testing import make_office, make_person, open_home
from zona.website.site.pages.agenda import coming_up

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
CODES = ["lain", "apel", "rakor"]


@pytest.fixture
def office() -> Office:
    ensure_kinds()
    office = make_office("33.08")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def officer(office: Office) -> User:
    return make_person("siti@kpu.test", Role.EDITOR, office=office)


def add(officer: User, office: Office, title: str, **fields: object) -> Event:
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=3)
    facts = {
        "title": title, "kind": EventKind.objects.get(code="rakor"), "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=2), "visibility": Visibility.PUBLIC,
        "online_url": "https://rapat.test/rahasia",
    } | fields  # fmt: skip
    return actions.add_event(actor=officer, office=office, facts=facts)


def test_the_public_feed_is_public_kept_and_correct(office, officer, client):
    shown = add(officer, office, "Sosialisasi; dengan koma, dan " + "kata panjang " * 8)
    add(officer, office, "Rapat tertutup", visibility=Visibility.CLOSED)
    gone = add(officer, office, "Batal datang")
    actions.cancel_event(actor=officer, event=gone, reason="Hujan")
    answer = client.get(reverse("agenda:feed", args=[office.code]))
    assert answer["Content-Type"] == ics.CONTENT_TYPE
    assert not answer.cookies
    assert answer._zona_slot.refusal == ""
    assert "text/calendar" in serving.KEPT_TYPES
    assert b"rahasia" not in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    rows = {str(row["SUMMARY"]): row for row in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(rows) == {shown.title, "Batal datang"}
    row = rows[shown.title]
    assert row.decoded("DTSTART") == shown.starts_at
    assert row["STATUS"] == "CONFIRMED"
    assert str(row["UID"]) == f"{shown.uid}@33.08.agenda.zona"
    assert rows["Batal datang"]["STATUS"] == "CANCELLED"
    Event.objects.filter(pk=shown.pk).update(
        created_at=timezone.now() - dt.timedelta(hours=1), changed_at=timezone.now()
    )
    shown.refresh_from_db()
    assert ics.sequence_of(shown) >= 3600


def test_whole_days_end_on_the_day_after(office, officer):
    starts = dt.datetime(2026, 11, 30, tzinfo=office.tz)
    event = add(officer, office, "Pameran", is_all_day=True, starts_at=starts,
                ends_at=starts + dt.timedelta(days=2))  # fmt: skip
    event = Event.objects.select_related("kind", "office").get(pk=event.pk)
    feed = ics.write_feed(office, [event], name="x", url_of=lambda _event: "https://x.test/")
    assert b"DTSTART;VALUE=DATE:20261130" in feed
    assert b"DTEND;VALUE=DATE:20261202" in feed


def test_the_secret_address_holds_the_internal_agenda_until_the_password_changes(
    office, officer, client
):
    add(officer, office, "Rapat tertutup", visibility=Visibility.CLOSED)
    token = token_for(officer, office)
    url = reverse("agenda:staff_feed", args=[token])
    answer = client.get(url)
    assert b"Rapat tertutup" in answer.content
    assert b"rahasia" in answer.content
    assert answer._zona_slot.refusal == "cache-control"
    for wrong in (token[:-1] + "0x", token.replace("33.08", "33.74"), "1-33.08-", "abc", "²-a-b"):
        assert open_token(wrong) is None
        assert client.get(reverse("agenda:staff_feed", args=[wrong])).status_code == 404
    officer.set_password("lima-kuda-minum-teh-hangat")
    officer.save()
    assert client.get(url).status_code == 404
    token = token_for(officer, office)
    assert open_token(token) is not None
    officer.roles.update(ends_on=dt.date(2020, 2, 1))
    assert open_token(token) is None


def test_the_public_page_and_the_home_page(office, officer, client, rf):
    event = add(officer, office, "Sosialisasi pasar")
    add(officer, office, "Rapat tertutup", visibility=Visibility.CLOSED)
    gone = add(officer, office, "Batal datang")
    actions.cancel_event(actor=officer, event=gone, reason="Hujan lebat")
    day = event.starts_at.astimezone(office.tz)
    answer = client.get(reverse("agenda:month", args=[office.code, f"{day:%Y-%m}"]))
    text = answer.content.decode()
    assert answer._zona_slot.refusal == ""
    assert "Sosialisasi pasar" in text
    assert "Hujan lebat" in text
    assert "Rapat tertutup" not in text
    assert client.get(reverse("agenda:office", args=[office.code])).status_code == 200
    for month in ("2026-13", "1999-01", "2150-01", "x"):
        address = reverse("agenda:month", args=[office.code, month])
        assert client.get(address).status_code == 404
    assert client.get(reverse("agenda:office", args=["99.99"])).status_code == 404
    today = timezone.now().astimezone(office.tz).date()
    titles = [
        row["title"] for entry in coming_up(rf.get("/"), office, today) for row in entry["items"]
    ]
    assert "Sosialisasi pasar" in titles
    assert not any("tertutup" in title for title in titles)
    assert sum("Batal datang" in title for title in titles) == 1


def calendar(*lines: str) -> bytes:
    body = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""))
    return body.encode()


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


def read_bytes(office: Office, content: bytes) -> list[Row]:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(content)
        found = read_calendar(Path(file.name), lambda share: None, str(office.tz), str(TODAY))
    return read_entries(found, CODES)[0]


def read(office: Office, *lines: str) -> list[Row]:
    return read_bytes(office, calendar(*lines))


def test_repeats_are_expanded_with_what_was_moved_and_left_out(office):
    rows = read(
        office,
        *event("UID:a@x", "SUMMARY:Apel pagi", "DTSTART;TZID=Asia/Jakarta:20261102T073000",
               "DTEND;TZID=Asia/Jakarta:20261102T080000",
               "RRULE:FREQ=WEEKLY;UNTIL=20261214T003000Z",
               "EXDATE;TZID=Asia/Jakarta:20261116T073000"),
        *event("UID:a@x", "SUMMARY:Apel sore", "RECURRENCE-ID;TZID=Asia/Jakarta:20261123T073000",
               "DTSTART;TZID=Asia/Jakarta:20261123T150000", "DURATION:PT30M"),
    )  # fmt: skip
    days = sorted(f"{row.starts_at:%m-%d %H.%M}" for row in rows)
    assert days == ["11-02 07.30", "11-09 07.30", "11-23 15.00", "11-30 07.30", "12-07 07.30",
                    "12-14 07.30"]  # fmt: skip
    assert len({row.uid for row in rows}) == 6
    assert {row.kind for row in rows} == {"apel"}
    assert all(row.is_good for row in rows)


def test_what_a_calendar_may_hold(office):
    plain, day, floating, private = read(
        office,
        *event("UID:1", "SUMMARY:Rakor", "DTSTART:20261124T020000Z", "DTEND:20261124T040000Z",
               "STATUS:CANCELLED"),
        *event("UID:2", "SUMMARY:Libur", "DTSTART;VALUE=DATE:20261125"),
        *event("UID:3", "SUMMARY:Tamu", "DTSTART:20261126T090000"),
        *event("UID:4", "SUMMARY:Pribadi", "DTSTART:20261126T090000", "CLASS:PRIVATE"),
    )  # fmt: skip
    assert plain.starts_at.isoformat() == "2026-11-24T09:00:00+07:00"
    assert plain.is_cancelled
    assert day.is_all_day
    assert day.ends_at - day.starts_at == dt.timedelta(days=1)
    assert floating.starts_at.isoformat() == "2026-11-26T09:00:00+07:00"
    assert private.visibility == Visibility.CLOSED


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=HOURLY;COUNT=3", "FREQ=SELALU"]
)
def test_rules_that_are_not_followed_say_so(office, rule):
    rows = read(office, *event("UID:1", "SUMMARY:x", "DTSTART:20261124T020000Z", f"RRULE:{rule}"))
    assert len(rows) == 1
    assert rows[0].problems


@pytest.mark.parametrize("content", [b"", b"halo", b"\xff\xfe\x00", b"BEGIN:VCALENDAR", calendar()])
def test_what_is_no_calendar(office, content):
    with pytest.raises((ValidationError, Unreadable)):
        read_bytes(office, content)


def test_our_own_feed_is_read_as_it_was_written(office, officer):
    made = add(officer, office, "Rakor", place="Aula")
    made = Event.objects.select_related("kind", "office").get(pk=made.pk)
    feed = ics.write_feed(office, [made], name="x", url_of=lambda _event: "https://x.test/")
    (row,) = read_bytes(office, feed)
    assert (row.title, row.place, row.starts_at, row.ends_at, row.kind) == (
        "Rakor", "Aula", made.starts_at, made.ends_at, "rakor",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        ("DTSTART;TZID=Asia/Jakarta:2026-11-30 08:00",),
        ("DTSTART;TZID=Asia/Jakarta:20261201T240000",),
        ("DTSTART:20261130T080000", "DURATION:1H"),
        ("DTSTART:20261130T080000", "RECURRENCE-ID:"),
        ("DTSTART:20261130T080000", "DTSTART:20261201T080000"),
        ("DTSTART:20261130T080000", "DTEND;VALUE=DATE:20261130"),
        ("DTSTART:20261130T080000", "RRULE:FREQ=SELALU"),
        ("DTSTART:20261130T080000", "RDATE:kapan-kapan"),
        (),
    ],
)
def test_one_wrong_event_does_not_stop_the_others(office, wrong):
    good = ("SUMMARY:Baik", "DTSTART:20261130T080000", "DTEND:20261130T090000")
    rows = read(office, *event("UID:1", "SUMMARY:Rusak", *wrong), *event("UID:2", *good))
    assert [(row.title, row.is_good) for row in rows] == [("Rusak", False), ("Baik", True)]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["RDATE:20261207T080000,20261214T080000"], [30, 7, 14]),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20261210T080000"], [30, 7, 10]),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261201"], [30, 2]),
        (["DTSTART:20261130T080000"], [30]),
    ],
)
def test_dates_beside_the_rule(office, lines, days):
    rows = read(office, *event("UID:1", "SUMMARY:x", "DTSTART:20261130T080000", *lines))
    assert [row.starts_at.day for row in rows] == days


def test_what_was_guessed_is_said(office):
    html, same, cut = read(
        office,
        *event("UID:1", "SUMMARY:A", "DTSTART:20261130T080000", "DTEND:20261130T090000",
               r'DESCRIPTION:<p>Bahas <b>DPT</b>&nbsp\;x<br><a href="https://c.id/a">Bahan</a></p>'),
        *event("UID:1", "SUMMARY:B", "DTSTART:20261201T080000"),
        *event("UID:2", "SUMMARY:C", "DTSTART:20261201T080000", "DTEND:20261201T090000"),
    )  # fmt: skip
    assert html.summary == "Bahas DPT x\nhttps://c.id/a Bahan"
    assert len(html.hints) == 1
    assert same.uid != html.uid
    assert len(same.hints) == 2
    assert not cut.hints


def test_a_calendar_beyond_its_limits_is_refused_before_it_is_built(office, monkeypatch):
    monkeypatch.setattr("zona.bakohumas.agenda.rules.calendars.Calendar", None)
    for code, lines in {
        "events": event("UID:1") * 2001,
        "depth": ("BEGIN:VEVENT",) * 1000,
        "line_length": event("SUMMARY:" + "x" * 300_000),
        "line_length ": event("SUMMARY:x", *(" " + "x" * 70,) * 5000),
    }.items():
        with pytest.raises(TooMuch) as caught:
            read(office, *lines)
        assert caught.value.code == code.strip()


def test_repeats_outside_of_the_window_are_named(office):
    content = calendar(
        *event("UID:1", "SUMMARY:Senam", "DTSTART:20200101T020000Z", "RRULE:FREQ=DAILY;COUNT=2"),
        *event("UID:2", "SUMMARY:Rakor", "DTSTART:20261124T020000Z"),
    )
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(content)
        found = read_calendar(Path(file.name), lambda share: None, str(office.tz), str(TODAY))
    rows, notes = read_entries(found, CODES)
    assert [row.title for row in rows] == ["Rakor"]
    assert len(notes) == 1
    assert "Senam" in notes[0]


def test_repeats_without_end_come_to_an_end(office):
    rules = ["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=99999999"]
    for rule in rules:
        start = "DTSTART:20000101T020000Z"
        rows = read(office, *event("UID:0", "DTSTART:20261124T020000Z"),
                    *event("UID:1", start, f"RRULE:{rule}"))  # fmt: skip
        assert 1 <= len(rows) <= 301
    with pytest.raises(TooMuch):
        read(office, *event("UID:1", "DTSTART:20261124T020000Z", "RRULE:FREQ=DAILY") * 8)
