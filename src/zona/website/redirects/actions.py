"""What changes the old addresses of an office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import Office, User
from zona.website.site.models import BasePage, HomePage

from . import queries, rules
from .models import MissingPage, Redirect, Source
from .policies import may_redirect

CHUNK = 500  # rows a statement


def clean_old(office: Office, text: str, home: str | None = None) -> str:
    """A pasted old address as it is kept; below the office's home when it lay there.

    `home` is what `_visible_home` says, for those who ask often.
    Raises ValidationError with words for the person who typed it.
    """
    try:
        path = rules.clean_address(text)
    except rules.BadAddress as error:
        said = {
            "empty": _("Write the old address."),
            "home": _("This is the home page itself. Write the address of a page below it."),
            "long": _("This address is too long: at most %(count)s characters.")
            % {"count": rules.LONGEST},
        }.get(error.code, _("This is no web address."))
        raise ValidationError({"old_path": said}) from error
    home = _visible_home(queries.home_path(office)) if home is None else home
    if home != "/" and path.startswith(home):
        path = "/" + path.removeprefix(home)
    return path


def _visible_home(home_path: str) -> str:
    """The path of the home on the host of the whole installation, `/jateng/kota/`."""
    parts = home_path.strip("/").split("/")
    return "/" + "".join(f"{part}/" for part in parts[1:])


def _own_paths(office: Office, url: str) -> list[str]:
    """The paths that a target may mean as the office sees them; none when it lies elsewhere."""
    parts = urlsplit(url)
    if parts.netloc and parts.hostname not in (office.host, urlsplit(settings.BASE_URL).hostname):
        return []
    path = rules.join(rules.clean_path(parts.path), rules.clean_query(parts.query))
    home = _visible_home(queries.home_path(office))
    below = ["/" + path.removeprefix(home)] if path.startswith(home) and home != "/" else []
    return [*below, path]


def check(
    office: Office, old_path: str, page: BasePage | None, url: str, but: int | None = None
) -> None:
    """Refuse what leads nowhere, in a circle, or over two steps. Raises ValidationError."""
    if (page is None) == (not url):
        raise ValidationError({"page": _("Choose a page, or write another address.")})
    if page is not None and page.office_id != office.pk:
        raise ValidationError({"page": _("Choose a page of your own office.")})
    others = Redirect.objects.filter(office=office)
    if but is not None:
        others = others.exclude(pk=but)
    if others.filter(old_path=old_path).exists():
        raise ValidationError({"old_path": _("This old address leads on already.")})
    answering = queries.live_page_at(office, old_path) if "?" not in old_path else None
    if answering is not None:
        raise ValidationError(
            {
                "old_path": _("The page “%(title)s” answers at this address; it needs no redirect.")
                % {"title": answering.title}
            }
        )
    if url:
        _check_url(office, old_path, url, others)
    ours = [old_path, f"{old_path}/"]
    home = _visible_home(queries.home_path(office)).rstrip("/")
    if others.filter(url__in=[*ours, *(home + text for text in ours)]).exists():
        raise ValidationError(
            {
                "old_path": _(
                    "Another old address leads here. Let that one lead to the new page directly."
                )
            }
        )


def _check_url(office: Office, old_path: str, url: str, others: Any) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
        url = ""
    is_path = url.startswith("/") and not url.startswith("//")
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    if not (is_path or is_web) or len(url) > rules.LONGEST or any(c.isspace() for c in url):
        raise ValidationError({"url": _("Write an address that begins with https:// or with /.")})
    meant = _own_paths(office, url)
    if old_path in meant:
        raise ValidationError({"url": _("This leads back to the old address itself.")})
    if step := others.filter(old_path__in=meant).first():
        raise ValidationError(
            {
                "url": _("This address leads on itself, to %(target)s. Choose that directly.")
                % {"target": step.page.title if step.page else step.url}
            }
        )


@transaction.atomic
def save_redirect(
    *,
    actor: User,
    office: Office,
    old: str,
    page: BasePage | None = None,
    url: str = "",
    permanent: bool = True,
    redirect: Redirect | None = None,
    source: str = Source.MANUAL,
) -> Redirect:
    """Make a redirect, or change one. Raises PermissionDenied, or ValidationError by field."""
    if not may_redirect(actor, office) or (redirect and redirect.office_id != office.pk):
        raise PermissionDenied
    old_path, url = clean_old(office, old), url.strip()
    check(office, old_path, page, url, but=redirect.pk if redirect else None)
    verb = "redirects.redirect_changed" if redirect else "redirects.redirect_added"
    before = {"old_path": redirect.old_path, "target": name_target(redirect)} if redirect else {}
    row = redirect or Redirect(office=office, created_by=actor, source=source)
    if row.page != page:
        row.route = ""
    row.old_path, row.page, row.url, row.permanent = old_path, page, url, permanent
    row.save()
    MissingPage.objects.filter(office=office, path=old_path).delete()
    after = {"old_path": row.old_path, "target": name_target(row)}
    changes = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
    record(actor=actor, verb=verb, target=row, office_code=office.code, changes=changes)
    return row


def name_target(redirect: Redirect) -> str:
    return redirect.page.title if redirect.page else redirect.url


@transaction.atomic
def remove_redirect(*, actor: User, redirect: Redirect) -> None:
    """The old address is not found from now on. Raises PermissionDenied."""
    office = redirect.office
    if not may_redirect(actor, office):
        raise PermissionDenied
    record(
        actor=actor,
        verb="redirects.redirect_removed",
        target=redirect,
        office_code=office.code,
        changes={"target": [name_target(redirect), None]},
    )
    redirect.delete()


@transaction.atomic
def forget_missing(*, actor: User, office: Office, path: str) -> None:
    """Take an address off the list of those not found; it comes back when asked for again."""
    if not may_redirect(actor, office):
        raise PermissionDenied
    MissingPage.objects.filter(office=office, path=path).delete()


@transaction.atomic
def load_rows(
    *, actor: User, office: Office, rows: Iterable[tuple[int, str, str]]
) -> tuple[int, list[tuple[int, str]]]:
    """Add redirects of a table of (line, old, target); returns (number made, [(line, why not)]).

    A target at which a page of the office answers becomes that page. Rows that are there are kept.
    """
    if not may_redirect(actor, office):
        raise PermissionDenied
    made, refused = 0, []
    for line, old, target in rows:
        try:
            old_path = clean_old(office, old)
            page = _page_at(office, target.strip())
            url = "" if page else target.strip()
            if _is_there(office, old_path, page, url):
                continue
            check(office, old_path, page, url)
        except ValidationError as error:
            refused.append((line, " ".join(error.messages)))
            continue
        Redirect.objects.create(
            office=office, old_path=old_path, page=page, url=url,
            source=Source.SHEET, created_by=actor,
        )  # fmt: skip
        made += 1
    if made:
        record(
            actor=actor,
            verb="redirects.redirects_added",
            target=office,
            office_code=office.code,
            changes={"count": [0, made]},
        )
    return made, refused


def _page_at(office: Office, target: str) -> BasePage | None:
    """The office's page that answers at this address; None for what is no address at all."""
    try:
        meant = _own_paths(office, target)
    except ValueError:
        return None
    return next(filter(None, (queries.live_page_at(office, path) for path in meant)), None)


