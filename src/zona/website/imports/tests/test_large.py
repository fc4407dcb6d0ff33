"""5,000 posts: bounded memory, and a run that was killed goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from zona.testing import make_office, plant_roots
from zona.website.imports.tests.wxr_file import post, write
from zona.website.site.models import ArticlePage, BasePage

POSTS = 5_000
PEAK = 220  # MB that the importing process may hold at most
GROWTH = 40  # MB by which ten times the posts may raise it: caches of the database, not the file


def start(file, data):
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        who = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
        url = f"postgres://{who}/{settings['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-m", "zona", "import", "wordpress", str(file), "--office", "33.08"],
        env=os.environ | {"ZONA_DATA": str(data), "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def peak_of(child):
    """MB that a process held at most; it must have ended well.

    Asked of the process while it lives: what `wait4` tells afterwards counts the memory of the
    test's own process too, whose copy the child was for a moment.
    """
    peak = 0
    while child.poll() is None:
        for line in Path(f"/proc/{child.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peak = int(line.split()[1]) / 1024
        time.sleep(0.05)
    assert child.returncode == 0, child.stdout.read().decode()
    return peak


@pytest.mark.django_db(transaction=True)
def test_five_thousand_posts_in_bounded_memory_through_a_kill(tmp_path):
    plant_roots()
    make_office("33.08")
    file = write(tmp_path / "besar.xml", (post(number + 1) for number in range(POSTS)))
    small = write(tmp_path / "kecil.xml", (post(number + 1) for number in range(POSTS // 10)))

    child = start(small, tmp_path / "data")
    deadline = time.monotonic() + 120
    while ArticlePage.objects.count() < 50 and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    done = ArticlePage.objects.count()
    assert 50 <= done < POSTS // 10

    with start(small, tmp_path / "data") as child:
        small_peak = peak_of(child)
    assert ArticlePage.objects.count() == POSTS // 10
    with start(file, tmp_path / "data") as child:
        large_peak = peak_of(child)
    assert ArticlePage.objects.count() == POSTS
    assert BasePage.find_problems() == ([], [], [], [], [])
    assert large_peak < PEAK
    assert large_peak - small_peak < GROWTH, (small_peak, large_peak)
