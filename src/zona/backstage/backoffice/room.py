"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    staff_urls="zona.backstage.backoffice.urls",
    screens=(
        "elsewhere",  # Wagtail's sign-in pages, which lead to ours
        "wagtailadmin_(home|logout|dismissibles|block_preview|sprite|javascript_catalog)",
        "wagtailadmin_tag(_model)?_autocomplete",
        r"wagtail\.admin\.views\.home\.default",
    ),
)
