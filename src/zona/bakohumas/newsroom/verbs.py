"""How writing, approval and publishing read in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    step = {"step": _("step"), "link": _("link")}
    register_verb(
        "newsroom.approval_asked",
        _("asked for approval of {target}"),
        {"steps": _("steps"), "risk": _("risk")},
    )
    register_verb("newsroom.approval_approve", _("approved {target}"), step)
    register_verb("newsroom.approval_return", _("returned {target} for changes"), step)
    register_verb("newsroom.approval_comment", _("commented on {target}"), step)
    register_verb("newsroom.approval_withdrawn", _("took {target} back from approval"))
    link = {"link": _("link"), "way": _("sent by"), "step": _("step")}
    register_verb("newsroom.review_link_made", _("made a link for reviewing {target}"), link)
    register_verb("newsroom.review_link_withdrawn", _("closed a link for reviewing {target}"), link)
    number = {"reviewer": _("number")}
    register_verb(
        "newsroom.reviewer_registered", _("registered a reviewer without an account"), number
    )
    register_verb("newsroom.reviewer_ended", _("removed a reviewer without an account"), number)
    days = {"person": _("stands in for"), "starts_on": _("from"), "ends_on": _("until")}
    register_verb("newsroom.deputy_named", _("named {target} as deputy"), days)
    register_verb("newsroom.deputy_dismissed", _("ended the deputyship of {target}"), days)
    register_verb(
        "newsroom.settings_changed",
        _("changed the settings of the newsroom"),
        {
            "approval_low": _("low risk"),
            "approval_medium": _("medium risk"),
            "approval_high": _("high risk"),
            "blocking_rules": _("checks that hold an item back"),
            "dateline": _("dateline"),
            "title_length": _("longest title (characters)"),
            "weekly_target": _("own items a week"),
        },
    )
    register_verb("newsroom.draft_begun", _("began the draft {target}"), {"events": _("events")})
    register_verb(
        "newsroom.item_published",
        _("published {target} from the newsroom"),
        {"live": _("public"), "risk": _("risk"), "channels": _("channels")},
    )
