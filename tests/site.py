"""A real installation for the end-to-end tests: prepared once a run, copied and served by each."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zona.config.environment import PREFIX, REPOSITORY

ZONA = (sys.executable, "-P", "-m", "zona")
PATIENCE = 120  # seconds until a start counts as failed
FACTS = "e2e.json"  # in the data folder: what the tests must know of its content

# People with one role each, and one address for every kind of page.
EQUIP = """
import json, sys
from django.conf import settings
from zona.offices.models import Office, Role
from zona.website.site.models import BasePage
from zona.testing import make_person

office = Office.objects.get(is_demo=True)
for name, role in (("editor", Role.EDITOR), ("peliput", Role.REPORTER)):
    make_person(f"{name}@contoh.id", role, office=office, name=name.title())
paths = {}
for page in BasePage.objects.live().filter(depth__gt=1).order_by("path"):
    paths.setdefault(page.kind, page.get_url_parts()[2])
for page in BasePage.objects.live().filter(kind="announcement").order_by("valid_until")[:1]:
    paths["expired"] = page.get_url_parts()[2]
tagged = BasePage.objects.live().filter(tags__isnull=False, rubric__isnull=False).first()
news = paths["index"]
paths["rubric"] = f"{news}rubrik/{tagged.rubric.slug}/"
paths["topic"] = f"{news}topik/{tagged.tags.first().slug}/"
paths["year"] = f"{news}{tagged.listed_at:%Y}/"
paths["month"] = f"{news}{tagged.listed_at:%Y}/{tagged.listed_at:%m}/"
paths["announcements"] = f"{news}jenis/pengumuman/"
with open(settings.ENV.data / "e2e.json", "w") as file:
    contact = BasePage.objects.live().get(kind="contact").pk
    json.dump({"paths": paths, "word": tagged.title.split()[0], "contact": contact}, file)
"""


def environment_of(data: Path, **variables: object) -> dict[str, str]:
    """The environment of an installation: nothing of the tests' own settings is passed on."""
    own = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX) and k not in own}
    given = {name: str(value) for name, value in variables.items()}
    return kept | {"PYTHONPATH": str(REPOSITORY / "src"), "ZONA_DATA": str(data)} | given


def run_zona(*arguments: str, data: Path, **variables: object) -> str:
    """The output of one command; raises AssertionError with all it said when it fails."""
    done = subprocess.run(
        [*ZONA, *arguments],
        env=environment_of(data, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"zona {arguments[0]}: {done.stdout}"
    return done.stdout


def prepare(data: Path) -> None:
    """What the first `zona serve` does before it serves, and people to sign in as."""
    run_zona("prepare", data=data)
    run_zona("manage", "shell", "--no-imports", "-c", EQUIP, data=data)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running `zona serve` and what it serves."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    paths: Mapping[str, str]  # kind of page -> path of one such page
    word: str  # stands in the title of some item
    contact: int  # id of the contact page

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.data / "serve.log").read_text()

    def address(self, name: str) -> str:
        """The full address of a page by its kind."""
        return self.url + self.paths[name]

    def make_login_link(self, email: str) -> str:
        said = run_zona("login-link", email, data=self.data)
        found = re.search(rf"{self.url}\S+", said)
        assert found, said
        return found[0]

    def stop(self) -> int:
        """SIGTERM, as a system that shuts down sends it; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)


def serve(prepared: Path, data: Path, **variables: object) -> Site:
    """Start `zona serve` on a copy of the prepared data and wait until it says it is ready."""
    shutil.copytree(prepared, data)
    facts = json.loads((data / FACTS).read_text())
    port = find_free_port()
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [*ZONA, "serve"],
            env=environment_of(data, ZONA_PORT=port, **variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    paths = complete(facts["paths"], facts["word"])
    site = Site(data, port, process, paths, facts["word"], facts["contact"])
    until = time.monotonic() + PATIENCE
    while "Zona siap" not in site.log:
        assert process.poll() is None, f"zona serve ended: {site.log}"
        assert time.monotonic() < until, f"zona serve is not ready: {site.log}"
        time.sleep(0.1)
    return site


def complete(paths: dict[str, str], word: str) -> dict[str, str]:
    """The paths of pages of the tree, and of those that are none."""
    home = paths["home"]
    return paths | {
        "directory": "/daftar-kantor/",
        "information": f"{home}informasi-publik/",
        "search": f"{home}cari/?q={word}",
        "search_empty": f"{home}cari/?q=zzqqy",
        "missing": f"{home}tidak-ada/",
        "sign_in": "/akun/login/",
        "forgotten": "/akun/password/reset/",
    }
