"""Following short links: where they lead, and how often, by the day and without any person."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from zona.website.subscriptions.sending.letters import public_url

from .. import rules
from ..models import LinkCount, ShortLink


def target_of(link: ShortLink) -> str:
    """The address it leads to, with its origin; "" while the page is not public."""
    page = link.page
    if not page.live or page.get_view_restrictions().exists():
        return ""
    return rules.tagged(public_url(page), link.source, link.campaign)


def count(link: ShortLink, day: dt.date) -> None:
    """One more on this day, in one statement (the same on SQLite and PostgreSQL)."""
    table = LinkCount._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (link_id, day, count) VALUES (%s, %s, 1)"  # noqa: S608
            f" ON CONFLICT (link_id, day) DO UPDATE SET count = {table}.count + 1",
            [link.pk, day],
        )
