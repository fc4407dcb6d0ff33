"""The same through Granian itself: headers, https, and bodies that are too large or too slow."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.site import find_free_port

import zona
from zona.config.web.security import security_headers

SERVER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "zona.config.settings"
import django
django.setup()
from granian.constants import Interfaces
from granian.server import Server
from zona.serving.front import bridge
bridge.IDLE = 1.0

def load():
    from zona.config.rsgi import application
    return application

Server("x:y", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI,
       workers=1, workers_kill_timeout=3).serve(target_loader=load, wrap_loader=False)
"""


def ask(
    port: int, path: str, method: str = "GET", *, body: bytes = b"", said: str = "https",
    length: int | None = None,
) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    """One request as a proxy passes it on; `length` announces more than is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "zit.test", "X-Forwarded-Proto": said}
    if length is not None:
        headers["Content-Length"] = str(length)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    found = (answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    connection.close()
    return found


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = find_free_port()
    variables = {k: v for k, v in os.environ.items() if not k.startswith("ZONA_")}
    variables |= {
        "PYTHONPATH": str(Path(zona.__file__).parents[1]),
        "ZONA_DATA": str(tmp_path_factory.mktemp("data")),
        "ZONA_BASE_URL": "https://zit.test",
        "ZONA_TRUSTED_PROXIES": "1",
    }
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=variables)
    deadline = time.monotonic() + 60
    while True:
        try:
            ask(port, "/-/sehat/")
            break
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(timeout=30)


def test_every_answer_of_the_real_server_is_guarded(port: int) -> None:
    answers = {
        200: ask(port, "/-/sehat/"),
        308: ask(port, "/a b/".replace(" ", "%20") + "?c=1", said="http"),
        413: ask(port, "/umpan-balik/", "POST", body=b"x" * 70_000),
        408: ask(port, "/umpan-balik/", "POST", body=b"abc", length=5_000),
        500: ask(port, "/daftar-kantor/"),  # there is no database here
    }
    assert {wanted: status for wanted, (status, _, _) in answers.items()} == {
        status: status for status in answers
    }
    assert answers[308][1]["location"] == "https://zit.test/a%20b/?c=1"
    for status, (_, headers, _) in answers.items():
        missing = {name for name, _ in security_headers()} - headers.keys()
        assert not missing, status
        assert ("strict-transport-security" in headers) is (status != 308)
    assert ask(port, "/-/sehat/", said="http")[0] == 200