def _is_there(office: Office, old_path: str, page: BasePage | None, url: str) -> bool:
    return Redirect.objects.filter(office=office, old_path=old_path, page=page, url=url).exists()


@dataclass(frozen=True)
class Target:
    """Where an imported address leads: a page (by its key) and a list below it, or an address."""

    page_id: int | None = None
    route: str = ""
    url: str = ""


def place_imported(*, office: Office, targets: Mapping[str, Target]) -> int:
    """Old addresses of an import and where they lead; those that lead on already stay.

    For importers, which journal their own work. Addresses at which a page of the office answers
    itself are left out. Returns the number of new rows.
    """
    clean: dict[str, Target] = {}
    home = queries.home_path(office)
    visible = _visible_home(home)
    for text, target in targets.items():
        try:
            clean[clean_old(office, text, visible)] = target
        except ValidationError:
            continue  # the home itself, or no address: nothing to lead on from
    if not clean:
        return 0
    answering = {home.rstrip("/") + path + "/": path for path in clean if "?" not in path}
    for url_path in BasePage.objects.filter(
        office=office, live=True, url_path__in=answering
    ).values_list("url_path", flat=True):
        clean.pop(answering[url_path], None)
    there = set(
        Redirect.objects.filter(office=office, old_path__in=clean).values_list(
            "old_path", flat=True
        )
    )
    rows = [
        Redirect(
            office=office,
            old_path=path,
            page_id=target.page_id,
            route=target.route,
            url=target.url[: rules.LONGEST],
            source=Source.IMPORT,
        )
        for path, target in clean.items()
        if path not in there
    ]
    Redirect.objects.bulk_create(rows, ignore_conflicts=True)
    MissingPage.objects.filter(office=office, path__in=list(clean)).delete()
    return len(rows)


@transaction.atomic
def follow_move(*, page: BasePage, url_before: str, url_after: str) -> int:
    """Keep the old addresses of a page and all below it working after its address changed.

    `url_before`, `url_after`: Wagtail's paths in the tree. Returns the number of redirects.
    """
    office, home = page.office, _home_of(page)
    if url_before == url_after or page.kind in queries.FRAME or office is None or not home:
        return 0
    moved = BasePage.objects.live().filter(path__startswith=page.path)
    count, chunk = 0, []
    for row in moved.only("pk", "url_path").iterator(CHUNK):
        old = url_before + row.url_path.removeprefix(url_after)
        if not old.startswith(home) or not row.url_path.startswith(url_after):
            continue
        chunk.append((rules.clean_path(old.removeprefix(home)), queries.own_path(row, home), row))
        if len(chunk) == CHUNK:
            count += _lead_to_new(office, home, chunk)
            chunk = []
    count += _lead_to_new(office, home, chunk)
    if count:
        record(
            actor=None,
            verb="redirects.page_followed",
            target=page,
            office_code=office.code,
            changes={"count": [0, count]},
        )
    return count


def _home_of(page: BasePage) -> str:
    rows = HomePage.objects.filter(office=page.office_id).values_list("url_path", flat=True)
    return rows.first() or ""


def _lead_to_new(office: Office, home: str, moved: list[tuple[str, str, BasePage]]) -> int:
    """One row each; none may lead from where a page now answers, and none over two steps."""
    news = [new for _old, new, _page in moved]
    Redirect.objects.filter(office=office, old_path__in=news).delete()
    visible = _visible_home(home).rstrip("/")
    by_url = {
        text: page
        for old, _new, page in moved
        for base in (old, visible + old)
        for text in (base, f"{base}/")
    }
    for step in Redirect.objects.filter(Q(office=office), Q(url__in=by_url)):
        step.page, step.url = by_url[step.url], ""
        step.save(update_fields=["page", "url"])
    rows = [
        Redirect(office=office, old_path=old, page=page, source=Source.AUTOMATIC)
        for old, _new, page in moved
        if len(old) <= rules.LONGEST
    ]
    Redirect.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["office", "old_path"],
        update_fields=["page", "route", "url", "source"],
    )
    return len(rows)
