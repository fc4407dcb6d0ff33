"""What Django says about each answer."""

import pytest
from django.test import Client

from zona.serving.middleware import REVALIDATE
from zona.testing import make_person

from . import views

pytestmark = [pytest.mark.urls("zona.serving.tests.views"), pytest.mark.django_db]


def refusal(client: Client, path: str, **options: str) -> str:
    return str(client.get(path, **options)._zona_slot.refusal)  # type: ignore[attr-defined,arg-type]


def test_a_plain_page_may_be_kept(client: Client) -> None:
    response = client.get("/plain/")
    assert response._zona_slot.refusal == ""  # type: ignore[attr-defined]
    assert response["Cache-Control"] == REVALIDATE
    assert refusal(client, "/lead_on/") == ""


@pytest.mark.parametrize("name", views.OWN)
def test_what_touches_a_person_is_never_kept(client: Client, name: str) -> None:
    assert refusal(client, f"/{name}/")
    assert "public" not in client.get(f"/{name}/").get("Cache-Control", "")


def test_a_query_a_person_and_the_back_office_are_never_kept(client: Client) -> None:
    assert refusal(client, "/plain/?a=1") == "query"
    assert refusal(client, "/kantor/plain/") == "address"
    assert refusal(client, "/plain/", HTTP_AUTHORIZATION="Bearer x") == "signed in"
    assert refusal(client, "/missing/") == "status 404"
    client.force_login(make_person())
    assert refusal(client, "/plain/") == "signed in"
