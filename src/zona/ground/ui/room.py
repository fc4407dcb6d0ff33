"""What the house must know about this room."""

from zona.ground.house import Address, Room

ROOM = Room(
    addresses=(Address("galeri-komponen/", "zona.ground.ui.urls"),),
    reserved=frozenset(("galeri-komponen",)),
)
