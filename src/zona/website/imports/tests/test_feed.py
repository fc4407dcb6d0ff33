"""Feeds: what comes, what is asked for the second time, and what is never fetched."""

from __future__ import annotations

import http.server
import threading

import pytest

from zona.ground.guard import fetching as reach
from zona.ground.guard import networks
from zona.testing import make_office, plant_roots
from zona.website.imports import fetching
from zona.website.imports.actions.feed import import_feed
from zona.website.imports.feeds import NoFeed
from zona.website.imports.models import Feed
from zona.website.redirects.models import Redirect
from zona.website.site.models import ArticlePage

pytestmark = pytest.mark.django_db
RSS = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>KPU</title>
<link>https://lama.kpu.test</link>
<item><title>Rapat &amp;amp; pleno</title><link>https://lama.kpu.test/2020/rapat/</link>
<guid>https://lama.kpu.test/?p=1</guid><category>Berita</category><category>DPT</category>
<pubDate>Tue, 07 May 2019 08:30:00 +0700</pubDate>
<content:encoded><![CDATA[<p>Isi <script>x()</script>rapat pleno terbuka kantor.
Kalimat kedua.</p>]]>
</content:encoded></item>
<item><title>Tanpa tanda</title><link>https://lama.kpu.test/dua</link>
<description>Ringkasan &lt;b&gt;tebal&lt;/b&gt;</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>KPU</title>
<link href="https://lama.kpu.test/"/><entry><id>tag:1</id><title>Satu</title>
<link href="https://lama.kpu.test/satu"/><updated>2020-02-03T04:05:06Z</updated>
<content type="html">&lt;p&gt;Halo&lt;/p&gt;</content></entry></feed>"""


@pytest.fixture
def office():
    plant_roots()
    return make_office("33.08")


@pytest.fixture
def bring(tmp_path, office):
    def run(text, **options):
        (tmp_path / "umpan.xml").write_text(text, "utf-8")
        return import_feed(
            source=str(tmp_path / "umpan.xml"), office=office, folder=tmp_path / "lapor", **options
        )

    return run


def test_entries_become_articles_once(bring):
    assert bring(RSS, is_trial=True).counts["post_new"] == 2
    assert not ArticlePage.objects.exists()
    report = bring(RSS)
    first, second = ArticlePage.objects.order_by("pk")
    assert (first.title, first.activity_date.isoformat()) == ("Rapat & pleno", "2019-05-07")
    assert (first.rubric.title, first.lead) == ("Berita", "Isi rapat pleno terbuka kantor.")
    assert [tag.name for tag in first.tags.all()] == ["DPT"]
    assert "<b>tebal</b>" in str(second.body.raw_data[0])
    assert report.kinds["removed"] == 1
    assert Redirect.objects.filter(old_path="/2020/rapat", page=first).exists()
    assert bring(RSS).counts["known"] == 2
    assert bring(ATOM).counts["post_new"] == 1


def test_what_is_no_feed_is_refused(bring):
    with pytest.raises(NoFeed):
        bring("<html><body>Halaman</body></html>")


class Server(http.server.BaseHTTPRequestHandler):
    asked: list[str | None]

    def do_GET(self) -> None:
        self.asked.append(self.headers.get("If-None-Match"))
        if self.path == "/dalam":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.end_headers()
            return
        is_known = self.headers.get("If-None-Match") == '"satu"'
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", '"satu"')
        self.end_headers()
        if not is_known:
            self.wfile.write(RSS.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server():
    handler = type("Own", (Server,), {"asked": []})
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", handler.asked
    running.shutdown()
    running.server_close()


def test_a_server_is_asked_only_for_what_is_new(tmp_path, office, server, monkeypatch):
    url, asked = server
    public = networks.is_public
    monkeypatch.setattr(networks, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    monkeypatch.setattr(reach, "PORTS", reach.PORTS | {int(url.rpartition(":")[2])})
    for _time in range(2):
        report = import_feed(source=f"{url}/umpan", office=office, folder=tmp_path / "lapor")
    assert asked == [None, '"satu"']
    assert report.unchanged
    assert Feed.objects.get().etag == '"satu"'
    with pytest.raises(fetching.NotFetched, match="lebih besar"):
        fetching.fetch(fetching.open_session(), f"{url}/umpan", limit=10)
    with pytest.raises(fetching.NotFetched, match="jaringan dalam"):
        fetching.fetch(fetching.open_session(), f"{url}/dalam", limit=10_000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.5", "169.254.169.254"])
def test_nothing_inside_the_own_network_is_fetched(server, host):
    url, asked = server
    port = url.rpartition(":")[2]
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(fetching.open_session(), f"http://{host}:{port}/", limit=1000)
    assert not asked


def test_only_the_web_is_fetched():
    for url in ("file:///etc/passwd", "ftp://x/y", "gopher://x"):
        with pytest.raises(fetching.NotFetched):
            fetching.fetch(fetching.open_session(), url, limit=10)
