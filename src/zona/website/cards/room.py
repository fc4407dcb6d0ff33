"""What the house must know about this room."""

from zona.ground.house import Address, Room

ROOM = Room(
    staff_urls="zona.website.cards.staff.urls",
    addresses=(Address("", "zona.website.cards.urls"),),
    reserved=frozenset(("kartu",)),
    when_published=("zona.website.cards.receivers.order_card",),
    when_unpublished=("zona.website.cards.receivers.order_drop",),
)
