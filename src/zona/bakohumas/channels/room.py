"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.bakohumas.channels.staff.urls",
    addresses=(Address("", "zona.bakohumas.channels.urls"),),
    reserved=frozenset(("s",)),
    private=frozenset(
        (
            "Channel",
            "Group",
            "Variant",
            "Post",
            "ShortLink",
            "LinkCount",
            "Reaction",
            "PressRelease",
            "Recipient",
            "Delivery",
            "AlertTarget",
        )
    ),
    jobs=(
        Job("channels", "zona.bakohumas.channels.tasks.deliver", {"second": 25}),
        Job(
            "accesses that end",
            "zona.bakohumas.channels.tasks.watch_accounts",
            {"hour": 6, "minute": 10},
        ),
    ),
    when_published=(
        "zona.bakohumas.channels.steps.keep",
        "zona.bakohumas.channels.steps.make_links",
    ),
    when_unpublished=("zona.bakohumas.channels.steps.withdraw",),
)
