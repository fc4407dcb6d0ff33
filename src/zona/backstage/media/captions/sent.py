"""Files with captions that staff send."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zona.ground.files.faults import say_note
from zona.ground.files.models import SentFile
from zona.ground.files.reader import limits
from zona.ground.files.registry import Kind
from zona.offices.models import User

from .. import policies
from ..actions.transcripts import explain, save_transcript
from ..models import Language, Recording
from ..queries import say_length
from ..rules.captions import CaptionError, CaptionFault
from ..staff.recordings import actor_of, breadcrumbs
from ..staff.transcripts import KIND


class Captions(Kind):
    """target: number of the recording. options: {"language"}; found: as of the reader, and "span".

    outcome: {"count"}.
    """

    name = KIND
    reader = "zona.backstage.media.captions.reading:read_captions"
    most_bytes = limits.CAPTION_BYTES
    template = "media/sent_captions.html"

    def understand(self, sent: SentFile, found: Any) -> dict[str, Any]:
        if "fault" in found:
            raise explain(CaptionError(CaptionFault(found["fault"]), found["line"]))
        span = [say_length(found[end]) for end in ("from", "to")]
        return found | {"span": span, "notes": [say_note(*note) for note in found["notes"]]}

    def take(self, sent: SentFile) -> dict[str, Any]:
        recording = Recording.objects.filter(pk=int(sent.target)).first()
        if recording is None:
            raise ValidationError(_("The recording was removed meanwhile."))
        save_transcript(
            actor=User.objects.get(pk=sent.sender_id),
            recording=recording,
            language=sent.options["language"],
            text=sent.found["vtt"],
        )
        return {"count": sent.found["count"]}

    def frame(self, request: HttpRequest, sent: SentFile) -> dict[str, Any]:
        recording = policies.get_recording_for(actor_of(request), int(sent.target))
        language = sent.options["language"]
        address = reverse("media_staff:recording", args=[recording.pk])
        return {
            "office": recording.office,
            "recording": recording,
            "language": Language(language).label,
            "replaces": recording.transcripts.filter(language=language).exists(),
            "back_url": address,
            "header_title": _("Captions"),
            "header_icon": "doc-full",
            "breadcrumbs_items": breadcrumbs((address, recording.title), ("", _("Captions"))),
        }
