from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "zona.website.subscriptions"
    label = "subscriptions"
    verbose_name = _("Subscriptions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.website.site.machines.pwa import register_worker_script
        from zona.website.site.pages.foot import Foot, register_follow, register_foot

        from .foot import build_foot, follow_url

        register_foot(Foot("subscriptions/foot.html", build_foot, order=50))
        register_follow(follow_url)
        register_worker_script("subscriptions/push-worker.js")
