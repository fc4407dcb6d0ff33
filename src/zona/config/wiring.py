"""The rooms of the house, from the ground up. A room is opened or closed by its line here.

What a room has to tell stands in its own `room.py`; see `zona.ground.house`.
"""

from __future__ import annotations

ROOMS = [
    "zona.ground.ui",
    "zona.ground.drawing",
    "zona.ground.journal",
    "zona.ground.guard",
    "zona.ground.files",
    "zona.ground.mail",
    "zona.ground.outbox",
    "zona.ground.sealing",
    "zona.ground.typed",
    "zona.offices",
    "zona.backstage.rights",
    "zona.backstage.backoffice",
    "zona.backstage.media",
    "zona.backstage.search",
    "zona.website.site",
    "zona.website.podcast",
    "zona.website.cards",
    "zona.website.feedback",
    "zona.website.subscriptions",
    "zona.website.redirects",
    "zona.bakohumas.partners",
    "zona.bakohumas.agenda",
    "zona.bakohumas.checker",
    "zona.bakohumas.channels",
    "zona.bakohumas.newsroom",
    "zona.bakohumas.numbers",
    "zona.website.imports",
    "zona.serving",
    "zona.operations.backup",
]
