"""TODO."""

from __future__ import annotations

from django.urls import reverse

from zona.bakohumas.newsroom.models import Participation
from zona.offices.models import Office


def event_url(participation: Participation) -> str:
    """The event in the office's calendar."""
    return reverse("newsroom:event", args=[participation.pk])


def tasks_url(office: Office) -> str:
    return reverse("newsroom:tasks", args=[office.code])
