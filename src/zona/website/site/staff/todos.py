"""What the website itself puts on the dashboard. Each source costs one to four queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.backstage.rights.grants import CAPABILITY, PUBLISHER, collections_of
from zona.offices.models import Holiday, Office, RoleAssignment, ServiceHours, User
from zona.offices.policies import may_administer, may_edit_national, today

from ..models import AnnouncementPage, BasePage, Photo
from ..pages import rows as cards
from ..rules.pages import Age
from . import queries
from .desk import desk_of

ANNOUNCEMENT_NAG_DAYS = 30  # afterwards the label "expired" says enough
SCHEDULE_GRACE = dt.timedelta(minutes=10)  # the schedule runs every minute
HOLIDAYS_FROM_MONTH = 10  # the joint decree on next year's holidays comes in autumn


def edit_url(page: BasePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def say(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""


@register_todo()
def pages_to_review(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    desk = desk_of(user, office)
    if not desk.sees_all:
        return
    day = now.astimezone(office.tz).date()
    for page in desk.kept:
        age = cards.age(page, day)
        if age is Age.FRESH or not queries.is_reviewed(page):
            continue
        last = cards.local_day(page.reviewed_at or page.first_published_at, page)
        due = last + dt.timedelta(days=page.review_days or 0) if last else day
        words = {"date": say(last), "days": page.review_days}
        if page.reviewed_at:
            detail = _("Last reviewed on %(date)s; to be reviewed every %(days)s days.") % words
        else:
            detail = _("Not reviewed since it was published on %(date)s.") % words
        yield Todo(
            _("Review “%(title)s”") % {"title": page.title},
            detail,
            reverse("site_staff:review", args=[page.pk]),
            Urgency.SOON if age is Age.DUE else Urgency.LATE,
            due,
        )


def _expired(office: Office, now: dt.datetime) -> QuerySet[AnnouncementPage]:
    day = now.astimezone(office.tz).date()
    return AnnouncementPage.objects.live().filter(
        office=office,
        valid_until__lt=day,
        valid_until__gte=day - dt.timedelta(days=ANNOUNCEMENT_NAG_DAYS),
    )


@register_todo(when=_expired)
def expired_announcements(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    desk = desk_of(user, office)
    if not desk.sees_all:
        return
    for page in _expired(office, now):
        words = {"date": say(page.valid_until)}
        if desk.home and desk.home.headline_id == page.pk:
            yield Todo(
                _("The headline of the home page has expired"),
                _("It was valid until %(date)s. Choose another headline.") % words,
                edit_url(desk.home),
                Urgency.LATE,
                page.valid_until,
            )
            continue
        yield Todo(
            _("Expired: “%(title)s”") % {"title": page.title},
            _("Valid until %(date)s. Extend it or take it down.") % words,
            edit_url(page),
            Urgency.SOON,
            page.valid_until,
        )


@register_todo()
def missing_duties(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    desk = desk_of(user, office)
    if not desk.sees_all or desk.home is None:
        return
    missing = [row for row in desk.checklist if row.state is queries.State.MISSING]
    if not missing:
        return
    first, others = missing[0], len(missing) - 1
    title = _("Create the page “%(title)s”") if first.page is None else _("Publish “%(title)s”")
    detail = first.duty.legal_base
    if others:
        more = ngettext(
            "%(count)s more mandatory page is missing.",
            "%(count)s more mandatory pages are missing.",
            others,
        )
        detail = f"{detail}. {more % {'count': others}}"
    yield Todo(
        title % {"title": first.duty.title},
        detail,
        reverse("site_staff:create_duty", args=[office.code, first.duty.code]),
        Urgency.SOON,
    )


@register_todo(when=lambda office, now: queries.drafts(office))
def drafts(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Own drafts to finish; those of colleagues who may not publish, to look through."""
    desk = desk_of(user, office)
    rows = list(queries.drafts(office))
    if not rows:
        return
    publishers = _publisher_ids(office) if desk.sees_all else set()
    for page in rows:
        revision = page.latest_revision
        author = revision.user
        saved = revision.created_at.astimezone(office.tz).date()
        words = {"title": page.title, "name": author.name if author else "–", "date": say(saved)}
        if author == user:
            yield Todo(
                _("Finish “%(title)s”") % words,
                _("Your draft of %(date)s.") % words,
                edit_url(page),
                Urgency.CALM,
                saved,
            )
        elif desk.sees_all and author and author.pk not in publishers:
            yield Todo(
                _("Look through “%(title)s” and publish it") % words,
                _("Written by %(name)s, saved on %(date)s.") % words,
                edit_url(page),
                Urgency.SOON,
                saved,
            )


