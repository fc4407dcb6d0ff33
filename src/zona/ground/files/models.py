"""Files that staff sent to be read: kept privately until they have been read and taken.

The room knows nobody: office and sender are plain values, as in the journal.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FOLDER = "files/sent"


def private_storage() -> FileSystemStorage:
    """Below the private folder, which no web server hands out."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    READING = "reading", _("Being read")
    READ = "read", _("Read: please look at it")
    ACCEPTED = "accepted", _("Accepted, waiting for its turn")
    TAKING = "taking", _("Being taken over")
    TAKEN = "taken", _("Taken over")
    REFUSED = "refused", _("Not taken")
    DROPPED = "dropped", _("Stopped by you")


UNDERWAY = (State.WAITING, State.READING, State.ACCEPTED, State.TAKING)
STARTED = {State.WAITING: State.READING, State.ACCEPTED: State.TAKING}


class SentFile(models.Model):
    """A file from somebody of an office; `kind` names who reads it (`zona.ground.files.registry`).

    target: what it belongs to, in the words of its kind. found: what was read, as its kind keeps
    it. outcome: what came of it. size in bytes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20, db_index=True)
    target = models.CharField(max_length=80, blank=True)
    options = models.JSONField(default=dict)
    sender_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent of the step at hand
    attempts = models.PositiveSmallIntegerField(default=0)  # of the step at hand
    heartbeat_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)  # a sentence for the sender

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="files_sentfile_known_state"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_underway(self) -> bool:
        return self.state in UNDERWAY

    @property
    def path(self) -> str:
        return str(self.file.path)
