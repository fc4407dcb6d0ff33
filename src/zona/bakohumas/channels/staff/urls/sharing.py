"""The outbox, the package of one item, its press release, what people answered."""

from django.urls import path

from .. import outbox, reactions, release, sharing

urlpatterns = [
    path("kanal/", outbox.show_own, name="own"),
    path("kanal/<str:code>/", outbox.show_list, name="list"),
    path("kanal/<str:code>/bagikan/<int:page_id>/", sharing.share, name="share"),
    path(
        "kanal/<str:code>/bagikan/<int:page_id>/siaran-pers/", release.edit_release, name="release"
    ),
    path(
        "kanal/<str:code>/bagikan/<int:page_id>/siaran-pers.pdf",
        release.download,
        name="release_pdf",
    ),
    path("kanal/<str:code>/kiriman/<int:post_id>/", outbox.act, name="post_act"),
    path("kanal/<str:code>/tanggapan/", reactions.show_reactions, name="reactions"),
    path(
        "kanal/<str:code>/tanggapan/<int:reaction_id>/tindakan/",
        reactions.act,
        name="reaction_act",
    ),
]
