"""What the rooms above may listen to. Sent within the transaction of the change.

`recording_changed`: sender Recording, `recording`; its file, transcripts or particulars are others
than before. Also sent when it becomes ready.
"""

from __future__ import annotations

from django.dispatch import Signal

from .models import Recording

recording_changed = Signal()


def tell_change(recording_id: int) -> None:
    """Send `recording_changed` for the recording as it is now."""
    if recording := Recording.objects.filter(pk=recording_id).first():
        recording_changed.send(sender=Recording, recording=recording)
