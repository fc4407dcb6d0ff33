"""Two web processes that keep pages: whatever changes, both show it a second later.

No stopwatch: the promise is that nothing older than a second is shown, so after a second every
answer must be new, however slow the machine is.
"""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.site import ZONA, Site, environment_of, serve

PROMISE = 1.0  # seconds
# What a person in the office, or the clock, does; each line that comes in is one act.
DESK = """
import datetime as dt, sys
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site as Host
from zona.offices.models import Office, ServiceHours
from zona.website.site.actions.pages import run_schedule
from zona.website.site.models import AnnouncementPage, ArticlePage, ContactPage, HomePage, IndexPage

office = Office.objects.get(is_demo=True)
index = IndexPage.objects.get(office=office)

def find(slug):
    return ArticlePage.objects.get(slug=slug)

def write(slug, title):
    page = ArticlePage(title=title, slug=slug, live=False)
    index.add_child(instance=page)
    page.save_revision()

def publish(slug):
    find(slug).get_latest_revision().publish()

def edit(slug, title):
    page = find(slug)
    page.title = title
    page.save_revision().publish()

def edit_together(slug, title):
    with transaction.atomic():
        edit(slug, "sementara")
        print("mid", flush=True)
        sys.stdin.readline()
        edit(slug, title)

def take_down(slug):
    find(slug).unpublish()

def set_live_by_clock(slug, title):
    due = timezone.now() - dt.timedelta(minutes=1)
    page = ArticlePage(title=title, slug=slug, live=False, go_live_at=due)
    index.add_child(instance=page)
    page.save_revision(approved_go_live_at=due)

def set_end_by_clock(slug):
    ArticlePage.objects.filter(slug=slug).update(expire_at=timezone.now() - dt.timedelta(minutes=1))

def clock():
    run_schedule()

def setting(phone):
    row = Office.objects.get(pk=office.pk)
    row.phone = phone
    row.save()

def menu():
    ContactPage.objects.get(office=office).unpublish()

def menu_again():
    ContactPage.objects.get(office=office).save_revision().publish()

def below(lead):
    HomePage.objects.filter(office=office).update(lead=lead)

print("siap", flush=True)
for line in sys.stdin:
    name, *values = line.strip().split("|")
    globals()[name](*values)
    print("sudah", flush=True)
"""


class Desk:
    """A third process that changes things."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [*ZONA, "manage", "shell", "--no-imports", "-c", DESK],
            env=environment_of(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.hear("siap")

    def hear(self, word: str) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline().strip() == word

    def say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def do(self, name: str, *values: str) -> None:
        self.say("|".join([name, *values]))
        self.hear("sudah")

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def two(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with two web processes."""
    running = serve(prepared, tmp_path_factory.mktemp("two") / "data", ZONA_WORKERS=2)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk(two: Site) -> Iterator[Desk]:
    it = Desk(two.data)
    yield it
    it.close()


