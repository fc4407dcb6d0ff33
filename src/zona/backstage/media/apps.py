from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "zona.backstage.media"
    label = "media"
    verbose_name = _("Recordings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.backstage.rights.isolation import register_visible
        from zona.ground.files.registry import register_kind

        from .captions.sent import Captions
        from .models import Recording
        from .policies import managed_recordings
        from .verbs import register_verbs

        register_visible(Recording, managed_recordings)

        register_kind(Captions())
        register_verbs()
