"""How what happens with channels reads in a timeline."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    fields = {"fields": _("fields")}
    channels = {"channels": _("channels")}
    register_verb("channels.account_added", _("added the channel {target}"), fields)
    register_verb("channels.account_changed", _("changed the channel {target}"), fields)
    register_verb("channels.account_checked", _("checked the connection of {target}"))
    register_verb("channels.account_paused", _("paused {target}"))
    register_verb("channels.account_resumed", _("took {target} into use again"))
    register_verb("channels.group_added", _("noted a group of {target}"))
    register_verb("channels.group_changed", _("changed a group of {target}"))
    register_verb("channels.recipient_noted", _("entered somebody who asked for news by {target}"))
    register_verb("channels.recipient_dropped", _("deleted a number of {target}"))
    register_verb("channels.alerts_added", _("added the place for alerts {target}"))
    register_verb("channels.alerts_paused", _("paused alerts to {target}"))
    register_verb("channels.alerts_resumed", _("resumed alerts to {target}"))
    register_verb("channels.alerts_removed", _("removed the place for alerts {target}"))
    register_verb("channels.alerts_tried", _("sent a test to {target}"))
    register_verb("channels.reaction_noted", _("noted {target}"))
    register_verb("channels.reaction_answered", _("answered {target}"))
    register_verb("channels.reaction_reopened", _("reopened {target}"))
    register_verb("channels.reaction_handed_over", _("handed {target} to the service desk"))
    number = {"number": pgettext_lazy("of a letter", "number")}
    register_verb("channels.release_issued", _("numbered the press release of {target}"), number)
    register_verb(
        "channels.release_changed", _("changed number or contact of the press release {target}"),
        number,
    )  # fmt: skip
    register_verb("channels.queued", _("gave {target} to the channels"), channels)
    register_verb("channels.shared", _("shared {target} by hand"), channels)
    register_verb("channels.mark_taken_back", _("took back the mark on {target}"), channels)
    register_verb("channels.address_noted", _("noted where {target} can be seen"), channels)
    register_verb("channels.settled", _("answered whether {target} was sent"), channels)
    register_verb("channels.retried", _("had {target} tried again"), channels)
    register_verb("channels.skipped", _("left a channel out for {target}"), channels)
    register_verb("channels.taken_down", _("had {target} taken down"), channels)
    register_verb("channels.correction_ordered", _("had {target} corrected"), channels)
    register_verb("channels.sent", _("posted {target}"), channels)
    register_verb("channels.corrected", _("put the new text of {target} in place"), channels)
    register_verb("channels.removed", _("took {target} down"), channels)
