"""Writing imported pages: each in one transaction, known again by its GUID.

A page is added without Wagtail's `add_child`, which checks and looks up for an editor's form what
an importer knows (`bench/import_wordpress.py` has the figures). The signals that other rooms wait
for are sent all the same: `post_save` by Django, `page_published` here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from zona.ground.journal.actions import record
from zona.offices.models import Office
from zona.website.site.actions.tree import ensure_rubric, open_office
from zona.website.site.forms import reserved_words
from zona.website.site.models import (
    ArticlePage,
    BasePage,
    HomePage,
    IndexPage,
    Photo,
    Rubric,
    StandardPage,
)
from zona.website.site.models.base import Tag, TaggedPage

from ..models import ImportedItem
from ..rules import items as rules
from ..rules.items import Item
from .building import Built

ACTOR = "zona import"
SLUG_LENGTH = 80
TELL_EVERY = 200  # items a journal row
NAMES = re.compile(r'linktype=|"type": "(photo|file)"')


class Planter:
    """Writes for one office; knows its home, list, rubrics, topics and the slugs taken."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.home: HomePage = open_office(actor=ACTOR, office=office)
        self.home = HomePage.objects.get(pk=self.home.pk)
        self.index = IndexPage.objects.child_of(self.home).get()
        self.locale = Locale.get_default()
        self.rubrics: dict[str, Rubric] = {}
        self.topics: dict[str, Tag] = {}
        self.slugs: dict[int, set[str]] = {}
        self.pages: dict[int, BasePage] = {self.home.pk: self.home, self.index.pk: self.index}
        self.untold = 0

    # --- one item ---

    @transaction.atomic
    def add(
        self, item: Item, guid: str, built: Built, *, photo: Photo | None, caption: str,
        author: str, digest: str, parent: BasePage | None = None,
    ) -> BasePage:  # fmt: skip
        """A new page for an item, with the row that knows it again."""
        is_post = item.type == "post"
        above = (self.index if is_post else parent) or self.home
        page = ArticlePage() if is_post else StandardPage()
        self._fill(page, item, guid, built, photo=photo, caption=caption, author=author)
        page.slug = self.free_slug(above, item)
        page.live = item.is_live
        page.has_unpublished_changes = not page.live
        self._hang(page, above)
        self._set_topics(page, item)
        ImportedItem.objects.create(
            office=self.office,
            guid=guid,
            digest=digest,
            page_id=page.pk,
            was_live=page.live,
            missing=built.missing,
            open_links=built.has_old_links,
        )
        self._announce(page)
        return page

    @transaction.atomic
    def update(
        self, known: ImportedItem, item: Item, built: Built, *, photo: Photo | None, caption: str,
        author: str, digest: str,
    ) -> None:  # fmt: skip
        """Bring a page that nobody edited here to what the source says now."""
        page = BasePage.objects.get(pk=known.page_id).specific
        self._fill(page, item, known.guid, built, photo=photo, caption=caption, author=author)
        page.live = item.is_live
        page.has_unpublished_changes = not page.live
        page.save(log_action=None)
        TaggedPage.objects.filter(content_object=page.pk).delete()
        self._set_topics(page, item)
        known.digest, known.was_live = digest, page.live
        known.open_links, known.missing = built.has_old_links, built.missing
        known.save()
        self._announce(page)

    def _fill(
        self, page: Any, item: Item, guid: str, built: Built, *, photo: Photo | None, caption: str,
        author: str,
    ) -> None:  # fmt: skip
        moment = rules.moment_of(item, self.office.tz)
        changed = rules.parse_moment(item.modified_gmt, dt.UTC)
        page.title = page.draft_title = item.title
        page.office, page.locale = self.office, self.locale
        page.lead, page.body = built.lead[:500], json.dumps(built.blocks)
        page.photo, page.caption = photo, caption[:250] if photo else ""
        page.source_id = rules.fit(guid, rules.SOURCE_ID_LENGTH)
        is_web = item.link.startswith(("http://", "https://")) and len(item.link) <= 500
        page.source_url = item.link if is_web else ""
        # A page whose day nobody knows is not young: it is new here, and last in lists.
        shown = moment or changed
        page.first_published_at = (shown or timezone.now()) if item.is_live else shown
        page.last_published_at = max(filter(None, (changed, page.first_published_at)), default=None)
        if isinstance(page, ArticlePage):
            page.activity_date = moment.astimezone(self.office.tz).date() if moment else None
            page.rubric = self.rubric_for(item)
            page.sign_off = author[:80]

    def _hang(self, page: Any, above: BasePage) -> None:
        """Put it last below a page."""
        children = BasePage.objects.filter(
            depth=above.depth + 1, path__range=BasePage._get_children_path_interval(above.path)
        )
        last = children.order_by("-path").only("path").first()
        page.depth, page.numchild = above.depth + 1, 0
        page.path = last._inc_path() if last else BasePage._get_path(above.path, page.depth, 1)
        page._cached_parent_obj = above
        # Without photo, file or page in it Wagtail's index of references has nothing to note.
        names = page.photo_id or NAMES.search(json.dumps(list(page.body.raw_data)))
        with nullcontext() if names else disable_reference_index_auto_update():
            page.save(clean=False, log_action=None)
        BasePage.objects.filter(pk=above.pk).update(numchild=F("numchild") + 1)

    def _announce(self, page: BasePage) -> None:
        if page.live:
            page_published.send(sender=type(page), instance=page, revision=None)
        self.untold += 1

    # --- what belongs to it ---

    def rubric_for(self, item: Item) -> Rubric | None:
        term = rules.rubric_of(item)
        name = " ".join(term.name.split())[:60] if term else ""
        if not slugify(name):
            return None
        if name not in self.rubrics:
            self.rubrics[name] = ensure_rubric(self.office, name)
        return self.rubrics[name]

    def _set_topics(self, page: BasePage, item: Item) -> None:
        tags = {tag.pk: tag for name in rules.topics_of(item) if (tag := self._topic(name))}
        TaggedPage.objects.bulk_create(
            TaggedPage(tag=tag, content_object_id=page.pk) for tag in tags.values()
        )

    def _topic(self, name: str) -> Tag | None:
        name = name[:100]
        key = name.lower()
        if key not in self.topics:
            found = Tag.objects.filter(name__iexact=name).first()
            self.topics[key] = found or Tag.objects.create(name=name)
        return self.topics[key]

    def free_slug(self, above: BasePage, item: Item) -> str:
        """The old short address where it can be one of ours; never one that is taken."""
        taken = self.slugs.get(above.pk)
        if taken is None:
            children = BasePage.objects.child_of(above)
            taken = self.slugs[above.pk] = set(children.values_list("slug", flat=True))
        base = slugify(item.slug) if "%" not in item.slug else ""
        base = base or slugify(item.title) or ("kabar" if item.type == "post" else "halaman")
        if len(base) > SLUG_LENGTH:
            base = base[: SLUG_LENGTH + 1].rpartition("-")[0] or base[:SLUG_LENGTH]
        if base.isdigit() or base in reserved_words():
            base = f"kabar-{base}" if item.type == "post" else f"halaman-{base}"
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        return slug

    def tell(self, is_last: bool = False) -> None:
        """One journal row for some hundred items."""
        if self.untold >= TELL_EVERY or (is_last and self.untold):
            with transaction.atomic():
                record(
                    actor=ACTOR,
                    verb="imports.items_imported",
                    target=self.office,
                    office_code=self.office.code,
                    changes={"count": [0, self.untold]},
                )
            self.untold = 0
