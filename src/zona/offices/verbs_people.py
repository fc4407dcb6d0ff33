"""How the acts upon people and their roles read in the journal."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb

ROLE = {
    "role": _("role"),
    "decree": _("number of the decree (SK)"),
    "starts_on": _("from"),
    "ends_on": _("until and including"),
    "covers_below": _("also for the offices below"),
}


def register_people_verbs() -> None:
    """Called once, when the room is ready."""
    register_verb("offices.person_invited", _("invited {target}"), ROLE)
    register_verb("offices.invitation_accepted", _("accepted the invitation: {target}"))
    register_verb("offices.invitation_withdrawn", _("withdrew the invitation: {target}"))
    register_verb("offices.role_given", _("gave a role to {target}"), ROLE)
    register_verb("offices.role_ended", _("ended a role of {target}"), ROLE)
    register_verb("offices.role_cancelled", _("took back a role of {target} before it began"), ROLE)
    register_verb("offices.login_link_made", _("made a one-time sign-in link for {target}"))
    register_verb("offices.login_link_used", _("signed in by a one-time link"))
    register_verb("offices.second_factor_reset", _("took away the second keys of {target}"))
