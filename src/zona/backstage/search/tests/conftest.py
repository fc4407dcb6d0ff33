from collections.abc import Iterator

import pytest

from .shelf import Shelf


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    shelf.register()
    yield shelf
    shelf.unregister()
