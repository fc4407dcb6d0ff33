"""What the middleware and the screens read. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from zona.offices.models import Office
from zona.website.site.models import BasePage, DirectoryPage, HomePage

from . import rules
from .models import MissingPage, Redirect

FRAME = ("directory", "home")


@dataclass(frozen=True)
class Place:
    """An address as one office sees it: the path below its home, or from the root of its host."""

    office_id: int
    path: str


def locate(request: HttpRequest) -> Place | None:
    """Whose address is asked: by host, by the home in the path, else the front office."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    path, root = request.path_info, site.root_page
    steps = path.strip("/").split("/")
    below = {root.url_path + "/".join(steps[:count]) + "/": count for count in (1, 2)}
    homes = HomePage.objects.filter(url_path__in=[root.url_path, *below])
    rows = sorted(homes.values_list("url_path", "office_id"), key=lambda row: -len(row[0]))
    if rows:
        url_path, office_id = rows[0]
        return Place(office_id, path[len(url_path) - len(root.url_path) :] or "/")
    front = DirectoryPage.objects.filter(pk=root.pk).values_list("front_office", flat=True).first()
    return Place(front, path) if front else None


def find_redirect(place: Place, query: str, *, by_query_only: bool = False) -> Redirect | None:
    """The most exact redirect for an address."""
    wanted = rules.candidates(place.path, query)
    if by_query_only:
        wanted = [text for text in wanted if "?" in text]
    if not wanted:
        return None
    found = Redirect.objects.filter(office=place.office_id, old_path__in=wanted)
    rows = {row.old_path: row for row in found.select_related("page")}
    return next((rows[text] for text in wanted if text in rows), None)


def home_path(office: Office) -> str:
    """Where the office's home lies in the tree, such as `/indonesia/jateng/kota/`; "" if none."""
    path = HomePage.objects.filter(office=office).values_list("url_path", flat=True).first()
    return path or ""


def own_path(page: BasePage, home: str) -> str:
    """A page's address as its office sees it."""
    return rules.clean_path(page.url_path.removeprefix(home))


def live_page_at(office: Office, path: str) -> BasePage | None:
    """The office's public page that answers at this (clean) path itself."""
    home = home_path(office)
    wanted = f"{home.rstrip('/')}{path}/"
    return BasePage.objects.live().filter(office=office, url_path=wanted).first()


def redirects_of(office: Office, words: str = "") -> QuerySet[Redirect]:
    rows = Redirect.objects.filter(office=office).select_related("page")
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(old_path__icontains=word.lower())
            | Q(page__title__icontains=word)
            | Q(url__icontains=word)
        )
    return rows.order_by("-last_hit", "old_path") if not words else rows.order_by("old_path")


def missing_of(office: Office) -> QuerySet[MissingPage]:
    """Addresses nobody could answer and that no redirect answers now, the most wanted first."""
    answered = Redirect.objects.filter(office=office).values("old_path")
    rows = MissingPage.objects.filter(office=office).exclude(path__in=answered)
    return rows.order_by("-count", "-last_seen")


def guesses(office: Office, rows: Iterable[MissingPage]) -> Iterator[tuple[MissingPage, BasePage]]:
    """Rows with the page they resemble most; rows that resemble none are left out."""
    rows = list(rows)
    pages = BasePage.objects.live().filter(office=office).exclude(kind__in=FRAME)
    slugs = dict(pages.values_list("pk", "slug"))
    matches = list(rules.best_matches([row.path for row in rows], slugs))
    known = pages.in_bulk({key for key in matches if key is not None})
    for row, key in zip(rows, matches, strict=True):
        if key in known:
            yield row, known[key]
