"""What every answer carries, the language in the address, and the health path."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, reverse
from django.utils import translation

from zona.config.web.middleware import HeadersMiddleware, HealthMiddleware, LanguageMiddleware
from zona.testing import make_office, make_superuser, open_home, sign_in


def answer(request: HttpRequest) -> HttpResponse:
    """What a view sees: language, its own path, and where an address would lead."""
    seen = (translation.get_language(), request.path_info, reverse("account_login"))
    return HttpResponse(" ".join(seen))


@pytest.fixture
def home() -> Iterator[str]:
    """The path of an office's home page."""
    page = open_home(make_office())
    return page.get_url_parts()[2]


# --- the language ---


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/kabar/", "id /kabar/ /akun/login/"),
        ("/en/kabar/", "en /kabar/ /en/akun/login/"),
        ("/en/", "en / /en/akun/login/"),
        ("/energi/", "id /energi/ /akun/login/"),
        ("/en/en/", "en /en/ /en/akun/login/"),
    ],
)
def test_the_address_decides_the_language(rf: RequestFactory, path: str, expected: str) -> None:
    assert LanguageMiddleware(answer)(rf.get(path)).content.decode() == expected


def test_the_browser_does_not_decide(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"accept-language": "en"}, HTTP_COOKIE="django_language=en")
    assert LanguageMiddleware(answer)(request).content.startswith(b"id ")


def test_the_language_ends_with_the_answer(rf: RequestFactory) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        LanguageMiddleware(fail)(rf.get("/en/"))
    assert translation.get_language() == "id"
    assert get_script_prefix() == "/"


@pytest.mark.django_db
def test_a_page_is_there_in_both_languages(client: Client, home: str) -> None:
    indonesian, english = client.get(home), client.get(f"/en{home}")
    assert indonesian.status_code == english.status_code == 200
    assert '<html lang="id"' in indonesian.content.decode()
    assert '<html lang="en"' in english.content.decode()
    assert f'href="{home}' in indonesian.content.decode()
    assert f'href="/en{home}' in english.content.decode()


# --- health ---


def test_health_is_told_to_any_host_without_the_rest(rf: RequestFactory) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise AssertionError("went further")

    response = HealthMiddleware(fail)(rf.get("/-/sehat/", HTTP_HOST="10.1.2.3"))
    assert (response.status_code, response.content) == (200, b"sehat\n")  # type: ignore[attr-defined]


def test_health_needs_no_database(client: Client) -> None:
    assert client.get("/-/sehat/").status_code == 200


# --- headers ---


def policy_of(response: HttpResponse) -> dict[str, set[str]]:
    """The content policy: directive -> its sources."""
    parts = response.headers["Content-Security-Policy"].split(";")
    return {words[0]: set(words[1:]) for part in parts if (words := part.split())}


def test_the_policy_begins_with_nothing_and_allows_only_ourselves() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {
        "'none'",
        "'self'",
        "data:",
    }
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]


PUBLIC = [
    "",
    "kabar/",
    "kontak/",
    "cari/?q=pemilu",
    "kabar/rss/",
    "informasi-publik/",
    "tidak-ada/",
]
EVERYWHERE = ["/akun/login/", "/robots.txt", "/sitemap.xml", "/daftar-kantor/", "/tidak-ada/"]


@pytest.mark.django_db
def test_public_answers_carry_the_headers_and_no_cookie(client: Client, home: str) -> None:
    for path in [*(home + part for part in PUBLIC), *EVERYWHERE, f"/en{home}"]:
        response = client.get(path)
        assert response.status_code in {200, 404}, path
        policy = policy_of(response)
        assert policy["default-src"] == {"'none'"}, path
        assert not {"'unsafe-inline'", "'unsafe-eval'"} & set().union(*policy.values()), path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN", path
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "camera=()" in response.headers["Permissions-Policy"], path
        if path != "/akun/login/":
            assert not response.cookies, path
            assert "Cookie" not in response.headers.get("Vary", ""), path
    assert set(client.cookies) <= {"csrftoken"}


@pytest.mark.django_db
def test_the_back_office_is_private_and_its_policy_stays_its_own(client: Client, home: str) -> None:
    staff = sign_in(Client(), make_superuser())
    response = staff.get("/kantor/")
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    policy = policy_of(response)
    assert policy["default-src"] == {"'none'"}
    assert "'self'" in policy["script-src"]
    assert not {"'unsafe-eval'", "'unsafe-inline'"} & policy["script-src"]
    assert not any(source.startswith("http") for source in set().union(*policy.values()))
    # the wider policy does not follow the member of staff to a public page
    assert "'unsafe-inline'" not in set().union(*policy_of(staff.get(home)).values())


def test_a_header_that_a_view_chose_is_kept(rf: RequestFactory) -> None:
    def choose(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Permissions-Policy": "camera=(self)"})

    response = HeadersMiddleware(choose)(rf.get("/"))
    assert response.headers["Permissions-Policy"] == "camera=(self)"
