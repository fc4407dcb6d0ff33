"""Search among many: our whole answer against the raw query of the same engine, in the same run.

    python bench/search.py [ENTRIES] [--articles FILE]

SQLite in a temporary folder, or PostgreSQL when DATABASE_URL names an empty database. The entries
are made of the sentences of real articles (--articles, JSON Lines), spread over all offices and
ten years; the queries are the 60 judged ones, asked in all offices and in one. The raw query is the
engine's own: all words, ranked by its own measure, the first 20. SQLite works inside the process:
there processor time is measured, so that others on the machine do not count.
"""

import argparse
import datetime as dt
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
JUDGED = REPOSITORY / "src/zona/backstage/search/tests/judged.json"
TODAY = dt.date(2026, 11, 23)
BATCH = 1_000
SECONDS = 1_000  # ms


def read_articles(path: Path) -> tuple[list[str], list[str]]:
    """(titles, sentences) of the articles."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    titles = [row["title"] for row in rows if row["title"]]
    sentences = [s for row in rows for s in row["body_restated"].split(". ") if len(s) > 30]
    return titles, sentences


def make_drafts(count: int, articles: Path) -> Iterator[Any]:
    from zona.backstage.search.registry import Draft
    from zona.offices.models import Office

    titles, sentences = read_articles(articles)
    offices = list(Office.objects.values_list("pk", "region"))
    chance = random.Random(1)
    for number in range(count):
        office, region = chance.choice(offices)
        one, other = chance.choice(titles).split(), chance.choice(titles).split()
        title = " ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :], region])
        text = ". ".join(chance.sample(sentences, chance.randint(6, 14)))
        yield Draft(
            key=str(number),
            kind=chance.choice(["article"] * 8 + ["announcement", "infographic"]),
            title=title,
            text=f"{text}. Nomor {number}/{chance.randint(2016, 2026)} di {region}.",
            url=f"/x/{number}/",
            office_id=office,
            rubric=chance.choice(["Berita", "Sosialisasi", "Berita Terkini", ""]),
            date=TODAY - dt.timedelta(days=chance.randint(0, 3650)),
        )


def fill(count: int, articles: Path) -> float:
    """Entries a second."""
    from django.db import connection, transaction
    from django.utils import timezone

    from zona.backstage.search.index.drafts import make_entry
    from zona.backstage.search.models import Entry
    from zona.offices.models import Office

    codes = dict(Office.objects.values_list("pk", "code"))
    begin, rows = time.perf_counter(), []
    for draft in make_drafts(count, articles):
        rows.append(make_entry("bench", draft, codes[draft.office_id], timezone.now()))
        if len(rows) == BATCH:
            with transaction.atomic():
                Entry.objects.bulk_create(rows)
            rows = []
    Entry.objects.bulk_create(rows)
    took = time.perf_counter() - begin
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES('optimize')")
        cursor.execute("ANALYZE")
    return count / took


def ask_raw(text: str) -> None:
    """The engine's own query: all words as typed, its own rank, the first 20."""
    from django.db import connection

    from zona.backstage.search.rules import words

    raws = words.list_words(text)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            match = " AND ".join(f'"{raw}"' for raw in raws)
            cursor.execute(
                "SELECT rowid, title, snippet(search_words, 1, '', '', '', 30) FROM search_words"
                " WHERE search_words MATCH %s ORDER BY rank LIMIT 20",
                [match],
            )
        else:
            cursor.execute(
                "SELECT id, title, ts_rank_cd(vector, q) AS r, text FROM search_entry,"
                " plainto_tsquery('simple', %s) AS q WHERE vector @@ q ORDER BY r DESC LIMIT 20",
                [" ".join(raws)],
            )
        cursor.fetchall()


def ask_ours(text: str, home: str = "") -> None:
    """What a page of results needs: hits, counts of filters, rows, snippets."""
    from zona.backstage.search import queries
    from zona.backstage.search.rules import marking

    results = queries.search(text, today=TODAY, home=home)
    sought = marking.seek(results.query)
    for entry in queries.load(results.hits[: queries.PAGE_SIZE]):
        marking.mark(entry.title, sought)
        marking.snippet(entry.text, sought)


def clock() -> float:
    """Seconds."""
    from django.db import connection

    return time.thread_time() if connection.vendor == "sqlite" else time.perf_counter()


def measure(act: Callable[[str], None], texts: list[str], rounds: int = 3) -> list[float]:
    """Milliseconds of each query, the best of some rounds, sorted."""
    best = dict.fromkeys(texts, float("inf"))
    for _ in range(rounds):
        for text in texts:
            begin = clock()
            act(text)
            best[text] = min(best[text], (clock() - begin) * SECONDS)
    return sorted(best.values())


def share(times: list[float], part: float) -> float:
    return times[min(len(times) - 1, round(part * len(times)))]


def measure_publishing(articles: Path) -> list[float]:
    """Milliseconds that following one changed thing adds to a publish, its commit included."""
    from zona.backstage.search import registry
    from zona.backstage.search.actions import follow

    drafts = {draft.key: draft for draft in make_drafts(200, articles)}
    source = registry.Source(
        "bench-publish",
        lambda after: iter(()),
        lambda keys: [drafts[key] for key in keys],
        lambda: 0,
    )
    registry.register_source(source)
    times = []
    for key in drafts:
        begin = clock()
        follow(source=source.name, keys=[key])
        times.append((clock() - begin) * SECONDS)
    return sorted(times)


def report(name: str, times: list[float], raw: list[float] | None = None) -> None:
    ratio = f"{share(times, 0.5) / share(raw, 0.5):8.2f}" if raw else f"{'':8}"
    ratio95 = f"{share(times, 0.95) / share(raw, 0.95):8.2f}" if raw else f"{'':8}"
    p50, p95, last = share(times, 0.5), share(times, 0.95), times[-1]
    print(f"{name:<28} {p50:8.1f} {p95:8.1f} {last:8.1f} {ratio} {ratio95}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("entries", type=int, nargs="?", default=100_000)
    parser.add_argument("--articles", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        os.environ["ZONA_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_offices", verbosity=0)
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},")
        print(f"{connection.vendor}, {options.entries} entries")
        print(f"filled: {fill(options.entries, options.articles):.0f} entries/s")
        texts = [row["query"] for row in json.loads(JUDGED.read_text("utf-8"))]
        measure(ask_ours, texts[:5], 1)
        print(f"{'ms':<28} {'p50':>8} {'p95':>8} {'max':>8} {'p50/raw':>8} {'p95/raw':>8}")
        raw = measure(ask_raw, texts)
        report("raw query of the engine", raw)
        report("search, all offices", measure(ask_ours, texts), raw)
        report("search, one office", measure(lambda text: ask_ours(text, "33.74"), texts), raw)
        report("indexing one publish", measure_publishing(options.articles))
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
