"""A web process whose threads hang is replaced, and no other; slow pages are no hang."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zona.operations import supervisor
from zona.serving import heartbeat

SOURCE = Path(supervisor.__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="beats are heard on Linux only")

# Two web processes with two page threads each, as `zona web` starts them.
WEB = """
import os, sys, time
from pathlib import Path
from zona.serving import heartbeat
heartbeat.EVERY = 0.2
os.environ["DJANGO_SETTINGS_MODULE"] = "zona.config.settings"
import django
django.setup()
from granian.constants import Interfaces
from granian.server import Server
from zona.serving.front.front import Front, Settings

def application(environ, start_response):
    path, me = environ["PATH_INFO"], os.getpid()
    victim = Path(sys.argv[2])
    if path == "/macet/" and victim.exists() and victim.read_text() == str(me):
        time.sleep(600)
    if path == "/lambat/":
        time.sleep(0.5)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(me).encode()]

def load():
    heartbeat.beat()
    return Front(application, Settings(2, 0, "s", "/static/", False))

Server("x:y", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI, workers=2,
       respawn_failed_workers=True, workers_kill_timeout=3).serve(target_loader=load,
                                                                 wrap_loader=False)
"""
SUPERVISOR = """
import sys
from pathlib import Path
from zona.operations import supervisor
from zona.serving import heartbeat
heartbeat.EVERY, heartbeat.SILENCE = 0.2, 3.0
data, port, web = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
command = (sys.executable, "-c", web, port, str(data / "victim"))
sys.exit(supervisor.Supervisor(
    data=data, children=[supervisor.Child("web", command)], say=lambda s: print(s, flush=True),
).run())
"""


def get(port: int, path: str, seconds: float = 10) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()


def get_many(port: int, path: str, count: int, seconds: float = 30) -> None:
    asking = [threading.Thread(target=get, args=(port, path, seconds)) for _ in range(count)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, "did not happen within a minute"
        time.sleep(0.05)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A supervised web server; its output lies in `output`."""
    from tests.site import find_free_port

    port = find_free_port()
    variables = os.environ | {"PYTHONPATH": str(SOURCE), "ZONA_DATA": str(tmp_path / "data")}
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(tmp_path), str(port), WEB],
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: bool(get(port, "/")))
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def answering(port: int) -> set[str]:
    return {get(port, "/", 1) for _ in range(60)} - {""}


def test_the_process_that_hangs_is_replaced_and_the_other_goes_on(
    port: int, tmp_path: Path
) -> None:
    until(lambda: len(answering(port)) == 2)
    victim, other = sorted(answering(port))
    # A long line of slow pages: longer than the silence that is allowed, but it moves.
    get_many(port, "/lambat/", 40)
    assert answering(port) == {victim, other}

    (tmp_path / "victim").write_text(victim)
    get_many(port, "/macet/", 40, seconds=1)
    until(lambda: not Path(f"/proc/{victim}").exists())
    until(lambda: len(answering(port)) == 2)
    now = answering(port)
    assert other in now
    assert victim not in now
    output = (tmp_path / "output").read_text()
    assert f"Proses web {victim} macet" in output
    assert output.count("macet") == 1
    assert json.loads((tmp_path / supervisor.STATE_FILE).read_text())["replaced"] == 1


def test_a_pause_of_the_whole_machine_is_nobodys_hang() -> None:
    ear = heartbeat.Listener(heard={7: 100.0}, looked=100.0)
    ear.take(100.0 + 10 * heartbeat.SILENCE)
    assert ear.silent(100.0 + 10 * heartbeat.SILENCE) == []


def test_who_is_silent_is_named_once() -> None:
    ear = heartbeat.Listener(heard={7: 100.0, 8: 129.0}, looked=125.0)
    ear.take(131.0)
    assert ear.silent(131.0) == [7]
    assert ear.silent(131.0) == []


def test_the_kernel_tells_who_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = heartbeat.Listener()
    ear.open()
    try:
        heartbeat.beat()
        ear.take(time.monotonic())
        assert set(ear.heard) == {os.getpid()}
    finally:
        ear.close()
    heartbeat.beat()  # nobody listens any more


def test_no_beat_while_every_thread_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[int] = []
    monkeypatch.setattr(heartbeat, "beat", lambda: beats.append(1))
    monkeypatch.setattr(heartbeat, "EVERY", 0.01)

    async def story() -> None:
        loop = asyncio.get_running_loop()
        done = [0]
        stuck: asyncio.Future[None] = loop.create_future()
        life = loop.create_task(heartbeat.keep_beating(lambda: stuck, lambda: done[0]))
        await asyncio.sleep(0.1)
        count = len(beats)  # the first, of a process that begins
        await asyncio.sleep(0.1)
        assert len(beats) == count <= 2
        done[0] += 1  # another page came out of the threads
        await asyncio.sleep(0.1)
        assert len(beats) == count + 1
        life.cancel()

    asyncio.run(story())
