"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    staff_urls="zona.website.redirects.staff.urls",
    public=frozenset(("Redirect",)),
    private=frozenset(("MissingPage",)),
    unseen_columns={"Redirect": frozenset(("hits", "last_hit"))},
)
