from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "zona.website.feedback"
    label = "feedback"
    verbose_name = _("Feedback")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.ground.journal.verbs import register_verb
        from zona.website.site.pages.foot import Foot, register_foot

        from .foot import build_foot
        from .staff import todos  # noqa: F401

        register_foot(Foot("feedback/foot.html", build_foot, order=10))
        fields = {"state": _("state")}
        register_verb("feedback.taken_up", _("took up: {target}"), fields)
        register_verb("feedback.answered", _("answered: {target}"), fields)
        register_verb("feedback.set_aside", _("closed without action: {target}"), fields)
        register_verb("feedback.sent_again", _("had the answer sent again: {target}"))
        register_verb("feedback.let_be", _("left the answer as it is: {target}"))
