"""How what happens to recordings reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb

from .models import Recording


def register_verbs() -> None:
    """Called once, when the room is ready."""
    fields = {field.name: field.verbose_name for field in Recording._meta.fields}
    register_verb("media.recording_added", _("uploaded the recording {target}"))
    register_verb("media.recording_replaced", _("uploaded a new file for {target}"))
    register_verb("media.recording_changed", _("changed what is said of {target}"), fields)
    register_verb("media.recording_retried", _("tried again to prepare {target}"))
    register_verb("media.recording_removed", _("removed the recording {target}"))
    register_verb("media.recording_ready", _("prepared {target}"))
    register_verb("media.recording_failed", _("could not prepare {target}"))
    register_verb("media.transcript_saved", _("saved the transcript of {target}"))
    register_verb("media.transcript_removed", _("removed the transcript of {target}"))
    register_verb("media.draft_ordered", _("ordered a draft transcript of {target}"))
