"""What a web process learns from the database, and when."""

import threading

import pytest
from django.db import connection, transaction

from zona.serving.front.memory import Versions
from zona.serving.front.watch import Watcher
from zona.serving.models import Change
from zona.serving.tasks import forget_old_changes

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(act: object) -> None:
    """Run something on a database connection of its own."""

    def run() -> None:
        try:
            act()  # type: ignore[operator]
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


def test_changes_of_others_are_counted_by_office() -> None:
    versions = Versions()
    watcher = Watcher(versions)
    watcher.ask()
    start = versions.last
    assert versions.asked_at > 0
    watcher.ask()
    assert versions.last == start  # nothing happened
    in_thread(lambda: Change.objects.create(office_id=7))
    watcher.ask()
    assert not versions.is_current(start, 7)
    assert versions.is_current(start, 8)
    in_thread(lambda: Change.objects.create(office_id=None))
    watcher.ask()
    assert not versions.is_current(start, 8)


def test_a_change_that_is_not_committed_is_not_seen_and_then_it_is() -> None:
    versions = Versions()
    watcher = Watcher(versions)
    watcher.ask()
    start = versions.last
    with transaction.atomic():
        Change.objects.create(office_id=7)
        in_thread(lambda: Watcher(Versions()).ask())
        other = Versions()
        seen: list[int] = []

        def look() -> None:
            own = Watcher(other)
            own.ask()
            seen.append(other.last)

        in_thread(look)
    watcher.data_version = None  # our own connection made the change
    watcher.ask()
    assert not versions.is_current(start, 7)


def test_numbers_below_the_first_answer_may_still_come() -> None:
    numbers = [Change.objects.create(office_id=1).pk for _ in range(5)]
    Change.objects.filter(pk=numbers[2]).delete()  # as if not committed yet
    versions = Versions()
    watcher = Watcher(versions)
    watcher.ask()
    start = versions.last
    Change(pk=numbers[2], office_id=9).save(force_insert=True)
    watcher.data_version = None
    watcher.ask()
    assert not versions.is_current(start, 9)
    assert versions.is_current(start, 1)


def test_another_database_in_its_place_ends_all_that_was_kept() -> None:
    for _ in range(3):
        Change.objects.create(office_id=1)
    versions = Versions()
    watcher = Watcher(versions)
    watcher.ask()
    start = versions.last
    Change.objects.all().delete()
    watcher.data_version = None
    watcher.ask()
    assert not versions.is_current(start, 1)
    again = versions.last
    Change(pk=1, office_id=1).save(force_insert=True)
    watcher.data_version = None
    watcher.ask()
    assert not versions.is_current(again, 1)


def test_after_an_error_everything_counts_as_changed() -> None:
    versions = Versions()
    watcher = Watcher(versions)
    watcher.ask()
    start = versions.last
    watcher.forget()
    watcher.ask()
    assert not versions.is_current(start, 5)


def test_old_changes_are_forgotten() -> None:
    import datetime as dt

    from django.utils import timezone

    old, new = Change.objects.create(), Change.objects.create()
    Change.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=3))
    forget_old_changes.call()
    assert list(Change.objects.filter(pk__in=[old.pk, new.pk])) == [new]
