"""Run inside a filled installation: asks for each screen and prints what it cost, as JSON."""

import json
import os
import statistics
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")

WARM_UP = 3
SCREENS = {
    "beranda ruang kerja": ("wagtailadmin_home", False),
    "papan pekan": ("agenda_staff:agenda", True),
    "agenda, bulan": ("agenda_staff:agenda_month", True),
    "agenda, daftar": ("agenda_staff:agenda_list", True),
    "tugas liputan": ("agenda_staff:tasks", True),
    "kesegaran": ("numbers:freshness", True),
    "peliputan": ("numbers:coverage", True),
}
PEOPLE = (
    ("kabupaten", "33.08", tuple(SCREENS)),
    ("provinsi", "33", ("beranda ruang kerja", "papan pekan", "kesegaran", "peliputan")),
    ("ri", "00", ("beranda ruang kerja", "papan pekan", "kesegaran", "peliputan")),
)


def main(runs: int) -> None:
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from zona.offices.models import User

    found = {}
    for email, code, screens in PEOPLE:
        person = User.objects.filter(email=f"{email}@contoh.id").first()
        if person is None:
            continue
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        for screen in screens:
            name, has_code = SCREENS[screen]
            url = reverse(name, args=[code] if has_code else [])
            found[f"{screen} ({email})"] = ask(client, url, runs)
    print(json.dumps(found))


def ask(client: Any, url: str, runs: int) -> dict[str, float]:
    """Median processor time of the warm screen in milliseconds, and its queries."""
    from django.db import connection

    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    for _ in range(WARM_UP):
        answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    with connection.execute_wrapper(count):
        client.get(url)
    spent = []
    for _ in range(runs):
        began = time.process_time()
        client.get(url)
        spent.append(time.process_time() - began)
    return {"ms": statistics.median(spent) * 1_000, "queries": queries}


if __name__ == "__main__":
    main(int(sys.argv[1]))
