"""The record itself and the head of each office's chain."""

from django.db import models
from django.utils import timezone

from . import request_id
from .rules import GENESIS

OFFICE_CODE_LENGTH = 16
LABEL_LENGTH = 255


class Entry(models.Model):
    """One act: who did what to what, when, why and with which effect.

    Plain values and no foreign keys: a record must outlive what it tells of, and the journal stands
    below every other room. The database refuses to change or delete a row (see `guards`).
    """

    id = models.BigAutoField(primary_key=True)
    office_code = models.CharField(max_length=OFFICE_CODE_LENGTH, blank=True)  # "" = nation-wide
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=LABEL_LENGTH, blank=True)
    verb = models.CharField(max_length=100)
    target_type = models.CharField(max_length=100, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    target_label = models.CharField(max_length=LABEL_LENGTH, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=request_id.MAX_LENGTH, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_code", "seq"], name="journal_entry_place"),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-id"], name="journal_entry_target"),
            models.Index(fields=["office_code", "-at"], name="journal_entry_office_time"),
        ]

    def __str__(self) -> str:
        return f"{self.office_code or '-'}/{self.seq} {self.verb}"


class Head(models.Model):
    """The end of one office's chain: shows when last rows are gone, and is the writers' lock."""

    office_code = models.CharField(max_length=OFFICE_CODE_LENGTH, primary_key=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.office_code or '-'}/{self.last_seq}"
