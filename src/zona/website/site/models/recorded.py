"""What pages with a recording share: when it may be published, and the words spoken in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from zona.backstage.media.models import Recording

    from .base import BasePage

NOT_READY = _(
    "“%(title)s” is still being prepared (%(progress)s%%). Save the page as a draft and publish it"
    " when the recording is ready; or set a time for publishing: it goes out as soon as both have"
    " come."
)
FAILED = _("“%(title)s” cannot be played: %(message)s")


def check_playable(recording: Recording) -> None:
    """Raises ValidationError (field `recording`) for one that cannot be played yet.

    A page is published only with its recording: a feed without a file, or a page that promises
    one, cannot be called back from the apps that fetched it.
    """
    if recording.is_playable:
        return
    words = {
        "title": recording.title,
        "progress": recording.progress,
        "message": recording.message,
    }
    raise ValidationError({"recording": (FAILED if recording.fault else NOT_READY) % words})


def why_not_public(page: BasePage) -> str:
    """What keeps the newest version of a page from being published now; "" when nothing does."""
    if not hasattr(page.specific_class, "recording"):
        return ""
    recording = page.get_latest_revision_as_object().recording
    try:
        if recording is not None:
            check_playable(recording)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def spoken_text(recording: Recording | None) -> str:
    """All that is said in the recording, for search; drafts of a machine are left out."""
    if recording is None:
        return ""
    from ..rules.spoken import read_cues

    texts = recording.transcripts.filter(is_draft=False).values_list("vtt", flat=True)
    return "\n".join(cue.text for vtt in texts for cue in read_cues(vtt))
