"""Press releases: an item on the office's letterhead, numbered, as a PDF that everyone can read.

The PDF is tagged (PDF/UA-1): Typst checks this itself and fails rather than write another.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image, UnidentifiedImageError

from zona.ground.drawing.lettering import FOLDER as FONTS
from zona.ground.journal.actions import record
from zona.ground.ui.rules import check_accent
from zona.offices.models import Office, User
from zona.website.site.models import BasePage
from zona.website.site.pages.rows import say_day

from ..models import PressRelease
from ..policies import may_share
from . import composing
from .numbering import first_number, next_number
from .pieces import pieces_of

TEMPLATE = Path(__file__).parent.parent / "typst" / "release.typ"
LOGO_SIZE = 500  # px, at most


# --- the number ---


def proposal(page: BasePage) -> dict[str, Any]:
    """What the form begins with: the next number of the office, today, the contact of last time."""
    office = page.office
    today = timezone.localdate(timezone=office.tz)
    last = PressRelease.objects.filter(office=office).order_by("-made_at", "-pk").first()
    number = next_number(last.number, today.year) if last else ""
    return {
        "number": number or first_number(office.code, today.year),
        "issued_on": today,
        "contact_name": last.contact_name if last else "",
        "contact_phone": last.contact_phone if last else office.phone,
    }


def issue(
    *,
    actor: User,
    page: BasePage,
    number: str,
    issued_on: dt.date,
    contact_name: str,
    contact_phone: str,
) -> PressRelease:
    """Give an item its number and contact, or change them.

    Raises PermissionDenied, or ValidationError (field `number`) when the number is taken.
    """
    if not may_share(actor, page.office):
        raise PermissionDenied
    given = {
        "office": page.office,
        "number": number,
        "issued_on": issued_on,
        "contact_name": contact_name,
        "contact_phone": contact_phone,
        "made_by": actor,
    }
    try:
        with transaction.atomic():
            release, is_new = PressRelease.objects.update_or_create(page=page, defaults=given)
            composing.make_links(page, {composing.RELEASE: None})
            record(
                actor=actor,
                verb="channels.release_issued" if is_new else "channels.release_changed",
                target=page,
                office_code=page.office.code,
                changes={"number": ["", number]},
            )
    except IntegrityError as error:
        taken = _("This number is already given to another release. Write the next one.")
        raise ValidationError({"number": taken}) from error
    return release


# --- the paper ---


def make_pdf(page: BasePage, link: str = "") -> bytes:
    """The release of a page as PDF/UA-1, about 0.1 s. `link`: the address on it, if another one.

    Raises PressRelease.DoesNotExist when no number was given yet.
    """
    import typst

    release = PressRelease.objects.select_related("office").get(page=page)
    with translation.override("id"):  # the language of its content
        data = _data(page.specific, release)
        data["link"] = link or composing.link_of(page, composing.RELEASE)
    with tempfile.TemporaryDirectory(prefix="zona-rilis-") as folder:
        logo = _logo(release.office)
        if logo:
            (Path(folder) / "logo.png").write_bytes(logo)
        data["logo"] = bool(logo)
        made = typst.compile(  # type: ignore[call-overload]  # wants fonts named like the input
            _template(),
            root=folder,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(release.made_at.timestamp()),
        )
    return bytes(made)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _data(page: Any, release: PressRelease) -> dict[str, Any]:
    office, day = release.office, release.issued_on
    reach = " · ".join(filter(None, (office.phone, office.email, office.host)))
    address = [" ".join(line.split()) for line in office.address.splitlines()]
    return {
        "accent": check_accent(office.accent).light,
        "office": office.long_name,
        "address": [line for line in (*address, reach) if line],
        "logo_label": _("Logo of %(office)s") % {"office": office.short_name},
        "label": _("Press release"),
        "number_label": pgettext("of a letter", "Number"),
        "number": release.number,
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "date": say_day(day),
        "title": page.title,
        "dateline": getattr(page, "dateline", ""),
        "lead": " ".join(page.lead.split()),
        "pieces": pieces_of(page),
        "contact_label": _("Contact for the press"),
        "contact": ", ".join(filter(None, (release.contact_name, release.contact_phone))),
        "more_label": _("Photos and text:"),
        "page_label": _("Page"),
    }


def _logo(office: Office) -> bytes:
    """The office's logo as PNG; b"" when there is none that can be read."""
    if not office.logo.name:
        return b""
    try:
        with default_storage.open(office.logo.name) as file, Image.open(file) as source:
            source.thumbnail((LOGO_SIZE, LOGO_SIZE))
            out = io.BytesIO()
            source.convert("RGBA").save(out, "PNG")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return b""
    return out.getvalue()
