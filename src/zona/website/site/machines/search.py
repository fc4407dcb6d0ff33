"""What of the website can be searched: every public page with all its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction
from wagtail.search import index
from wagtail.signals import page_slug_changed, post_page_move

from zona.backstage.media.models import Transcript
from zona.backstage.search.actions import follow
from zona.backstage.search.registry import Draft, Source, register_source

from ..kinds import KINDS
from ..models import BasePage, Rubric
from ..rules.pages import UNDATED

SOURCE = "pages"
NOT_SEARCHED = {"index", "directory"}
# What lies beside a page's own fields: the relation, and what of its rows is text.
BESIDE = {
    "tags": ("name",),
    "guests": ("name", "office", "competence"),
    "people": ("name", "position", "division"),
    "photos": ("caption",),
    "chapters": ("title",),
}
OWN = ("dateline", "place", "people", "number", "caption")
NAMES = {"title", "lead"}  # told apart from the text
# Saving these alone changes nothing that is public.
QUIET = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "reviewed_at",
    "go_live_at",
    "expire_at",
}
BOOST = {"home": 1.3, "contact": 1.15, "profile": 1.15, "standard": 1.15, "announcement": 1.1}
# How kinds are called among the results; rooms above add theirs when the apps are ready.
KIND_NAMES: dict[str, str | Promise] = {
    "standard": _("Public information"),
    "profile": _("Profile"),
    "contact": _("Contact"),
    "home": _("Office"),
}
BATCH = 100


def public_pages() -> QuerySet[BasePage]:
    pages = BasePage.objects.live().public()
    return pages.filter(office__isnull=False).exclude(kind__in=NOT_SEARCHED)


def list_keys(after: str = "") -> Iterator[str]:
    """Keys of all pages, public or not, in the order of their rows."""
    rows = BasePage.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return map(str, rows.values_list("pk", flat=True).iterator())


def count() -> int:
    return BasePage.objects.count()


def build(keys: Sequence[str]) -> Iterator[Draft]:
    """The drafts of the public ones among these pages, as they are in the database now."""
    rows: Any = public_pages().filter(pk__in=[int(key) for key in keys])
    for page in rows.select_related("office", "rubric").prefetch_related("tags").specific():
        yield describe(page)


def describe(page: Any) -> Draft:
    """A page as the index has it; `page` is specific."""
    office, rubric = page.office, page.rubric
    return Draft(
        key=str(page.pk),
        kind=page.kind,
        title=page.title,
        url="/" + page.url_path.split("/", 2)[2],  # below the directory of the whole country
        text=_join(_texts(page)),
        office_id=page.office_id,
        rubric=rubric.title if rubric else "",
        date=_day_of(page, office),
        valid_until=page.valid_until,
        boost=BOOST.get(page.kind, 1.0),
        is_door=page.kind == "home",
    )


def _day_of(page: Any, office: Any) -> dt.date | None:
    """The day an item stands at; what stands all year has none."""
    if page.kind not in KINDS or page.listed_at in (None, UNDATED) or office is None:
        return None
    return page.listed_at.astimezone(office.tz).date()  # type: ignore[no-any-return]


def _texts(page: Any) -> Iterator[Any]:
    """Lead first, then what the page's class says is to be searched, then what lies beside it."""
    yield page.lead
    for field in type(page).get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in NAMES:
            yield field.get_value(page)
    for name in OWN:
        value = getattr(page, name, "")
        yield value if isinstance(value, str) else ""
    if page.photo:
        yield page.photo.description
    for name, fields in BESIDE.items():
        rows: Any = getattr(page, name, None)
        for row in rows.all() if hasattr(rows, "all") else ():
            yield from (getattr(row, field, "") for field in fields)
    if page.kind == "home" and page.office:
        office = page.office
        yield from (office.long_name, office.short_name, office.address)
    yield from _file_titles(page)


def _file_titles(page: Any) -> Iterator[str]:
    for block in getattr(page, "body", None) or ():
        if block.block_type == "file" and block.value.get("document"):
            yield block.value["document"].title


def _join(parts: Iterable[Any]) -> str:
    """One text; a part may be a list of texts. What was said already is not said again."""
    seen: dict[str, None] = {}
    for part in parts:
        for text in part if isinstance(part, (list, tuple)) else [part]:
            if plain := "\n".join(filter(None, map(str.strip, str(text or "").split("\n")))):
                seen.setdefault(plain)
    return "\n".join(seen)


# --- following ---


def follow_pages(pages: Iterable[int]) -> None:
    """Bring the entries of these pages in step, some at a time."""
    keys = list(pages)
    for at in range(0, len(keys), BATCH):
        follow(source=SOURCE, keys=keys[at : at + BATCH])


def follow_tree(page: Any) -> None:
    """The page and all below it: their addresses, or who may see them, changed."""
    rows = BasePage.objects.filter(path__startswith=page.path)
    follow_pages(rows.values_list("pk", flat=True))


def _on_saved(instance: BasePage, raw: bool = False, **signal: Any) -> None:
    fields = signal.get("update_fields")
    if not raw and not (fields and set(fields) <= QUIET):
        follow_pages([instance.pk])


def _on_changed(instance: BasePage, **_: Any) -> None:
    follow_pages([instance.pk])


def _on_moved(instance: BasePage, **_: Any) -> None:
    follow_tree(instance)


def _on_restricted(instance: PageViewRestriction, **_: Any) -> None:
    page = BasePage.objects.filter(pk=instance.page_id).first()
    if page:
        follow_tree(page)


def _on_rubric(instance: Rubric, **_: Any) -> None:
    follow_pages(instance.pages.values_list("pk", flat=True))


def _before_rubric_goes(instance: Rubric, **_: Any) -> None:
    instance.left_pages = list(instance.pages.values_list("pk", flat=True))  # type: ignore[attr-defined]


def _on_rubric_gone(instance: Rubric, **_: Any) -> None:
    follow_pages(instance.left_pages)  # type: ignore[attr-defined]


def _on_transcript(instance: Transcript, **_: Any) -> None:
    for relation in ("episode_pages", "video_pages"):
        follow_pages(getattr(instance.recording, relation).values_list("pk", flat=True))


def follow_page(page: BasePage, _revision: object = None) -> None:
    """A page that came out or left is found, or no longer."""
    _on_changed(instance=page)


def register() -> None:
    """Make the website known to search, and let its entries follow it."""
    KIND_NAMES.update({code: kind.one for code, kind in KINDS.items()})
    register_source(Source(SOURCE, list_keys, build, count, KIND_NAMES))
    for model in _page_models(BasePage):
        post_save.connect(_on_saved, sender=model, dispatch_uid=f"search {model.__name__}")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_on_moved, dispatch_uid="search")
    post_delete.connect(_on_changed, sender=BasePage, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(_on_restricted, sender=PageViewRestriction, dispatch_uid="search")
        signal.connect(_on_transcript, sender=Transcript, dispatch_uid="search")
    post_save.connect(_on_rubric, sender=Rubric, dispatch_uid="search")
    pre_delete.connect(_before_rubric_goes, sender=Rubric, dispatch_uid="search")
    post_delete.connect(_on_rubric_gone, sender=Rubric, dispatch_uid="search")


def _page_models(model: type[BasePage]) -> Iterator[type[BasePage]]:
    yield model
    for below in model.__subclasses__():
        yield from _page_models(below)
