"""Two people decide in the same moment: one of them does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from zona.bakohumas.newsroom.actions import approval, review_links, reviewers, writing
from zona.bakohumas.newsroom.models import NewsroomSettings, Review, Verdict
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = {
    "title": "KPU Magelang Tetapkan Daftar Pemilih",
    "lead": "KPU Kabupaten Magelang menetapkan daftar pemilih, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka rapat.",
    "risk": "medium",
}


def together(*jobs: Callable[[], object]) -> list[object]:
    """What each job gave or raised, each in a thread with a connection of its own."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return job()
        except ValidationError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def test_two_editors_and_a_link_at_once():
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    NewsroomSettings.objects.create(office=office, approval_medium="editor")
    writer = make_person("rina@kpu.test", Role.REPORTER, office=office)
    editors = [make_person(f"e{n}@kpu.test", Role.EDITOR, office=office) for n in range(2)]
    page = writing.begin(actor=writer, office=office, fields=FIELDS)
    review = approval.ask(actor=writer, page=page)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    reviewer = reviewers.register_reviewer(
        actor=admin, office=office, name="Ibu", email="ibu@warga.test"
    )
    link, _token = review_links.make_link(
        actor=writer, review=review, way="email", reviewer=reviewer
    )
    pin = review_links.make_pin(link=link)
    link.refresh_from_db()
    seen = approval.stamp_of(review.revision)
    found = together(
        lambda: approval.decide(actor=editors[0], review=review, decision="approve", seen=seen),
        lambda: approval.decide(
            actor=editors[1], review=review, decision="return", comment="Salah.", seen=seen
        ),
        lambda: review_links.decide_by_link(
            link=link, decision="approve", comment="", name="Ibu", seen=seen, present=[], pin=pin
        ),
    )
    assert sorted(isinstance(row, Review) for row in found) == [False, False, True]
    assert Verdict.objects.count() == 1
    review.refresh_from_db()
    page.refresh_from_db()
    assert page.live == (review.state == Review.State.APPROVED)
