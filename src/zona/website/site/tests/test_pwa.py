import io
import json
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from zona.testing import make_office, open_home
from zona.website.site.machines import pwa
from zona.website.site.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return open_home(make_office("33.08", "Kabupaten Magelang", accent="#0B6E4F"))


def manifest_of(client: Client, prefix: str = "") -> dict[str, Any]:
    answer = client.get(f"{prefix}/aplikasi/33.08.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert not answer.cookies
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_the_manifest_names_the_office_and_icons_that_are_there(
    client: Client, home: HomePage, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    said = manifest_of(client)
    assert said["name"] == home.office.long_name
    assert said["start_url"] == said["scope"] == home.url
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    assert said["shortcuts"][0]["url"].startswith(home.url)
    for icon in said["icons"]:
        answer = client.get(icon["src"])
        assert "immutable" in answer["Cache-Control"]
        with Image.open(io.BytesIO(answer.content)) as drawn:
            assert "x".join(map(str, drawn.size)) == icon["sizes"]
            if icon["purpose"] == "maskable":
                assert drawn.convert("RGBA").getpixel((0, 0)) == (0x0B, 0x6E, 0x4F, 255)
    assert client.get(said["icons"][0]["src"].replace("-", "-0", 1)).status_code == 404


def test_the_manifest_follows_language_and_host(client: Client, home: HomePage) -> None:
    assert manifest_of(client, "/en")["start_url"] == f"/en{home.url}"
    assert manifest_of(client, "/en")["lang"] == "en"
    home.office.host = "kab-magelang.kpu.test"
    home.office.save()
    assert manifest_of(client)["scope"] == "/"
    assert client.get("/aplikasi/33.99.webmanifest").status_code == 404


def test_every_page_leads_to_manifest_icon_and_worker(client: Client, home: HomePage) -> None:
    said = client.get(home.url).content.decode()
    assert '<link rel="manifest" href="/aplikasi/33.08.webmanifest">' in said
    assert 'rel="apple-touch-icon"' in said
    assert "site/pwa/register" in said


def test_the_worker_may_see_all_is_asked_anew_and_imports_what_is_there(
    client: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pwa, "_scripts", [])
    plain = client.get("/sw.js").content.decode()
    pwa.register_worker_script("site/pwa/offline.js")
    pwa.register_worker_script("subscriptions/tidak-ada.js")
    answer = client.get("/sw.js")
    said = answer.content.decode()
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert 'of ["/static/site/pwa/offline.js"]' in said
    assert "tidak-ada" not in said
    assert said != plain
    assert not answer.cookies


@pytest.mark.parametrize(("path", "lang"), [("/luring/", "id"), ("/en/luring/", "en")])
def test_the_offline_page_belongs_to_nobody(client: Client, path: str, lang: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert f'<html lang="{lang}"' in answer.content.decode()
    assert 'content="noindex"' in answer.content.decode()
