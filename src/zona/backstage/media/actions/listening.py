"""A first draft of a transcript by faster-whisper, where an operator set it up."""

from __future__ import annotations

import importlib.util

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import User

from ..models import Language, Recording, Transcript
from ..policies import may_manage
from ..processing.runner import EngineDied, run_engine
from ..rules.captions import Cue, render_vtt
from ..rules.faults import EngineFault

ENGINE = "zona.backstage.media.engine.listening"
HANG = 1800.0  # seconds; a large model takes long until its first sentence


def can_listen() -> bool:
    """Whether drafts can be made: a model is configured and the package is installed."""
    return bool(settings.WHISPER_MODEL) and importlib.util.find_spec("faster_whisper") is not None


@transaction.atomic
def order_draft(*, actor: User, recording: Recording) -> None:
    """Let the machine write a draft in Indonesian. ValidationError when it cannot."""
    from ..tasks import draft_transcript

    if not may_manage(actor, recording):
        raise PermissionDenied
    if not can_listen() or not recording.is_playable:
        raise ValidationError(_("No draft can be made of this recording."))
    if recording.transcripts.filter(language=Language.INDONESIAN).exists():
        raise ValidationError(_("There is a transcript already."))
    draft_transcript.enqueue(recording.pk)
    record(
        actor=actor,
        verb="media.draft_ordered",
        target=recording,
        office_code=recording.office.code,
    )


def draft(recording_id: int) -> bool:
    """Write the draft, unless a person wrote a transcript meanwhile; whether there is one."""
    recording = Recording.objects.filter(pk=recording_id).exclude(file="").first()
    if recording is None or not can_listen():
        return False
    command = [ENGINE, str(settings.WHISPER_MODEL), recording.file.path, Language.INDONESIAN]
    try:
        done = run_engine(command, lambda progress: None, HANG)
    except (EngineDied, EngineFault):
        return False
    cues = [Cue(start, end, text) for start, end, text in done["cues"] if end > start and text]
    if not cues:
        return False
    _transcript, is_new = Transcript.objects.get_or_create(
        recording=recording,
        language=Language.INDONESIAN,
        defaults={"vtt": render_vtt(cues), "is_draft": True},
    )
    return is_new
