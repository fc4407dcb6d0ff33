"""`zona serve` itself: it starts on a data folder, serves, and leaves nothing behind."""

import json
import os
import resource
import socket
import subprocess
import urllib.request
from pathlib import Path

from tests.site import ZONA, environment_of, run_zona, serve


def list_processes(data: Path) -> set[int]:
    """The processes that were started for this data folder, whoever their parent is now."""
    mark = f"ZONA_DATA={data}\0".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes() and folder.name != str(os.getpid()):
                found.add(int(folder.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def test_serve_from_start_to_stop(prepared: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    site = serve(prepared, data)
    try:
        assert f"Zona siap di {site.url}" in site.log
        with urllib.request.urlopen(site.address("home")) as answer:
            assert answer.status == 200
            assert "data contoh" in answer.read().decode().lower()
        state = json.loads((data / "zona.state.json").read_text())
        assert {"web", "pekerja"} <= state["processes"].keys()
        assert len(list_processes(data)) >= 3  # supervisor, web, worker
        # the first link to sign in is told to a person at a terminal, never to a log
        assert "/akun/tautan/" not in site.log
        assert "zona login-link" in site.log
        assert not (data / "first-link").exists()
        assert "0 rusak" in run_zona("check", data=data, ZONA_PORT=site.port)

        second = subprocess.run(
            [*ZONA, "serve"],
            env=environment_of(data, ZONA_PORT=site.port + 1),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode != 0
        assert "sudah berjalan" in second.stderr
    finally:
        code = site.stop()
    assert code == 0
    assert list_processes(data) == set()
    assert "Traceback" not in site.log


def test_connections_that_ask_nothing_stop_nobody(prepared: Path, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    site = serve(prepared, tmp_path / "data")
    silent = []
    try:
        for _ in range(1500):
            silent.append(socket.create_connection(("127.0.0.1", site.port), timeout=5))
        with urllib.request.urlopen(site.address("home"), timeout=30) as answer:
            assert answer.status == 200
        silent[0].settimeout(60)
        assert silent[0].recv(1) == b"", "it is closed, not kept for ever"
    finally:
        for connection in silent:
            connection.close()
        site.stop()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_journal_of_a_new_installation_is_whole(prepared: Path) -> None:
    run_zona("journal", "verify", data=prepared)
