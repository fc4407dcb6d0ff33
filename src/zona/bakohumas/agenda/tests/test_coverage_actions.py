from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from zona.bakohumas.agenda.actions import duties as coverage
from zona.bakohumas.agenda.actions import linking
from zona.bakohumas.agenda.models import Assignment, Coverage, Participation
from zona.bakohumas.agenda.queries.coverage import event_desk, events_for, suggestions_for
from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part
from zona.bakohumas.newsroom.actions import reminders
from zona.bakohumas.newsroom.staff.todos.duties import duties_of_coverage, items_without_event
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db
State = Assignment.State


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def reporter(office: Office) -> Any:
    return make_person("rina@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def stranger() -> Any:
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    return make_person("budi@kpu.test", *Role, office=other)


@pytest.fixture
def part(office: Office) -> Participation:
    return take_part(make_event(office))


def add_item(office: Office, title: str = "Goes to School di SMA Taruna", **fields: Any) -> Any:
    index = IndexPage.objects.get(office=office)
    now = timezone.now()
    moments = {"first_published_at": now, "latest_revision_created_at": now}
    page = ArticlePage(title=title, **(moments | fields))
    index.add_child(instance=page)
    return page


def states(part: Participation) -> dict[str, str]:
    return dict(part.assignments.values_list("form", "state"))


def test_duties_come_with_the_event_and_are_due_by_its_kind(part):
    assert states(part) == {"text": "open", "photo": "open"}
    due = set(part.assignments.values_list("due_at", flat=True))
    assert due == {part.event.ends_at + dt.timedelta(hours=24)}
    coverage.ensure_default_duties(part)
    assert part.assignments.count() == 2


@pytest.mark.parametrize(
    ("kind", "event", "row"),
    [
        ({"publishes": False}, {}, {}),
        ({}, {"cancelled_at": timezone.now()}, {}),
        ({}, {}, {"exception": "closed"}),
    ],
)
def test_what_is_not_told_asks_for_nothing(office, kind, event, row):
    part = take_part(make_event(office, kind=make_kind(**kind), **event), **row)
    assert states(part) == {}


def test_calendars_filled_in_bulk_get_their_duties_from_the_clock(office):
    event = make_event(office)
    Participation.objects.bulk_create([Participation(event=event, office=office, is_host=True)])
    coverage.remind(timezone.now())
    assert Assignment.objects.filter(participation__event=event).count() == 2


def test_deadlines_move_with_the_event_but_not_those_set_by_hand(part, editor, reporter):
    by_hand = timezone.now() + dt.timedelta(hours=5)
    coverage.assign(actor=editor, participation=part, form="photo", person=reporter, due=by_hand)
    event = part.event
    event.ends_at += dt.timedelta(days=1)
    event.save()
    coverage.follow_event(event)
    due = dict(part.assignments.values_list("form", "due_at"))
    assert due == {"text": event.ends_at + dt.timedelta(hours=24), "photo": by_hand}
    event.cancelled_at = timezone.now()
    event.save()
    coverage.follow_event(event)
    assert set(states(part).values()) == {State.DROPPED}


def test_a_duty_is_given_taken_and_done(part, editor, reporter):
    duty = coverage.assign(actor=editor, participation=part, form="text", person=reporter)
    assert part.assignments.count() == 2, "the one that exists is given, no second one made"
    coverage.take(actor=editor, duty=duty)
    coverage.move(actor=editor, duty=duty, state=State.WORKING)
    done = coverage.move(actor=editor, duty=duty, state=State.DONE)
    assert done.person == editor
    assert done.started_at
    assert done.finished_at
    verbs = Entry.objects.filter(office_code="33.08").order_by("seq").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("agenda.duty")] == [
        "agenda.duty_assigned", "agenda.duty_taken", "agenda.duty_moved",
        "agenda.duty_moved",
    ]  # fmt: skip


def test_a_dropped_duty_gives_way_to_a_new_one(part, editor):
    old = part.assignments.get(form="photo")
    coverage.move(actor=editor, duty=old, state=State.DROPPED)
    coverage.assign(actor=editor, participation=part, form="photo", person=None)
    with pytest.raises(ValidationError):
        coverage.move(actor=editor, duty=old, state=State.OPEN)


