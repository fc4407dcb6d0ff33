"""What the rooms above may listen to. Sent when the transaction has committed.

`recording_changed`: sender Recording, `recording`; its file, transcripts or particulars are others
than before. Also sent when it becomes ready.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.dispatch import Signal

from .models import Recording

recording_changed = Signal()


def tell_change(recording_id: int) -> None:
    """Send `recording_changed` for the recording as it is after the commit."""
    transaction.on_commit(partial(_send, recording_id))


def _send(recording_id: int) -> None:
    if recording := Recording.objects.filter(pk=recording_id).first():
        recording_changed.send(sender=Recording, recording=recording)
