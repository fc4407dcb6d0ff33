"""What changes transcripts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from zona.ground.files.reader import limits
from zona.ground.journal.actions import record
from zona.offices.models import User

from ..models import Recording, Transcript
from ..policies import may_manage
from ..rules.captions import CaptionError, CaptionFault, clean_captions
from ..signals import tell_change

FAULTS: dict[CaptionFault, str | Promise] = {
    CaptionFault.UNREADABLE: gettext_lazy(
        "This is neither WebVTT nor SRT. Each caption needs a line with its times, such as"
        " 00:00:01.000 --> 00:00:04.000, and its words below."
    ),
    CaptionFault.TIME: gettext_lazy(
        "Line %(line)s: the times cannot be read. Write them as 00:00:01.000 --> 00:00:04.000."
    ),
    CaptionFault.BACKWARDS: gettext_lazy(
        "Line %(line)s: the caption ends before it begins. Exchange its two times."
    ),
    CaptionFault.EMPTY: gettext_lazy("There is no caption in it."),
    CaptionFault.MANY: gettext_lazy(
        "There are more than %(cues)s captions or %(lines)s lines in it. Is it the right file?"
    ),
}


def check_captions(text: str) -> str:
    """Clean WebVTT from WebVTT or SRT. Raises ValidationError that names the line."""
    try:
        return clean_captions(text)
    except CaptionError as error:
        raise explain(error) from error


def explain(error: CaptionError) -> ValidationError:
    """What is wrong, in words that say how to mend it."""
    values = {
        "line": error.line,
        "cues": number_format(limits.CUES, force_grouping=True),
        "lines": number_format(limits.CAPTION_LINES, force_grouping=True),
    }
    return ValidationError(str(FAULTS[error.fault]) % values)


@transaction.atomic
def save_transcript(*, actor: User, recording: Recording, language: str, text: str) -> Transcript:
    """Make this text (WebVTT or SRT) the transcript in a language; a person stands behind it.

    Raises PermissionDenied, or ValidationError that names the line at fault.
    """
    if not may_manage(actor, recording):
        raise PermissionDenied
    transcript = (
        Transcript.objects.select_for_update()
        .filter(recording=recording, language=language)
        .first()
    ) or Transcript(recording=recording, language=language)
    transcript.vtt, transcript.is_draft = check_captions(text), False
    transcript.full_clean(exclude=["recording"])
    transcript.save()
    _tell(actor, "media.transcript_saved", transcript)
    return transcript


@transaction.atomic
def remove_transcript(*, actor: User, transcript: Transcript) -> None:
    """Take a transcript away for good."""
    if not may_manage(actor, transcript.recording):
        raise PermissionDenied
    _tell(actor, "media.transcript_removed", transcript)
    transcript.delete()


def _tell(actor: User, verb: str, transcript: Transcript) -> None:
    tell_change(transcript.recording_id)
    record(actor=actor, verb=verb, target=transcript, office_code=transcript.recording.office.code)
