"""Tables of old addresses that staff send."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zona.ground.files.faults import say_note
from zona.ground.files.models import SentFile
from zona.ground.files.reader import limits
from zona.ground.files.registry import Kind
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of

from .. import actions
from ..policies import get_office_for
from ..staff.views import KIND, frame
from . import sheets


class RedirectTable(Kind):
    """found: {"rows": [(line, old, target)], "notes"}; outcome: {"made", "refused"}."""

    name = KIND
    reader = "zona.ground.files.reader.tables:read_table"
    most_bytes = limits.REDIRECT_BYTES
    template = "redirects/sent.html"

    def understand(self, sent: SentFile, found: Any) -> dict[str, Any]:
        first, *others = found["sheets"] or [{"name": "", "rows": []}]
        notes = [say_note(*note) for note in found["notes"]]
        notes += [say_note("other_sheet", sheet["name"]) for sheet in others if sheet["rows"]]
        return {"rows": sheets.read(first["rows"]), "notes": notes}

    def take(self, sent: SentFile) -> dict[str, Any]:
        made, refused = actions.load_rows(
            actor=User.objects.get(pk=sent.sender_id),
            office=Office.objects.get(code=sent.office_code),
            rows=[(line, old, target) for line, old, target in sent.found["rows"]],
        )
        return {"made": made, "refused": refused}

    def frame(self, request: HttpRequest, sent: SentFile) -> dict[str, Any]:
        office = get_office_for(actor_of(request), sent.office_code)
        return frame(request, office, "", _("Load a table")) | {
            "back_url": reverse("redirects:load", args=[office.code])
        }