def test_nobody_from_elsewhere_gives_takes_links_or_is_given(part, editor, stranger):
    duty = part.assignments.first()
    page = add_item(part.office)
    for act in (
        lambda: coverage.assign(actor=stranger, participation=part, form="text", person=None),
        lambda: coverage.take(actor=stranger, duty=duty),
        lambda: coverage.move(actor=stranger, duty=duty, state=State.DONE),
        lambda: linking.link_item(actor=stranger, participation=part, page=page),
        lambda: linking.except_event(actor=stranger, participation=part, reason="closed"),
        lambda: linking.undo_exception(actor=stranger, participation=part),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(ValidationError):
        coverage.assign(actor=editor, participation=part, form="text", person=stranger)


def test_an_item_of_another_office_cannot_be_linked(part, editor, stranger):
    theirs = add_item(make_office("33.74"))
    with pytest.raises(PermissionDenied):
        linking.link_item(actor=editor, participation=part, page=theirs)


def test_linking_what_is_public_settles_the_duties_that_it_delivers(part, reporter):
    page = add_item(part.office, live=True)
    linking.link_item(actor=reporter, participation=part, page=page)
    linking.link_item(actor=reporter, participation=part, page=page)
    assert states(part) == {"text": "done", "photo": "open"}
    assert Coverage.objects.count() == 1
    linking.unlink_item(actor=reporter, participation=part, page=page)
    assert not Coverage.objects.exists()


def test_publishing_by_any_way_settles_the_duties(part, reporter, editor):
    page = add_item(part.office, live=False, first_published_at=None)
    linking.link_item(actor=reporter, participation=part, page=page)
    assert states(part)["text"] == "working"
    page.save_revision(user=editor).publish(user=editor)
    assert states(part)["text"] == "done"


def test_an_exception_drops_the_duties_and_undoing_brings_them_back(part, editor):
    before = states(part)
    linking.except_event(actor=editor, participation=part, reason="excluded", note="Data pelamar")
    assert set(states(part).values()) == {"dropped"}
    part.refresh_from_db()
    linking.undo_exception(actor=editor, participation=part)
    assert states(part) == before
    with pytest.raises(ValidationError):
        linking.except_event(actor=editor, participation=part, reason="malas")
    page = add_item(part.office, live=True)
    linking.link_item(actor=editor, participation=part, page=page)
    with pytest.raises(ValidationError):
        linking.except_event(actor=editor, participation=part, reason="closed")


def test_reminders_come_once_before_and_once_when_late(part):
    due = part.event.ends_at + dt.timedelta(hours=24)

    def told(at: dt.datetime) -> set[tuple[str, str]]:
        return {(duty.form, what) for duty, what in coverage.remind(at)}

    assert told(due - dt.timedelta(hours=9)) == set()
    assert told(due - dt.timedelta(hours=2)) == {("text", "soon"), ("photo", "soon")}
    assert told(due - dt.timedelta(hours=1)) == set()
    part.assignments.filter(form="photo").update(state=State.DONE)
    assert told(due + dt.timedelta(minutes=10)) == {("text", "late")}
    assert told(due + dt.timedelta(minutes=25)) == set()


def test_the_places_for_alerts_hear_of_it_in_indonesian(part, monkeypatch):
    told: list[tuple[str, str, str]] = []
    monkeypatch.setattr(
        reminders,
        "notify",
        lambda *, office, topic, text: told.append((office.code, topic, text)),
    )
    part.assignments.update(due_at=timezone.now() + dt.timedelta(hours=1))
    assert reminders.run() == 2
    assert reminders.run() == 0
    assert [(code, topic) for code, topic, _text in told] == [("33.08", "duties")] * 2
    assert all("Goes to School" in text and "WIB" in text for _code, _topic, text in told)


def test_the_dashboard_shows_ones_own_duties_and_the_late_ones(part, reporter, editor):
    duty = part.assignments.get(form="text")
    coverage.take(actor=reporter, duty=duty)
    late = duty.due_at + dt.timedelta(hours=1)
    mine = list(duties_of_coverage(reporter, part.office, late))
    assert [todo.is_late for todo in mine] == [True, True]
    assert "Goes to School" in mine[0].title
    reader = make_person("pengarah@kpu.test", Role.DIRECTOR, office=part.office)
    assert not list(duties_of_coverage(reader, part.office, late))
    assert len(list(duties_of_coverage(editor, part.office, late))) == 2


def test_an_item_without_event_is_told_its_likely_event(part, editor):
    page = add_item(part.office, live=True)
    add_item(part.office, "Rapat pleno mingguan", live=True, slug="pleno")
    now = timezone.now()
    assert [row.page.pk for row in suggestions_for(part.office, now)] == [page.pk]
    assert len(list(items_without_event(editor, part.office, now))) == 1
    (row, is_linked, score), *_rest = events_for(page)
    assert (row, is_linked) == (part, False)
    assert score > 0.5


def test_the_event_page_reads_a_constant_number_of_queries(
    part, editor, django_assert_max_num_queries
):
    for number in range(5):
        page = add_item(part.office, f"Kabar {number}")
        linking.link_item(actor=editor, participation=part, page=page)
    part = Participation.objects.select_related("event__kind", "office").get(pk=part.pk)
    with django_assert_max_num_queries(8):
        desk = event_desk(part, editor)
        assert len([str(row.page) for row in desk["coverages"]]) == 5


def test_story_first_makes_the_event_afterwards(part, reporter, stranger):
    page = add_item(part.office, live=True, activity_date=dt.date(2025, 8, 21), place="Aula")
    with pytest.raises(PermissionDenied):
        linking.event_from_item(actor=stranger, page=page, kind=part.event.kind)
    row = linking.event_from_item(actor=reporter, page=page, kind=part.event.kind)
    assert row.event.starts_at == dt.datetime(2025, 8, 21, 2, tzinfo=dt.UTC)
    assert (row.event.place, row.event.title) == ("Aula", page.title)
    assert states(row) == {"text": "done", "photo": "open"}
    page = add_item(part.office, "Besok", activity_date=dt.date(2099, 1, 1))
    with pytest.raises(ValidationError):
        linking.event_from_item(actor=reporter, page=page, kind=part.event.kind)
