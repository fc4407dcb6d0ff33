"""What must be remembered for a day, so that forms which anyone may send stay usable.

No address of a visitor is kept: a network is known by a hash with a salt that is drawn for one day
and thrown away after it, so that nobody can tell later who sent what.
"""

from django.db import models


class DailySalt(models.Model):
    """The salt of one day."""

    day = models.DateField(unique=True)
    salt = models.BinaryField(max_length=32)


class Trace(models.Model):
    """How often one network did one thing on one day."""

    day = models.DateField(db_index=True)
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="guard_trace_once")]


class Spent(models.Model):
    """What counts once and was handed in: a proof of work, the code of a second factor."""

    name = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)


class Tries(models.Model):
    """When somebody tried something that is limited. Here, because no entry may be dropped."""

    name = models.CharField(max_length=64, unique=True)
    moments = models.JSONField(default=list)  # seconds since 1970, the newest first
    expires_at = models.DateTimeField(db_index=True)
