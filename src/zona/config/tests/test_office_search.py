"""What a person types into a search of the back office is words, whatever signs stand in it."""

from __future__ import annotations

import pytest
from django.test import Client

from zona.testing import make_superuser, sign_in

pytestmark = pytest.mark.django_db
SEARCHES = ["/kantor/images/", "/kantor/images/results/", "/kantor/choose-page/search/"]


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize(
    "query", ['Rapat "Pleno', 'a"b', '"<', '"', "'", "a* OR", "(", "a:b", "\\", "%"]
)
def test_no_sign_is_an_error(client: Client, address: str, query: str) -> None:
    sign_in(client, make_superuser())
    assert client.get(address, {"q": query}).status_code == 200
