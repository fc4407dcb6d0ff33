"""Every write that the public may see is noted in its own transaction, with its office."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from zona.offices.models import Office
from zona.serving.models import Change
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import ArticlePage, BasePage, IndexPage, Rubric

pytestmark = pytest.mark.django_db(transaction=True)


def offices_noted(act: Callable[[], object]) -> list[int | None]:
    """The offices of the changes that an act wrote."""
    last = Change.objects.order_by("id").values_list("id", flat=True).last() or 0
    act()
    return list(
        Change.objects.filter(id__gt=last).order_by("id").values_list("office_id", flat=True)
    )


@pytest.fixture
def office() -> Office:
    return make_office("33.08")


@pytest.fixture
def article(office: Office) -> ArticlePage:
    index = IndexPage.objects.child_of(open_home(office)).get()
    page = ArticlePage(title="Rapat pleno", slug="rapat-pleno", office=office)
    index.add_child(instance=page)
    return page


def test_saving_a_page_is_a_change_of_its_office_alone(article: ArticlePage) -> None:
    article.title = "Rapat pleno terbuka"
    assert set(offices_noted(article.save)) == {article.office_id}


def test_publishing_and_taking_down(article: ArticlePage) -> None:
    article.title = "Baru"
    revision = article.save_revision()
    assert article.office_id in offices_noted(revision.publish)
    assert article.office_id in offices_noted(article.unpublish)


def test_a_draft_is_no_change(article: ArticlePage) -> None:
    article.title = "Konsep"
    assert offices_noted(article.save_revision) == []


def test_writes_below_the_signals_are_everybodys(article: ArticlePage, office: Office) -> None:
    rows = BasePage.objects.filter(pk=article.pk)
    assert offices_noted(lambda: rows.update(lead="Lain")) == [None]
    made = [Rubric(office=office, title="A", slug="a"), Rubric(office=office, title="B", slug="b")]
    assert set(offices_noted(lambda: Rubric.objects.bulk_create(made))) == {None}
    assert None in offices_noted(lambda: Rubric.objects.all().delete())

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE site_basepage SET lead = 'x'")

    assert offices_noted(write) == [None]


def test_moving_a_page_is_a_change(article: ArticlePage) -> None:
    other = IndexPage.objects.child_of(open_home(make_office("33.74"))).get()
    assert None in offices_noted(lambda: article.move(other, pos="last-child"))


def test_people_signing_in_and_the_record_are_no_change(office: Office) -> None:
    person = make_person()
    assert offices_noted(lambda: person.save(update_fields=["last_login"])) == []
    from zona.ground.journal.actions import record

    assert offices_noted(lambda: record(actor=person, verb="site.page_reviewed",
                                        target=person, office_code="33.08")) == []  # fmt: skip


def test_a_change_is_noted_once_a_transaction_and_vanishes_with_it(article: ArticlePage) -> None:
    def twice() -> None:
        with transaction.atomic():
            article.save()
            article.save()

    assert offices_noted(twice) == [article.office_id]

    def undone() -> None:
        with transaction.atomic():
            article.save()
            transaction.set_rollback(True)

    assert offices_noted(undone) == []


def test_what_was_noted_in_a_part_that_was_undone_is_noted_again(article: ArticlePage) -> None:
    def partly() -> None:
        with transaction.atomic():
            with transaction.atomic():
                article.save()
                transaction.set_rollback(True)
            article.save()

    assert offices_noted(partly) == [article.office_id]


def test_a_change_of_all_covers_those_of_offices(article: ArticlePage) -> None:
    def act() -> None:
        with transaction.atomic():
            BasePage.objects.filter(pk=article.pk).update(lead="Lain")
            article.save()

    assert offices_noted(act) == [None]


def test_closing_an_office_for_a_day_is_a_change(office: Office) -> None:
    from zona.offices.models import ClosedDay

    day = {"starts_on": "2026-11-01", "ends_on": "2026-11-02", "reason": "Pindah"}
    assert offices_noted(lambda: ClosedDay.objects.create(office=office, **day)) == [office.pk]


def test_a_failed_save_leaves_no_office_behind(article: ArticlePage) -> None:
    other = make_office("33.74")
    with pytest.raises(Exception, match="title"), transaction.atomic():
        Rubric(pk=None, office=other, title=None, slug="x").save()  # type: ignore[misc]
    rows = BasePage.objects.filter(pk=article.pk)
    assert offices_noted(lambda: rows.update(lead="Lain")) == [None]
