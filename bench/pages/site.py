"""What is measured on: an installation of its own, nginx beside it, and their processes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ZONA = [sys.executable, "-P", "-m", "zona"]
TICK = os.sysconf("SC_CLK_TCK")


def environment(data: Path, **variables: object) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ZONA_")}
    return own | {"ZONA_DATA": str(data)} | {name: str(v) for name, v in variables.items()}


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server; `pid` is the process above all of it."""

    pid: int
    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def start_zona(data: Path, path: str, **variables: object) -> tuple[Server, float]:
    """Start `zona serve`; the seconds until `path` was answered with 200."""
    port = find_port()
    started = time.monotonic()
    process = subprocess.Popen(
        [*ZONA, "serve"],
        env=environment(data, ZONA_PORT=port, **variables),
        stdout=subprocess.DEVNULL,
    )
    server = Server(process.pid, port, process)
    while time.monotonic() - started < 120:
        try:
            if get(server, path)[0] == 200:
                return server, time.monotonic() - started
        except OSError:
            time.sleep(0.02)
    server.stop()
    raise SystemExit("zona serve tidak menjawab.")


def start_nginx(folder: Path, content: bytes, headers: dict[str, str]) -> Server:
    """nginx with one file that holds the very bytes Zona sends, and the same headers."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        raise SystemExit("nginx belum ada. Debian/Ubuntu: sudo apt install nginx-light")
    folder.mkdir()
    (folder / "halaman").write_bytes(content)
    folder.chmod(0o755)
    added = "".join(f'add_header {name} "{value}"; ' for name, value in headers.items())
    port = find_port()
    (folder / "nginx.conf").write_text(
        f"""worker_processes {os.cpu_count()}; daemon off; pid {folder}/nginx.pid;
error_log {folder}/error.log; user root;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 10000000;
 open_file_cache max=100 inactive=600s; client_body_temp_path {folder}; proxy_temp_path {folder};
 fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
 server {{ listen 127.0.0.1:{port} reuseport; root {folder};
  location / {{ default_type text/html; {added}}} }} }}"""
    )
    process = subprocess.Popen([program, "-c", f"{folder}/nginx.conf", "-p", str(folder)])
    time.sleep(0.5)
    return Server(process.pid, port, process)


def get(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


# --- processes (Linux) ---


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            children += family(int(folder.name))
    return [pid, *children]


def cpu_seconds(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def settle(server: Server, longest: float = 180.0) -> None:
    """Wait until the processes do nothing, so that rest is rest: the worker builds indexes."""
    until, spent = time.monotonic() + longest, -1.0
    while time.monotonic() < until:
        now = cpu_seconds(family(server.pid))
        if 0 <= now - spent < 0.1 and spent >= 0:
            return
        spent = now
        time.sleep(3)


def memory(pids: list[int]) -> tuple[float, float]:
    """(PSS, RSS) in MB: shared pages by part, and counted in full."""
    pss = rss = 0
    for pid in pids:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        pss += sum(int(number) for number in re.findall(r"^Pss: +(\d+)", text, re.M))
        rss += sum(int(number) for number in re.findall(r"^Rss: +(\d+)", text, re.M))
    return pss / 1024, rss / 1024


# --- load ---


def load(server: Server, path: str, seconds: int) -> tuple[float, float]:
    """(requests a second, CPU seconds a thousand requests) of the server, by wrk."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk belum ada. Debian/Ubuntu: sudo apt install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write('wrk.headers["Accept-Encoding"] = "gzip, deflate, br, zstd"\n')
        script.flush()
        pids = family(server.pid)
        before = cpu_seconds(pids)
        command = [program, "-t1", "-c32", f"-d{seconds}", "-s", script.name, server.url(path)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spent = cpu_seconds(pids) - before
    if "Non-2xx" in said:
        raise SystemExit(f"{server.url(path)}: {said}")
    number = int(re.findall(r"(\d+) requests in", said)[0])
    rate = float(re.findall(r"Requests/sec: +([\d.]+)", said)[0])
    return rate, spent / number * 1000
