"""Run inside an installation: gives every open office events, duties, items and reference pages."""

import datetime as dt
import os
import random
import sys
import time
import uuid
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")

NAMED, SCORED_DAYS = 20, 90  # events of a province that flow down to each office; days with scores
MOST_ITEMS = 120  # of each office: about every second event is told


def main(events: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from zona.offices.models import Office

    began = time.monotonic()
    chance = random.Random(4)
    offices = list(Office.objects.filter(is_open=True).select_related("parent").order_by("code"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    flowing = make_people_and_flow(offices, chance)
    for office in offices:
        fill(office, events, flowing.get(office.parent_id, []), chance)
    print(f"{len(offices)} kantor diisi dalam {time.monotonic() - began:.0f} d.")


def make_people_and_flow(offices: list[Any], chance: random.Random) -> dict[int, list[Any]]:
    """People with real roles, and what provinces enter for the offices below them."""
    from zona.offices.models import Role
    from zona.testing import make_person

    for code, email in (("33.08", "kabupaten"), ("33", "provinsi"), ("00", "ri")):
        office = next((office for office in offices if office.code == code), None)
        if office is not None:
            make_person(f"{email}@contoh.id", Role.EDITOR, office=office)
    provinces = [office for office in offices if "." not in office.code]
    return {
        office.pk: save_events(office, make_events(office, NAMED, chance, "Rakor provinsi"))
        for office in provinces
    }


def make_events(office: Any, count: int, chance: random.Random, title: str) -> list[Any]:
    from django.utils import timezone

    from zona.bakohumas.agenda.models import Event, EventKind, Visibility

    kinds = list(EventKind.objects.all())
    now = timezone.now()
    made = []
    for number in range(count):
        begins = now + dt.timedelta(hours=chance.uniform(-24 * 180, 24 * 14))
        made.append(
            Event(
                office=office,
                kind=chance.choice(kinds),
                title=f"{title} {number} {office.region}",
                starts_at=begins,
                ends_at=begins + dt.timedelta(hours=2),
                place=f"Aula {office.region}",
                visibility=Visibility.PUBLIC if number % 2 else Visibility.CLOSED,
                uid=uuid.UUID(int=chance.getrandbits(128)),
            )
        )
    return made


def save_events(office: Any, made: list[Any]) -> list[Any]:
    from zona.bakohumas.agenda.models import Event, Participation

    Event.objects.bulk_create(made)
    Participation.objects.bulk_create(
        Participation(event=event, office=office, is_host=True) for event in made
    )
    return made


def fill(office: Any, events: int, flowing: list[Any], chance: random.Random) -> None:
    from django.db import transaction
    from django.utils import timezone

    from zona.bakohumas.agenda.models import Assignment, Coverage, Participation
    from zona.bakohumas.numbers.models import OfficeScore

    now = timezone.now()
    with transaction.atomic():
        save_events(office, make_events(office, events, chance, "Kegiatan"))
        Participation.objects.bulk_create(
            Participation(event=event, office=office, seen_at=now) for event in flowing
        )
        rows = list(Participation.objects.filter(office=office).select_related("event__kind"))
        Assignment.objects.bulk_create(
            Assignment(
                participation=row,
                office=office,
                form=form,
                due_at=row.event.ends_at + dt.timedelta(hours=row.event.kind.deadline_hours),
                state="done" if row.event.ends_at < now - dt.timedelta(days=3) else "open",
            )
            for row in rows
            for form in row.event.kind.duties
        )
        past = [row for row in rows if row.event.ends_at < now]
        told = chance.sample(past, min(MOST_ITEMS, len(past) * 2 // 3))
        pages = make_pages(office, [row.event for row in told], chance)
        Coverage.objects.bulk_create(
            Coverage(participation=row, page=page) for row, page in zip(told, pages, strict=True)
        )
        OfficeScore.objects.bulk_create(
            OfficeScore(
                office=office,
                day=now.date() - dt.timedelta(days=back),
                score=round(50 + chance.random() * 40, 1),
                parts={},
            )
            for back in range(1, SCORED_DAYS)
        )


def make_pages(office: Any, events: list[Any], chance: random.Random) -> list[Any]:
    """An item for each event below the list of news, and the mandatory pages below the home."""
    from zona.website.site.models import HomePage, IndexPage, MandatoryPage

    home = HomePage.objects.get(office=office)
    news = IndexPage.objects.child_of(home).get()
    items = [
        {
            "kind": "article",
            "title": f"Berita {event.title}",
            "slug": f"b{number}",
            "first_published_at": event.ends_at + dt.timedelta(hours=chance.expovariate(1 / 20)),
            "activity_date": event.starts_at.date(),
            "freshness": "N",
        }
        for number, event in enumerate(events)
    ]
    duties = [
        {
            "kind": "standard",
            "title": duty.title,
            "slug": f"w-{duty.code}".replace("_", "-"),
            "mandatory": duty,
            "review_days": duty.review_days,
            "freshness": "R",
        }
        for duty in MandatoryPage.objects.all()
        if chance.random() < 0.8
    ]
    plant(office, home, duties)
    return plant(office, news, items)


def plant(office: Any, parent: Any, rows: list[dict[str, Any]]) -> list[Any]:
    """Rows of pages below one page, in bulk: enough for the screens that are measured."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Locale

    from zona.website.site.models import ArticlePage, BasePage, StandardPage

    models = {"article": ArticlePage, "standard": StandardPage}
    types = {kind: ContentType.objects.get_for_model(model) for kind, model in models.items()}
    locale, now = Locale.objects.first(), timezone.now()
    pages = []
    for number, row in enumerate(rows, start=parent.numchild + 1):
        slug = str(row["slug"])
        moment = row.get("first_published_at") or now - dt.timedelta(days=60)
        usual = {"first_published_at": moment, "last_published_at": moment, "listed_at": moment}
        page = BasePage(**(usual | row))
        page.office, page.locale, page.content_type = office, locale, types[page.kind]
        page.depth, page.live, page.translation_key = parent.depth + 1, True, uuid.uuid4()
        page.path = BasePage._get_path(parent.path, page.depth, number)
        page.url_path, page.draft_title = f"{parent.url_path}{slug}/", page.title
        pages.append(page)
    BasePage.objects.bulk_create(pages)
    BasePage.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
    return pages


if __name__ == "__main__":
    main(int(sys.argv[1]))
