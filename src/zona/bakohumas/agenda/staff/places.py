"""Where the screens of the agenda stand."""

from __future__ import annotations

from django.urls import reverse

from zona.offices.models import Office

from ..models import Participation


def event_url(participation: Participation) -> str:
    """The event in the office's calendar."""
    return reverse("agenda_staff:event", args=[participation.pk])


def tasks_url(office: Office) -> str:
    return reverse("agenda_staff:tasks", args=[office.code])