def _publisher_ids(office: Office) -> set[int]:
    roles = [role for role, capability in CAPABILITY.items() if capability == PUBLISHER]
    held = RoleAssignment.objects.in_force(today()).filter(office=office, role__in=roles)
    return set(held.values_list("user_id", flat=True))


@register_todo()
def failed_schedule(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    desk = desk_of(user, office)
    if not desk.sees_all:
        return
    for row in desk.planned:
        if row.at > now - SCHEDULE_GRACE:
            return
        at = row.at.astimezone(office.tz)
        words = {"title": row.page.title, "moment": date_format(at, "j F Y, H.i")}
        yield Todo(
            (_("Not taken down: “%(title)s”") if row.expires else _("Not published: “%(title)s”"))
            % words,
            _("Was planned for %(moment)s and failed. Open it, correct it and publish again.")
            % words,
            edit_url(row.page),
            Urgency.LATE,
            at.date(),
        )


def _undescribed(office: Office, now: dt.datetime) -> QuerySet[Photo]:
    return Photo.objects.filter(collection__in=collections_of(office), description="")


@register_todo(when=_undescribed)
def photos_without_alt(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    if not desk_of(user, office).sees_all:
        return
    photos = _undescribed(office, now).order_by("-created_at")
    first, count = photos.first(), photos.count()
    if first is None:
        return
    detail = ngettext(
        "%(count)s photo cannot be perceived by people who do not see it.",
        "%(count)s photos cannot be perceived by people who do not see them.",
        count,
    )
    back = reverse("wagtailadmin_home")
    yield Todo(
        _("Describe the photo “%(title)s”") % {"title": first.title},
        detail % {"count": count},
        f"{reverse('wagtailimages:edit', args=[first.pk])}?next={back}",
        Urgency.CALM,
        first.created_at.astimezone(office.tz).date(),
    )


@register_todo(when=lambda office, now: queries.inferred_years(office))
def inferred_years(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    if not desk_of(user, office).sees_all:
        return
    count = queries.inferred_years(office).count()
    if count:
        detail = ngettext(
            "The source of %(count)s article prints no year; Zona concluded it.",
            "The sources of %(count)s articles print no year; Zona concluded it.",
            count,
        )
        yield Todo(
            _("Check the years of imported articles"),
            detail % {"count": count},
            reverse("site_staff:years", args=[office.code]),
            Urgency.CALM,
        )


@register_todo()
def missing_particulars(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    desk = desk_of(user, office)
    if not (desk.is_reader or may_administer(user, office)):
        return
    lacking = [
        name
        for name, value in (
            (_("address"), office.address),
            (_("phone or WhatsApp"), office.phone or office.whatsapp),
            (_("e-mail"), office.email),
        )
        if not value
    ]
    if lacking:
        yield Todo(
            _("Complete the office's particulars"),
            _("Still missing: %(what)s.") % {"what": ", ".join(lacking)},
            reverse("offices:office", args=[office.code]),
            Urgency.SOON,
        )
    if not ServiceHours.objects.filter(office=office).exists():
        yield Todo(
            _("Enter the service hours"),
            _("Visitors cannot see when the office is open."),
            reverse("offices:hours", args=[office.code]),
            Urgency.SOON,
        )


@register_todo()
def missing_holidays(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    day = now.astimezone(office.tz).date()
    if day.month < HOLIDAYS_FROM_MONTH or not may_edit_national(user):
        return
    year = day.year + 1
    if not Holiday.objects.filter(date__year=year).exists():
        yield Todo(
            _("Enter the holidays of %(year)s") % {"year": year},
            _("The joint decree on holidays and collective leave is not in the calendar yet."),
            f"{reverse('offices:holidays')}?tahun={year}",
            Urgency.SOON,
        )
