"""Pages: warm from memory beside nginx, made anew beside plain Wagtail, and how soon news shows.

    zona bench pages [--articles FILE] [--seconds 5] [--write]

Needs Linux, nginx and wrk (sudo apt install nginx-light wrk). Every ratio comes from one run, the
two sides taking turns. --write puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages.site import (
    ZONA,
    Server,
    environment,
    family,
    get,
    load,
    memory,
    settle,
    start_nginx,
    start_zona,
)

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = REPOSITORY / "docs" / "performance.md"
MARKS = ("<!-- bench pages: begin -->", "<!-- bench pages: end -->")
BROWSER = "gzip, deflate, br, zstd"
DESK = """
import sys, time
from zona.website.site.models import ArticlePage
page = ArticlePage.objects.live().filter(office__is_demo=True).order_by("-listed_at").first()
print(page.get_url_parts()[2], flush=True)
for line in sys.stdin:
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = line.strip()
    page.save_revision().publish()
    print(time.monotonic(), flush=True)
"""


@dataclass
class Row:
    """One line of the table. aim: (sign, number) or None."""

    what: str
    value: str
    reference: str = ""
    ratio: float | None = None
    aim: str = ""
    is_met: bool = True


def run_in(data: Path, *arguments: str, **variables: object) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(data, **variables),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


# --- what is measured ---


def measure_warm(server: Server, folder: Path, path: str, seconds: int) -> list[Row]:
    """The home page from memory, and nginx with the same bytes and headers from disk."""
    for _ in range(20):
        _, headers, content = get(server, path, **{"Accept-Encoding": BROWSER})
        time.sleep(0.05)  # until the best compression is there
    names = ("Cache-Control", "Content-Encoding", "Vary", "Content-Security-Policy",
             "Permissions-Policy", "Referrer-Policy", "X-Frame-Options")  # fmt: skip
    same = {name: headers[name.lower()] for name in names if name.lower() in headers}
    nginx = start_nginx(folder / "nginx", content, same)
    ours, theirs = [], []
    try:
        for _ in range(3):
            ours.append(load(server, path, seconds))
            theirs.append(load(nginx, "/halaman", seconds))
    finally:
        nginx.stop()
    rate, cpu = (statistics.median(column) for column in zip(*ours, strict=True))
    nginx_rate, nginx_cpu = (statistics.median(column) for column in zip(*theirs, strict=True))
    return [
        Row("warm home page, requests a second", f"{rate:,.0f}", f"nginx {nginx_rate:,.0f}",
            rate / nginx_rate, ">= 0.5", rate / nginx_rate >= 0.5),
        Row("warm home page, CPU seconds a 1,000 requests", f"{cpu:.3f}", f"nginx {nginx_cpu:.3f}",
            cpu / nginx_cpu),
    ]  # fmt: skip


def measure_uncached(data: Path, plain: Path) -> list[Row]:
    """CPU of pages made anew, three turns each; the whole way through Django."""
    settings = ("zona.config.settings", "bench.pages.plain.settings")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in settings}
    for _ in range(3):
        for name in settings:
            text = run_in(data, "-m", "bench.pages.uncached", name, PLAIN_DATA=plain)
            found[name].append(json.loads(text.splitlines()[-1]))
    rows = []
    for page in ("home", "list", "article"):
        ours, theirs = ([turn[page] for turn in found[name]] for name in settings)
        mine, other = (statistics.median(turn["ms"] for turn in side) for side in (ours, theirs))
        rows.append(
            Row(
                f"{page} made anew, CPU ms (queries)",
                f"{mine:.1f} ({ours[0]['queries']})",
                f"plain Wagtail {other:.1f} ({theirs[0]['queries']})",
                mine / other,
                "<= 0.33",
                mine / other <= 1 / 3,
            )
        )
    return rows


def measure_news(data: Path, home: str, times: int) -> Row:
    """From the commit of a publication to the last request that still showed the old title."""
    server, _ = start_zona(data, home, ZONA_WORKERS=2)
    desk = subprocess.Popen(
        [*ZONA, "manage", "shell", "--no-imports", "-c", DESK],
        env=environment(data), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert desk.stdin
    assert desk.stdout
    path = desk.stdout.readline().strip()
    seen: list[tuple[float, str]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            asked = time.monotonic()
            text = get(server, path)[2].decode()
            seen.append((asked, re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", text, re.S)[0]))
            time.sleep(0.01)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    waits = []
    try:
        for number in range(times):
            title = f"Judul nomor {number}."
            desk.stdin.write(f"{title}\n")
            desk.stdin.flush()
            committed = float(desk.stdout.readline())
            time.sleep(1.3)
            old = [asked for asked, shown in seen if asked > committed and title not in shown]
            waits.append(max(old, default=committed) - committed)
            seen.clear()
    finally:
        stop.set()
        for reader in readers:
            reader.join()
        desk.stdin.close()
        desk.wait()
        server.stop()
    waits.sort()
    middle, late = waits[len(waits) // 2], waits[min(len(waits) - 1, int(len(waits) * 0.99))]
    return Row(
        f"publication to seen by both of two processes, p50 / p99 of {times}",
        f"{middle:.2f} s / {late:.2f} s", aim="p99 <= 1 s", is_met=late <= 1,
    )  # fmt: skip


def measure_weight(server: Server, home: str) -> Row:
    """Bytes of bodies that a first visit to the home page takes, photos left out."""
    _, _, content = get(server, home, **{"Accept-Encoding": BROWSER})
    _, _, plain = get(server, home)
    text = plain.decode()
    linked = re.findall(r'<link[^>]+?href="([^"]+)"[^>]*>', text)
    wanted = {link for link in linked if "/static/" in link or "/aksen/" in link}
    wanted |= set(re.findall(r'<script[^>]+src="([^"]+)"', text))
    wanted |= {use.partition("#")[0] for use in re.findall(r'<use href="([^"]+)"', text)}
    wanted |= set(re.findall(r'<link rel="manifest" href="([^"]+)"', text))
    total = len(content)
    for path in sorted(wanted):
        total += len(get(server, path, **{"Accept-Encoding": BROWSER})[2])
    return Row("first visit to the home page without photos", f"{total / 1000:.1f} KB",
               f"{len(wanted) + 1} files", aim="<= 100 KB", is_met=total <= 100_000)  # fmt: skip


def measure(options: argparse.Namespace) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="zona-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        data, plain = folder / "data", folder / "plain"
        plain.mkdir()
        say("Menyiapkan data contoh …")
        run_in(data, "-P", "-m", "zona", "prepare")
        if options.articles:
            run_in(data, "-P", "-m", "zona", "import", "articles", str(options.articles))
        content = folder / "content.json"
        run_in(data, "-m", "bench.pages.export", str(content))
        run_in(data, "-m", "bench.pages.fill", str(content), PLAIN_DATA=plain)
        home = json.loads(content.read_text())["home_path"]

        say("Mulai dan memori …")
        server, _ = start_zona(data, home)
        server.stop()
        server, seconds = start_zona(data, home)
        try:
            settle(server)
            pss, rss = memory(family(server.pid))
            say("Halaman dari memori, di samping nginx …")
            rows = measure_warm(server, folder, home, options.seconds)
            weight = measure_weight(server, home)
        finally:
            server.stop()
        say("Halaman yang dibuat baru, di samping Wagtail biasa …")
        rows += measure_uncached(data, plain)
        say("Dari terbit sampai tampak …")
        rows.append(measure_news(data, home, options.times))
        rows.append(weight)
        rows.append(Row("start to first answer on an existing database", f"{seconds:.1f} s",
                        aim="<= 3 s", is_met=seconds <= 3))  # fmt: skip
        rows.append(
            Row("memory at rest, all processes, PSS (RSS)", f"{pss:.0f} MB ({rss:.0f} MB)",
                aim="<= 300 MB", is_met=pss <= 300)
        )  # fmt: skip
        return rows


# --- the table ---


def render(rows: list[Row]) -> str:
    lines = ["| What | Zona | Beside it | Ratio | Aim |", "|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        aim = row.aim + ("" if row.is_met else " **missed**")
        lines.append(f"| {row.what} | {row.value} | {row.reference} | {ratio} | {aim} |")
    return "\n".join(lines)


def describe_machine() -> str:
    model = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    busy = os.getloadavg()[0]
    return (
        f"{dt.date.today():%d %B %Y}, {os.cpu_count()} cores of {model[0] if model else '?'},"  # noqa: DTZ011
        f" Python {platform.python_version()}, load at the end {busy:.1f}"
    )


def write(text: str) -> None:
    page = DOCUMENT.read_text()
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    DOCUMENT.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="zona bench pages", description=__doc__)
    parser.add_argument("--articles", type=Path, help="imported as well, see zona import articles")
    parser.add_argument("--seconds", type=int, default=5, help="of each turn under load")
    parser.add_argument("--times", type=int, default=50, help="publications that are timed")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/")
    options = parser.parse_args()
    rows = measure(options)
    text = f"{describe_machine()}\n\n{render(rows)}"
    print(text)
    if options.write:
        write(text)


if __name__ == "__main__":
    main()
