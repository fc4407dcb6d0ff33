"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.website.subscriptions.staff.urls",
    addresses=(Address("langganan/", "zona.website.subscriptions.urls"),),
    reserved=frozenset(("langganan",)),
    private=frozenset(
        ("Subscriber", "Subscription", "Forgotten", "Announced", "Delivery", "PushKey")
    ),
    jobs=(
        Job("subscriptions", "zona.website.subscriptions.tasks.deliver", {"minute": "*/5"}),
        Job(
            "stale subscriptions",
            "zona.website.subscriptions.tasks.tidy_up",
            {"hour": 2, "minute": 50},
        ),
    ),
    when_published=("zona.website.subscriptions.steps.announce",),
)
