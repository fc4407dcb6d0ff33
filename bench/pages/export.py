"""Run inside Zona: writes the content of the demo office as JSON for the reference to take."""

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")


def main(target: str) -> None:
    import django

    django.setup()
    from zona.website.site.kinds import KINDS
    from zona.website.site.models import BasePage, HomePage

    home = HomePage.objects.filter(office__is_demo=True).select_related("office").get()
    office = home.office
    rows = []
    for page in BasePage.objects.live().filter(office=office, kind__in=KINDS).specific():
        moment = page.activity_date or page.first_published_at.date()
        rows.append(
            {
                "title": page.title, "slug": page.slug, "lead": page.lead, "kind": page.kind,
                "date": moment.isoformat(), "rubric": page.rubric.title if page.rubric else "",
                "photo": page.photo.file.path if page.photo else "",
                "tags": [tag.name for tag in page.tags.all()], "body": texts(page),
            }
        )  # fmt: skip
    others = home.get_children().live().exclude(slug="kabar")
    with open(target, "w") as file:
        json.dump(
            {
                "home": {"title": home.title, "lead": home.lead, "address": office.address,
                         "phone": office.phone},
                "home_path": home.get_url_parts()[2],
                "others": [page.title for page in others],
                "articles": rows,
            },
            file,
        )  # fmt: skip


def texts(page: Any) -> list[list[str]]:
    """The blocks of a body that both projects have."""
    found = []
    for block in getattr(page, "body", []):
        if block.block_type in ("paragraph", "heading"):
            found.append([block.block_type, str(block.value)])
    return found


if __name__ == "__main__":
    main(sys.argv[1])