def ask(site: Site, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own, so that either process may answer."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def texts(site: Site, path: str, times: int = 16) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: ask(site, path), range(times))
        return [(status, content.decode()) for status, _, content in answers]


def warm(site: Site, *paths: str) -> None:
    for path in paths:
        texts(site, path)


def all_show(site: Site, path: str, word: str, *, gone: str = "\0") -> None:
    """A second after the change every answer has it."""
    time.sleep(PROMISE)
    for status, text in texts(site, path):
        assert status == 200
        assert word in text
        assert gone not in text


def test_every_public_page_is_kept(two: Site) -> None:
    skipped = {"missing", "sign_in", "forgotten", "search", "search_empty"}
    for name, path in two.paths.items():
        for prefix in ("", "/en"):
            status, headers, _ = ask(two, prefix + path)
            kept = status in (200, 302) and "-identity" in headers.get("etag", "")
            assert kept is (name not in skipped), (name, status, headers)
            assert name in skipped - {"missing"} or "set-cookie" not in headers


def test_a_publication_is_seen_by_both(two: Site, desk: Desk) -> None:
    home, news = two.paths["home"], two.paths["index"]
    page = f"{news}kabar-uji/"
    desk.do("write", "kabar-uji", "Judul pertama")
    warm(two, home, news)
    assert {status for status, _ in texts(two, page)} == {404}
    desk.do("publish", "kabar-uji")
    for path in (home, news, page):
        all_show(two, path, "Judul pertama")
    desk.do("edit", "kabar-uji", "Judul kedua")
    for path in (home, news, page):
        all_show(two, path, "Judul kedua", gone="Judul pertama")


def test_an_open_transaction_is_not_shown_and_its_end_is(two: Site, desk: Desk) -> None:
    news = two.paths["index"]
    desk.do("write", "bersama", "Sebelum")
    desk.do("publish", "bersama")
    all_show(two, f"{news}bersama/", "Sebelum")
    desk.say("edit_together|bersama|Sesudah")
    desk.hear("mid")
    all_show(two, f"{news}bersama/", "Sebelum", gone="sementara")
    desk.say("")
    desk.hear("sudah")
    all_show(two, f"{news}bersama/", "Sesudah", gone="Sebelum")


def test_the_clock_publishes_and_takes_down(two: Site, desk: Desk) -> None:
    news = two.paths["index"]
    desk.do("set_live_by_clock", "menurut-jam", "Terbit menurut jam")
    warm(two, news)
    desk.do("clock")
    all_show(two, news, "Terbit menurut jam")
    desk.do("set_end_by_clock", "menurut-jam")
    warm(two, news, f"{news}menurut-jam/")
    desk.do("clock")
    time.sleep(PROMISE)
    assert {status for status, _ in texts(two, f"{news}menurut-jam/")} == {404}
    assert not any("Terbit menurut jam" in text for _, text in texts(two, news))


def test_taking_down_settings_and_menu(two: Site, desk: Desk) -> None:
    home, news = two.paths["home"], two.paths["index"]
    desk.do("write", "turun", "Akan turun")
    desk.do("publish", "turun")
    all_show(two, news, "Akan turun")
    desk.do("take_down", "turun")
    time.sleep(PROMISE)
    assert {status for status, _ in texts(two, f"{news}turun/")} == {404}
    assert not any("Akan turun" in text for _, text in texts(two, news))
    desk.do("setting", "(0293) 999888")
    all_show(two, home, "(0293) 999888")
    desk.do("below", "Lead tanpa sinyal")
    time.sleep(PROMISE)
    contact = two.paths["contact"]
    assert contact in ask(two, news)[2].decode()
    desk.do("menu")
    time.sleep(PROMISE)
    assert not any(f'href="{contact}"' in text for _, text in texts(two, news))
    desk.do("menu_again")
    all_show(two, news, contact)


def test_edits_in_quick_order_end_with_the_last(two: Site, desk: Desk) -> None:
    page = f"{two.paths['index']}cepat/"
    desk.do("write", "cepat", "Naskah 0")
    desk.do("publish", "cepat")
    with ThreadPoolExecutor(2) as readers:
        reading = [readers.submit(texts, two, page, 200) for _ in range(2)]
        for number in range(1, 13):
            desk.do("edit", "cepat", f"Naskah {number}.")
        for each in reading:
            each.result()
    all_show(two, page, "Naskah 12.", gone="Naskah 11.")


def test_both_processes_give_the_same_tag_and_304(two: Site) -> None:
    path = two.paths["article"]
    tags = {ask(two, path, Accept_Encoding="gzip")[1]["etag"].removesuffix('-best"').rstrip('"')
            for _ in range(24)}  # fmt: skip
    assert len(tags) == 1
    tag = f'{tags.pop()}"'
    assert {ask(two, path, If_None_Match=tag)[0] for _ in range(12)} == {304}


def test_a_signed_in_person_is_served_by_django(two: Site) -> None:
    _, headers, _ = ask(two, two.paths["home"], Cookie="sessionid=abc")
    assert "-identity" not in headers.get("etag", "")


def test_static_files_are_sent_compressed_and_for_ever(two: Site) -> None:
    _, _, home = ask(two, two.paths["home"])
    css = home.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    sizes = {}
    for coding in ("br", "gzip", "identity"):
        status, headers, content = ask(two, css, Accept_Encoding=coding)
        assert status == 200
        assert "immutable" in headers["cache-control"]
        assert headers.get("content-encoding", "identity") == coding
        sizes[coding] = len(content)
    assert sizes["br"] < sizes["gzip"] < sizes["identity"]


POISONED = ("X_Forwarded_Host", "X_Forwarded_Proto", "Referer", "User_Agent", "X_Original_URL")


def test_poison_does_not_stick(two: Site) -> None:
    path = two.paths["article"]
    poison = dict.fromkeys(POISONED, "racun.test")
    for _ in range(8):
        assert b"racun" not in ask(two, path, **poison)[2]
        assert b"racun" not in ask(two, path)[2]
    assert ask(two, path, Host="racun.test")[0] == 400
    assert ask(two, f"{path}%0d%0aX-Racun:%201/")[0] == 404
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{two.url}//racun.test/%2e%2e/")
