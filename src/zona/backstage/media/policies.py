"""Who may: recordings belong to those who write for their office."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from zona.offices.models import Office, Role
from zona.offices.policies import Actor, holds, offices_where, works_somewhere

from .models import Recording

# All who may write pages (backstage/rights/grants.py), which is everyone but the director.
WRITERS = tuple(role for role in Role if role != Role.DIRECTOR)


def recording_offices(actor: Actor) -> QuerySet[Office]:
    """The offices for which the actor may add and change recordings."""
    return offices_where(actor, *WRITERS)


def may_record_for(actor: Actor, office: Office) -> bool:
    return holds(actor, office, *WRITERS)


def may_record(actor: Actor) -> bool:
    """Whether the actor has anything to do with recordings."""
    return works_somewhere(actor, *WRITERS)


def managed_recordings(actor: Actor) -> QuerySet[Recording]:
    """The recordings the actor may see and change before they are public."""
    return Recording.objects.filter(office__in=recording_offices(actor))


def may_manage(actor: Actor, recording: Recording) -> bool:
    return managed_recordings(actor).filter(pk=recording.pk).exists()


def get_recording_for(actor: Actor, pk: int) -> Recording:
    """The recording, if the actor may change it. Raises Http404."""
    found = managed_recordings(actor).select_related("office").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
