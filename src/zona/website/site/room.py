"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.website.site.staff.urls",
    screens=(
        "rubrics:.*",
        "mandatory_pages:.*",
        "wagtailadmin_pages:(?!type_use|.*workflow|set_privacy|lock|unlock|convert_alias).*",
        "wagtailadmin_editing_sessions:.*",
        "wagtailadmin_api:pages:(listing|detail)",
        "wagtail_bulk_action",
        "wagtail(images|docs)(_chooser)?:.*",
        "wagtailadmin_choose_page(_.*)?",
        "wagtailadmin_explore(_root|_results)?",
        r"wagtailsnippets_\w+:.*",
    ),
    addresses=(Address("", "zona.website.site.urls"),),
    reserved=frozenset(
        (
            "aksen",
            "informasi-publik",
            "rubrik",
            "topik",
            "jenis",
            "rss",
            "atom",
            "json",
            "media",
            "aplikasi",
            "luring",
            "kantor",
            "en",
            "dokumen",
        )
    ),
    public=frozenset(
        (
            "Rubric",
            "Tag",
            "TaggedPage",
            "BasePage",
            "Correction",
            "MandatoryPage",
            "Photo",
            "PhotoRendition",
            "PublicFile",
            "ArticlePage",
            "PhotoStoryPage",
            "StoryPhoto",
            "InfographicPage",
            "AnnouncementPage",
            "StandardPage",
            "ProfilePage",
            "ProfilePerson",
            "ContactPage",
            "DirectoryPage",
            "HomePage",
            "IndexPage",
            "VideoPage",
        )
    ),
    unseen_columns={
        "BasePage": frozenset(
            (
                "draft_title",
                "has_unpublished_changes",
                "latest_revision_id",
                "latest_revision_created_at",
                "numchild",
            )
        )
    },
    jobs=(
        Job("pages due", "zona.website.site.tasks.run_schedule", {"second": 0}),
        Job("housekeeping", "zona.website.site.tasks.tidy_up", {"hour": 2, "minute": 30}),
    ),
    when_published=(
        "zona.website.site.files.exposure.expose",
        "zona.website.site.publishing.note_publication",
        "zona.website.site.machines.search.follow_page",
    ),
    when_unpublished=(
        "zona.website.site.publishing.note_leaving",
        "zona.website.site.machines.search.follow_page",
    ),
)
