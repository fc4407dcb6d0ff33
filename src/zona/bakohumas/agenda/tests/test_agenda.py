"""The agenda: who reads and keeps it, what is done to it, and the screens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zona.bakohumas.agenda.actions import events as actions
from zona.bakohumas.agenda.actions import papers
from zona.bakohumas.agenda.actions.kinds import ensure_kinds
from zona.bakohumas.agenda.models import (
    Assignment,
    Coverage,
    Event,
    EventKind,
    FollowUp,
    Participation,
    Visibility,
)
from zona.bakohumas.agenda.policies.events import may_plan, visible_events
from zona.bakohumas.agenda.queries import events as queries
from zona.bakohumas.agenda.rules.agenda import State
from zona.bakohumas.agenda.staff.todos import late_follow_ups, new_from_above
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)  # Wednesday, 10.00 WIB
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def office() -> Office:
    ensure_kinds()
    office = make_office("33.08")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def reporter(office: Office) -> User:
    return make_person("siti@kpu.test", Role.REPORTER, office=office)


def kind(code: str) -> EventKind:
    return EventKind.objects.get(code=code)


def facts(**fields: Any) -> dict[str, Any]:
    starts = fields.pop("starts_at", dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC))
    return {
        "title": "Sosialisasi di pasar", "kind": kind("sosialisasi"), "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=2), "visibility": Visibility.PUBLIC,
    } | fields  # fmt: skip


def add(reporter: User, office: Office, **fields: Any) -> Participation:
    event = actions.add_event(actor=reporter, office=office, facts=facts(**fields))
    return event.participations.get(is_host=True)


def above(office: Office, role: Role = Role.EDITOR) -> tuple[Office, User]:
    province = Office.objects.get(pk=office.parent_id)
    open_home(province)
    province.refresh_from_db()
    return province, make_person("prov@kpu.test", role, office=province)


def test_kinds_are_added_once_and_stay_as_edited():
    assert ensure_kinds() > 40
    EventKind.objects.filter(code="apel").update(name="Apel Senin")
    assert ensure_kinds() == 0
    assert kind("apel").name == "Apel Senin"
    assert set(kind("pdpb_pleno").duties) == {"text", "photo"}


def test_a_series_keeps_the_clock_and_changes_what_follows(office, reporter):
    first = actions.add_event(
        actor=reporter, office=office, facts=facts(title="Apel", kind=kind("apel")),
        every="week", until=dt.date(2026, 12, 20),
    )  # fmt: skip
    rows = list(Event.objects.filter(series=first.series).order_by("starts_at"))
    assert len(rows) == 4
    assert Participation.objects.filter(office=office, is_host=True).count() == 4
    changed = facts(
        title="Apel pagi", kind=kind("apel"),
        starts_at=rows[1].starts_at + dt.timedelta(days=1, hours=-1),
    )  # fmt: skip
    actions.change_event(actor=reporter, event=rows[1], facts=changed, following=True)
    days = [row.starts_at for row in Event.objects.filter(series=first.series)]
    assert [f"{day:%d %H}" for day in sorted(days)] == ["24 02", "02 01", "09 01", "16 01"]
    assert Event.objects.get(pk=rows[0].pk).title == "Apel"
    assert Event.objects.filter(title="Apel pagi").count() == 3


def test_a_cancelled_entry_stays_and_can_come_back(office, reporter):
    part = add(reporter, office)
    with pytest.raises(ValidationError):
        actions.cancel_event(actor=reporter, event=part.event, reason=" ")
    actions.cancel_event(actor=reporter, event=part.event, reason="Hujan")
    assert not Assignment.objects.exclude(state="dropped").exists()
    event = actions.restore_event(actor=reporter, event=part.event)
    assert not event.is_cancelled
    assert Assignment.objects.filter(participation=part, state="open").count() == 2
    verbs = list(Entry.objects.order_by("seq").values_list("verb", flat=True))
    assert [verb for verb in verbs if "event_" in verb] == [
        "agenda.event_added", "agenda.event_cancelled", "agenda.event_restored",
    ]  # fmt: skip


def test_bringing_an_entry_back_asks_as_little_for_many_guests_as_for_few(office, reporter):
    province, officer = above(office)
    asked = {}
    for guests in (2, 12):
        codes = [f"33.{30 + guests + number}" for number in range(guests)]
        below = [make_office(code, is_open=True) for code in codes]
        part = add(officer, province)
        actions.name_offices(actor=officer, event=part.event, offices=below)
        actions.cancel_event(actor=officer, event=part.event, reason="Hujan")
        with CaptureQueriesContext(connection) as seen:
            actions.restore_event(actor=officer, event=part.event)
        asked[guests] = len(seen)
        duties = Assignment.objects.filter(participation__event=part.event)
        assert duties.filter(state="open").count() == 2 * (guests + 1)
    assert asked[12] == asked[2]


def test_an_event_of_the_province_flows_down_to_those_it_names(office, reporter):
    province, officer = above(office)
    other = make_office("33.74")
    open_home(other)
    part = add(officer, province, visibility=Visibility.CLOSED)
    stranger = make_person("b@kpu.test", Role.EDITOR, office=other)
    assert not visible_events(reporter).exists()
    actions.name_offices(actor=officer, event=part.event, offices=[office])
    assert visible_events(reporter).count() == 1
    assert visible_events(officer).count() == 1
    assert not visible_events(stranger).exists()
    todo = next(iter(new_from_above(reporter, office, part.event.starts_at)))
    assert province.short_name in todo.title
    mine = Participation.objects.get(office=office)
    assert Assignment.objects.filter(participation=mine).count() == 2
    actions.mark_seen(mine, actor=officer)  # the province looking in does not count
    mine.refresh_from_db()
    assert mine.seen_at is None
    actions.mark_seen(mine, actor=reporter)
    assert not list(new_from_above(reporter, office, part.event.starts_at))
    with pytest.raises(ValidationError):
        actions.name_offices(actor=officer, event=part.event, offices=[make_office("34.01")])
    with pytest.raises(PermissionDenied):
        actions.name_offices(actor=reporter, event=part.event, offices=[office])
    actions.name_offices(actor=officer, event=part.event, offices=[other])
    assert [row.office for row in part.event.participations.filter(is_host=False)] == [other]


def test_who_keeps_the_agenda(office):
    people = {role: make_person(f"{role}@kpu.test", role, office=office) for role in Role}
    assert [role for role in Role if not may_plan(people[role], office)] == [Role.DIRECTOR]
    _province, officer = above(office)
    assert not may_plan(officer, office)


def test_papers_are_looked_at_and_kept_privately(office, reporter, client, settings):
    part = add(reporter, office)
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.svg", b"<svg>")):
        with pytest.raises(ValidationError):
            papers.add_document(
                actor=reporter,
                participation=part,
                title="x",
                file=SimpleUploadedFile(name, content),
            )
    paper = papers.add_document(
        actor=reporter, participation=part, title="Undangan",
        file=SimpleUploadedFile("surat rahasia.pdf", b"%PDF-1.7 isi"),
    )  # fmt: skip
    assert str(settings.PRIVATE_ROOT) in paper.file.path
    assert "rahasia" not in paper.file.name
    url = reverse("agenda_staff:event_document", args=[part.pk, paper.pk])
    answer = sign_in(client, reporter).get(url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 isi"
    assert answer["Content-Disposition"].startswith("attachment")
    stranger = make_person("b@kpu.test", Role.EDITOR, office=make_office("33.74"))
    assert sign_in(Client(), stranger).get(url).status_code == 404


def test_follow_ups_wait_until_they_are_done(office, reporter):
    part = add(reporter, office)
    row = actions.add_follow_up(
        actor=reporter, participation=part, text="Kirim notula", due_on=dt.date(2026, 11, 24)
    )
    assert [todo.title for todo in late_follow_ups(reporter, office, NOW)] == ["Kirim notula"]
    assert queries.open_follow_ups(office) == [row]
    actions.finish_follow_up(actor=reporter, follow_up=row)
    assert not FollowUp.objects.filter(done_at=None).exists()


def every_state(office: Office, reporter: User) -> None:
    """One event of last week for every state, and one ahead."""
    ended = dt.datetime(2026, 11, 18, 2, tzinfo=dt.UTC)
    index = IndexPage.objects.get(office=office)
    for number, live in enumerate((True, False)):
        part = add(reporter, office, title=f"liputan {number}", starts_at=ended)
        page = ArticlePage(title=f"Berita {number}", slug=f"berita-{number}", live=False)
        index.add_child(instance=page)
        if live:
            page.save_revision().publish()
        Coverage.objects.create(participation=part, page=page)
    part = add(reporter, office, title="dikerjakan", starts_at=ended)
    part.assignments.filter(form="photo").update(state="working")
    part = add(reporter, office, title="batal", starts_at=ended)
    actions.cancel_event(actor=reporter, event=part.event, reason="Hujan")
    part = add(reporter, office, title="kecuali", starts_at=ended)
    Participation.objects.filter(pk=part.pk).update(exception="closed")
    add(reporter, office, title="belum", starts_at=ended)
    add(reporter, office, title="intern", starts_at=ended, kind=kind("internal"))
    add(reporter, office, title="nanti", starts_at=NOW + dt.timedelta(hours=3))


def test_states_are_the_same_in_words_and_in_the_database(office, reporter):
    every_state(office, reporter)
    rows = queries.calendar_of(office)
    by_rule = {entry.event.title: entry.state for entry in queries.entries(rows, office, NOW)}
    assert set(by_rule.values()) == set(State)
    by_query = {
        part.event.title: state for state in State for part in queries.with_state(rows, state, NOW)
    }
    assert by_query == by_rule
    result = queries.week_board(office, MONDAY, NOW, {}).last_week
    assert (result.events, result.published) == (4, 1)


def test_the_screens_ask_the_same_questions_however_full(office, reporter, client):
    sign_in(client, reporter)
    url = reverse("agenda_staff:agenda", args=[office.code])
    addresses = (f"{url}?pekan=2026-W48", f"{url}bulan/?bulan=2026-11", f"{url}daftar/?masa=semua")

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            counts.append(sum('"newsroom_' in row["sql"] for row in caught.captured_queries))
        return counts

    for hour in range(40):
        moment = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC) + dt.timedelta(hours=2 * hour)
        add(reporter, office, title=f"acara {hour}", starts_at=moment)
        if hour == 1:
            client.get(url)
            few = asked()
    assert asked() == few
    assert max(few) <= 6


def test_one_line_puts_an_event_on_the_board(office, reporter, client):
    sign_in(client, reporter)
    url = reverse("agenda_staff:event_add", args=[office.code])
    line = {"title": "Audiensi Bawaslu", "day": "2026-11-26", "time": "9.30", "kind": ""}
    answer = client.post(url, line | {"place": "Aula"}, follow=True)
    event = Event.objects.get()
    assert (event.kind.code, event.place, event.visibility) == ("audiensi", "Aula", "public")
    assert timezone.localtime(event.starts_at, office.tz).isoformat() == "2026-11-26T09:30:00+07:00"
    text = answer.content.decode()
    assert "Audiensi Bawaslu" in text
    assert "pekan=2026-W48" in answer.redirect_chain[-1][0]
    wrong = client.post(url, line | {"time": "pagi"})
    assert wrong.status_code == 422
    assert "Audiensi Bawaslu" in wrong.content.decode()


def test_the_screens_of_one_event(office, reporter, client):
    province, officer = above(office)
    part = add(officer, province)
    actions.name_offices(actor=officer, event=part.event, offices=[office])
    mine = Participation.objects.get(office=office)
    sign_in(client, reporter)
    board = client.get(reverse("agenda_staff:agenda", args=[office.code]) + "?pekan=2026-W48&layar")
    assert province.short_name in board.content.decode()
    assert client.get(reverse("agenda_staff:event", args=[mine.pk])).status_code == 200
    refused = client.get(reverse("agenda_staff:event_change", args=[mine.pk]))
    assert (refused.status_code, refused.headers.get("Location")) == (302, "/kantor/")
    assert client.get(reverse("agenda_staff:event", args=[part.pk])).status_code == 404
    sign_in(client, officer)
    shown = client.get(reverse("agenda_staff:event", args=[part.pk])).content.decode()
    assert office.short_name in shown
    data = {"title": "Rakor", "day": "2026-11-27", "time": "13.00", "end_time": "15.00",
            "mode": "online", "host": "own", "kind": kind("rakor").pk}  # fmt: skip
    assert (
        client.post(reverse("agenda_staff:event_change", args=[part.pk]), data).status_code == 302
    )
    part.event.refresh_from_db()
    assert (part.event.title, part.event.mode) == ("Rakor", "online")
    answer = client.post(reverse("agenda_staff:event_cancel", args=[part.pk]), {"reason": ""})
    assert answer.status_code == 422
