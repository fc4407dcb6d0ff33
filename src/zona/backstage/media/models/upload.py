"""A file on its way: what has arrived so far stands in a part file, nothing else knows of it."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.db import models
from django.db.models import Q

from zona.offices.models import User

from ..files import PARTS, open_folder
from .recording import Recording


class Upload(models.Model):
    """An unfinished upload. How far it is, is the size of its part file, which cannot lie."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recording = models.OneToOneField(
        Recording,
        on_delete=models.CASCADE,  # nothing is lost but bytes that belong to nothing
        related_name="upload",
    )
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # an upload goes on in the hands of whoever began it
        related_name="+",
    )
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(length__gt=0), name="upload_length")]

    def __str__(self) -> str:
        return self.name

    @property
    def part(self) -> Path:
        return open_folder(PARTS) / f"{self.uuid}.part"

    @property
    def offset(self) -> int:
        """Bytes that have arrived."""
        try:
            return self.part.stat().st_size
        except FileNotFoundError:
            return 0
