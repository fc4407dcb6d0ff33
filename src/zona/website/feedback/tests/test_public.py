"""What readers send: votes, comments, reports, and what stops a robot."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import altcha
import pytest
from django.core.cache import cache
from django.test import Client

from zona.ground.guard.models import Spent, Trace
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home
from zona.website.feedback.models import Feedback
from zona.website.feedback.queries import score_of
from zona.website.site.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> ArticlePage:
    cache.clear()
    office = make_office("33.08")
    editor = make_person("siti@kpu.test", Role.EDITOR, office=office)
    home = open_home(office)
    item = ArticlePage(title="Jadwal pindah memilih", slug="jadwal", lead="Sampai Jumat.")
    IndexPage.objects.child_of(home).get().add_child(instance=item)
    item.save_revision(user=editor).publish(user=editor)
    item.refresh_from_db()
    return item


def solve(client: Client) -> str:
    """A proof as the browser makes it."""
    challenge = altcha.Challenge.from_dict(client.get("/umpan-balik/tantangan/").json())
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


def send(client: Client, url: str, data: dict[str, Any], **headers: str) -> Any:
    return client.post(url, data, headers={"Sec-Fetch-Site": "same-origin"} | headers)


def test_the_foot_asks_and_sets_no_cookie(client, item):
    answer = client.get(item.url)
    html = answer.content.decode()
    assert f'action="/umpan-balik/nilai/{item.pk}/"' in html
    assert f"/umpan-balik/kesalahan/{item.pk}/?versi={item.live_revision_id}-" in html
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in html


def test_a_vote_with_proof_leads_to_thanks_and_back(client, item):
    answer = send(
        client,
        f"/umpan-balik/nilai/{item.pk}/",
        {"membantu": "tidak", "versi": f"{item.live_revision_id}-1", "bukti": solve(client)},
    )
    assert answer.status_code == 303
    assert not answer.cookies
    vote = Feedback.objects.get()
    assert (vote.is_helpful, vote.is_proven, vote.is_counted, vote.state) == (False, True, True, "")
    thanks = client.get(answer.url)
    assert thanks["Cache-Control"] == "no-store"
    assert item.url in thanks.content.decode()

    answer = send(client, answer.url, {"text": "Batas waktunya tidak disebut.\u202e\n\n\n\nTerima"})
    assert answer.status_code == 303
    vote.refresh_from_db()
    assert (vote.text, vote.state) == ("Batas waktunya tidak disebut.\n\nTerima", "new")


def test_a_comment_comes_once_and_only_after_a_vote(client, item):
    url = send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "ya"}).url
    assert send(client, url, {"text": "Bagus"}).status_code == 303
    assert send(client, url, {"text": "Lagi"}).status_code == 422
    ticket = parse_qs(urlsplit(url).query)["tiket"][0]
    forged = f"/umpan-balik/terima-kasih/{item.pk}/?tiket={ticket[:-1]}x"
    answer = send(client, forged, {"text": "Tulisan saya"})
    assert answer.status_code == 422
    assert "Tulisan saya" in answer.content.decode()
    assert Feedback.objects.get().text == "Bagus"


def test_without_script_it_works_and_is_marked(client, item):
    assert send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "ya"}).status_code == 303
    assert not Feedback.objects.get().is_proven


def test_a_network_counts_once_a_day_on_a_page(client, item):
    for _ in range(3):
        send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "ya"})
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "tidak"})
    assert Feedback.objects.count() == 4
    assert (score_of(item).helpful, score_of(item).total) == (1, 2)
    assert not Trace.objects.filter(key__contains="203.0").exists()


def test_a_proof_counts_once(client, item):
    url, proof = f"/umpan-balik/nilai/{item.pk}/", solve(client)
    assert send(client, url, {"membantu": "ya", "bukti": proof}).status_code == 303
    again = send(client, url, {"membantu": "ya", "bukti": proof})
    assert again.status_code == 429
    assert Feedback.objects.count() == Spent.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({"situs_web": "https://judi.example"}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}),
        ({}, {"Sec-Fetch-Site": "", "Origin": "null"}),
    ],
)
def test_robots_and_other_sites_leave_nothing(client, item, data, headers):
    send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "ya"} | data, **headers)
    send(client, f"/umpan-balik/kesalahan/{item.pk}/", {"text": "x"} | data, **headers)
    assert not Feedback.objects.exists()


def test_a_report_keeps_version_and_passage(client, item):
    first = item.live_revision_id
    version = f"{first}-{int(item.last_published_at.timestamp())}"
    item.title = "Jadwal baru"
    item.save_revision().publish()
    answer = send(
        client,
        f"/umpan-balik/kesalahan/{item.pk}/",
        {
            "text": "Harinya salah. Hubungi 0812-3456-7890",
            "quote": "Sampai Jumat",
            "email": "warga@contoh.id",
            "versi": version,
            "bukti": solve(client),
        },
    )
    assert answer.status_code == 303
    report = Feedback.objects.get()
    assert (report.revision, report.quote, report.state) == (first, "Sampai Jumat", "new")
    assert (report.has_personal_data, report.email) == (True, "warga@contoh.id")
    assert report.page_url == item.url


def test_a_report_with_mistakes_loses_nothing(client, item):
    answer = send(
        client, f"/umpan-balik/kesalahan/{item.pk}/", {"text": "Kepala kantor", "email": "bukan"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Kepala kantor" in html
    assert 'value="bukan"' in html
    assert not Feedback.objects.exists()


def test_too_many_unproven_reports_are_turned_away_with_words_kept(client, item):
    url = f"/umpan-balik/kesalahan/{item.pk}/"
    for _ in range(5):
        assert send(client, url, {"text": "salah"}).status_code == 303
    answer = send(client, url, {"text": "yang keenam"})
    assert answer.status_code == 422
    assert "yang keenam" in answer.content.decode()
    assert send(client, url, {"text": "terbukti", "bukti": solve(client)}).status_code == 303
    assert Feedback.objects.count() == 6


def test_a_version_that_cannot_be_is_replaced_by_the_live_one(client, item):
    for version in ("999999-1", "x", f"{item.live_revision_id}-9999999999"):
        send(
            client,
            f"/umpan-balik/kesalahan/{item.pk}/",
            {"text": "salah", "versi": version, "bukti": solve(client)},
        )
    for report in Feedback.objects.all():
        assert report.revision in (None, item.live_revision_id)
        assert report.published_at <= report.created_at


def test_a_page_taken_down_takes_no_votes(client, item):
    item.unpublish()
    assert send(client, f"/umpan-balik/nilai/{item.pk}/", {"membantu": "ya"}).status_code == 404
