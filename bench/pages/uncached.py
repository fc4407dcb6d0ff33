"""Run inside either project: CPU milliseconds and queries of one page made anew.

Prints JSON: {name: {"ms": median over the rounds, "queries": n, "bytes": n}}. What is measured is
the whole way through the middleware, as the server calls it, without network and compression.
"""

import json
import os
import statistics
import sys
import time
from typing import Any

ROUNDS, EACH = 5, 12


def main(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.client import RequestFactory

    handler: Any = WSGIHandler()
    paths = zona_paths() if settings.startswith("zona") else plain_paths()
    make = RequestFactory(SERVER_NAME="localhost")

    def ask(path: str) -> bytes:
        status: list[str] = []
        result = handler(make.get(path).environ, lambda text, headers, *_: status.append(text))
        content = b"".join(result)
        result.close()
        assert status[0].startswith("200"), (path, status)
        return content

    found = {}
    for name, path in paths.items():
        ask(path)  # templates and renditions are there afterwards
        queries = count_queries(ask, path)
        times = []
        for _ in range(ROUNDS):
            started = time.process_time()
            for _ in range(EACH):
                content = ask(path)
            times.append((time.process_time() - started) / EACH * 1000)
        found[name] = {"ms": statistics.median(times), "queries": queries, "bytes": len(content)}
    print(json.dumps(found))


def count_queries(ask: Any, path: str) -> int:
    from django.db import connection

    count = 0

    def counter(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(counter):
        ask(path)
    return count


def zona_paths() -> dict[str, str]:
    from zona.website.site.models import ArticlePage, HomePage

    home = HomePage.objects.filter(office__is_demo=True).get()
    rows = ArticlePage.objects.live().filter(office=home.office, photo__isnull=False)
    article = rows.order_by("-listed_at").first()
    place = home.get_url_parts()[2]
    return {"home": place, "list": f"{place}kabar/", "article": article.get_url_parts()[2]}


def plain_paths() -> dict[str, str]:
    from bench.pages.plain.models import ArticlePage

    rows = ArticlePage.objects.live().filter(kind="article", photo__isnull=False)
    article = rows.order_by("-date").first()
    return {"home": "/", "list": "/kabar/", "article": f"/kabar/{article.slug}/"}


if __name__ == "__main__":
    main(sys.argv[1])
