"""What the documentation names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zona.config.environment import REPOSITORY

PACKAGE = REPOSITORY / "src" / "zona"
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
# A file or folder of ours: a way with a slash that ends in a slash or in a known ending.
NAMED = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|json|md|css|js|html|svg|csv|toml|typ))?)`")
# Folders that a run makes.
OF_INSTALLATIONS = (
    "media/", "private/", "var/", "mail/", "cache/", "files/", "dump/", "kartu/",
)  # fmt: skip
OF_A_ROOM = re.compile(r"^(?:models|actions|views|staff|tests|templates|static|rules|queries)/")
EXAMPLE = "consultation"  # of opening-a-room.md


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    missing = [
        name
        for name in NAMED.findall(page.read_text())
        if not any((place / name).exists() for place in (REPOSITORY, PACKAGE, page.parent))
        and not name.startswith(OF_INSTALLATIONS)
        and not OF_A_ROOM.match(name)
        and EXAMPLE not in name
        and not list(PACKAGE.glob(f"**/templates/{name}"))
    ]
    assert not missing
