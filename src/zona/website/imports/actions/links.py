"""Links between pages of an old site, led to the new pages once all are there."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.signals import page_published

from zona.offices.models import Office
from zona.website.redirects.models import Redirect
from zona.website.redirects.rules import candidates
from zona.website.site.models import BasePage

from ..models import ImportedItem
from ..report import Report
from ..rules.items import host_of
from ..rules.pieces import Note

HREF = re.compile(r'<a href="([^"]*)">')
CHUNK = 100


def settle_links(office: Office, old_hosts: set[str], report: Report) -> None:
    """Rewrite what leads to a page that came over; what still leads to the old site is listed."""
    last = 0
    while True:
        rows = ImportedItem.objects.filter(office=office, open_links=True, pk__gt=last)
        chunk = list(rows.order_by("pk")[:CHUNK])
        if not chunk:
            return
        last = chunk[-1].pk
        for row in chunk:
            settle_page(office, row, old_hosts, report)


@transaction.atomic
def settle_page(office: Office, row: ImportedItem, old_hosts: set[str], report: Report) -> None:
    page = BasePage.objects.filter(pk=row.page_id).first()
    if page is None or page.latest_revision_id is not None:
        return  # deleted or edited here: not ours to change any more
    page = page.specific
    blocks = [dict(block) for block in page.body.raw_data]
    hrefs = {
        html.unescape(href)
        for block in blocks
        if block["type"] == "paragraph"
        for href in HREF.findall(block["value"])
    }
    old = {href for href in hrefs if host_of(href) in old_hosts}
    targets = find_targets(office, old)
    for href in sorted(old - targets.keys()):
        report.note(Note("link", urlsplit(href).path[:80] or "/", href), page.title, row.guid)
    if targets:
        for block in blocks:
            if block["type"] == "paragraph":
                block["value"] = HREF.sub(
                    lambda match: targets.get(html.unescape(match[1]), match[0]), block["value"]
                )
        page.body = json.dumps(blocks)
        page.save(clean=False, log_action=None)
        if page.live:
            page_published.send(sender=type(page), instance=page, revision=None)
        report.counts["link_new"] += 1
    if not old - targets.keys() and row.open_links:
        row.open_links = False
        row.save(update_fields=["open_links"])


def find_targets(office: Office, hrefs: set[str]) -> dict[str, str]:
    """The opening tag that replaces each link whose page came over."""
    wanted = {}
    for href in hrefs:
        parts = urlsplit(href)
        wanted[href] = candidates(parts.path, parts.query)
    paths = {path for found in wanted.values() for path in found}
    rows = Redirect.objects.filter(office=office, old_path__in=paths)
    known = {row.old_path: row for row in rows}
    targets = {}
    for href, found in wanted.items():
        row = next((known[path] for path in found if path in known), None)
        if row is not None and row.page_id:
            targets[href] = f'<a linktype="page" id="{row.page_id}">'
        elif row is not None:
            targets[href] = f'<a href="{html.escape(row.url)}">'
    return targets
