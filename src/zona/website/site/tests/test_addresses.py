"""Addresses: own hosts, the English interface, canonical links, sitemaps."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from zona.backstage.rights.provision import provision
from zona.offices.models import Office
from zona.testing import make_office, open_home
from zona.website.site.models import ArticlePage, HomePage, IndexPage

pytestmark = pytest.mark.django_db
HOST = "kab-magelang.kpu.test"


@pytest.fixture
def office() -> Office:
    return make_office("33.08", "Kabupaten Magelang", phone="(0293) 788001")


@pytest.fixture
def home(office: Office) -> HomePage:
    return open_home(office)


@pytest.fixture
def article(home: HomePage) -> ArticlePage:
    index = IndexPage.objects.child_of(home).get()
    page = ArticlePage(title="Rapat </script> & pleno", slug="rapat", lead="Isi <b>teras</b>.")
    index.add_child(instance=page)
    return page


def test_an_office_with_a_host_is_shown_there_alone(
    home: HomePage, article: ArticlePage, office: Office, client: Client
) -> None:
    path = article.get_url()
    office.host = HOST
    office.save()
    provision(office)
    settings.ALLOWED_HOSTS.append(HOST)
    answer = client.get(f"{path}?a=b")
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"//{HOST}/kabar/rapat/?a=b")
    assert client.get("/kabar/rapat/", headers={"host": HOST}).status_code == 200
    front = client.get("/", headers={"host": HOST})
    assert office.short_name in front.content.decode()


def test_the_english_interface_lives_in_the_address(article: ArticlePage, client: Client) -> None:
    path = article.get_url()
    indonesian, english = client.get(path), client.get(f"/en{path}")
    assert '<html lang="id"' in indonesian.content.decode()
    html = english.content.decode()
    assert '<html lang="en"' in html
    assert 'href="/en/' in html
    assert not english.cookies
    assert f'hreflang="en" href="{settings.BASE_URL}/en{path}"' in html
    assert '<html lang="id"' in client.get(path).content.decode()  # nothing stuck


def test_a_page_tells_machines_what_it_is(
    article: ArticlePage, home: HomePage, client: Client
) -> None:
    html = client.get(article.get_url() + "?utm_source=x").content.decode()
    assert f'<link rel="canonical" href="{settings.BASE_URL}{article.get_url()}">' in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == article.title
    assert 'property="og:title" content="Rapat &lt;/script&gt; &amp; pleno"' in html
    html = client.get(home.get_url()).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["@type"] == "GovernmentOrganization"
    assert data["telephone"] == "(0293) 788001"


def test_the_sitemap_names_every_page_once(article: ArticlePage, client: Client) -> None:
    index = client.get("/sitemap.xml").content.decode()
    files = re.findall(r"<loc>([^<]+)</loc>", index)
    assert files == [f"{settings.BASE_URL}/sitemap-33.08-1.xml"]
    assert "<lastmod>" in index
    found = client.get("/sitemap-33.08-1.xml").content.decode()
    addresses = re.findall(r"<loc>([^<]+)</loc>", found)
    assert f"{settings.BASE_URL}{article.get_url()}" in addresses
    assert len(addresses) == len(set(addresses)) == 4
    for junk in ("/sitemap-33.08-2.xml", "/sitemap-33.09-1.xml", "/sitemap-99-0.xml"):
        assert client.get(junk).status_code == 404
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("tail", ["lagi/", "index.php", "%00", "..%2f", "KABAR/", "kabar//"])
def test_junk_paths_are_no_pages(home: HomePage, client: Client, tail: str) -> None:
    status = client.get(home.get_url() + tail, follow=True).status_code
    assert status == (400 if tail == "%00" else 404)  # no database holds a NUL
