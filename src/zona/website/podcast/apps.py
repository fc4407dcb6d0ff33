from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PodcastConfig(AppConfig):
    name = "zona.website.podcast"
    label = "podcast"
    verbose_name = _("Podcast")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zona.website.site.actions.demo import register_demo
        from zona.website.site.kinds import Kind, register_kind
        from zona.website.site.machines import search, structured
        from zona.website.site.models import HomePage
        from zona.website.site.pages.details import register_details
        from zona.website.site.recorded.recordings import PLAYED_ON
        from zona.website.site.staff.cautions import register_caution

        from . import details, feed  # noqa: F401  answers for the feed
        from .cautions import look_at_cover
        from .demo import DemoEpisode, DemoShow
        from .models import PodcastEpisodePage
        from .structured import describe_episode, describe_series

        words = _("Podcast episode"), _("Podcast")
        register_kind(Kind("podcast_episode", "podcast", *words, "headphones", True))
        search.KIND_NAMES.update(podcast_episode=words[0], podcast_show=words[1])
        HomePage.subpage_types.append("podcast.PodcastShowPage")
        PLAYED_ON.append(PodcastEpisodePage)
        register_details("podcast_episode", details.describe_episode)
        register_details("podcast_show", details.describe_show)
        structured.register_item("podcast_episode", "PodcastEpisode", describe_episode)
        structured.register_page("podcast_show", describe_series)
        register_caution(look_at_cover)
        register_demo("podcast_show", DemoShow())
        register_demo("podcast_episode", DemoEpisode())
