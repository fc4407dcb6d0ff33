"""Keeps the processes of one installation running and leaves none behind.

Own code, because the ready ones do not fit: honcho does not start a dead process again, circus
needs zmq and tornado, systemd is not there on a laptop. Standard library only and no Django, so
that the supervisor itself stays small in memory.

Every child is the leader of its own session. On Linux the kernel kills it when the supervisor
dies, however that happens (PR_SET_PDEATHSIG); Granian's web processes arm the same for themselves.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zona.serving import heartbeat

from . import ballast

HEALTH_PATH = "/-/sehat/"
LOCK_FILE = "zona.lock"
STATE_FILE = "zona.state.json"
STOP_SECONDS = 3.5  # from TERM to KILL; all must be gone within 5 s
LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps dying
STEADY_SECONDS = 60.0  # a child that lived so long starts again without a growing pause
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# glibc keeps one heap a thread and gives little back, so that a worker which has made pictures
# would stay twice as large for ever. With these, large buffers (bytes) go back when freed.
ALLOCATOR = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**20),
}


class SupervisorError(Exception):
    """Zona cannot start; the message (Indonesian) says why and how to mend."""


# --- what must be free before anything is done ---


@contextlib.contextmanager
def hold_data_folder(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raises SupervisorError when another Zona has it."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(data / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SupervisorError(
            f"Folder data {data} tidak dapat ditulis ({error.strerror}). Perbaiki hak aksesnya,"
            " atau pilih folder lain dengan ZONA_DATA."
        ) from error
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SupervisorError(
                f"Zona sudah berjalan dengan folder data ini (proses {file.read().strip() or '?'},"
                f" {data}). Hentikan dahulu yang itu, atau pilih folder lain dengan ZONA_DATA."
            ) from error
        with contextlib.suppress(OSError):  # the lock holds on a full disk too
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        ballast.release(data)
        yield


def require_free_port(host: str, port: int) -> None:
    """Raise SupervisorError unless `host:port` can be listened on now.

    Granian binds with SO_REUSEPORT and would silently share the port with another server of the
    same user; a bind without that option does not.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except PermissionError as error:
        raise SupervisorError(
            f"Porta {port} hanya boleh dibuka oleh root. Pilih porta di atas 1023: --port 8080."
        ) from error
    except socket.gaierror as error:
        raise SupervisorError(
            f"Alamat {host} tidak dikenal. Pilih alamat mesin ini: --host 127.0.0.1."
        ) from error
    except OSError as error:
        advice = f"Hentikan program itu, atau pilih porta lain: --port {port % 65535 + 1}."
        if error.errno == errno.EADDRNOTAVAIL:
            raise SupervisorError(
                f"Alamat {host} bukan milik mesin ini. Pilih misalnya --host 127.0.0.1."
            ) from error
        raise SupervisorError(
            f"Porta {port} di {host} sedang dipakai program lain. {advice}"
        ) from error


# --- children ---


def arm_parent_death_signal(parent: int) -> None:
    """Ask the kernel to kill this process when `parent` (a process id) dies. Linux only.

    Must run in the child. Exits at once when the parent died before the request was made.
    """
    if sys.platform != "linux":
        return
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent dies below us, so that they can be reaped.

    Without it they stay as zombies in a container whose first process does not reap. Linux only.
    """
    if sys.platform == "linux":
        pr_set_child_subreaper = 36
        ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


@dataclass
class Child:
    """One program to keep running, and how its present run is going."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0  # monotonic seconds
    due: float = 0.0  # monotonic seconds, when to start it
    pause: float = 1.0  # seconds to wait after the next death
    starts: int = 0

    def start(self) -> None:
        """Start the program in a session of its own, bound to this process's life."""
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603 - our own command lines
            self.command,
            stdin=subprocess.DEVNULL,
            env=ALLOCATOR | os.environ,
            start_new_session=True,
            preexec_fn=lambda: arm_parent_death_signal(parent),  # safe: no threads here
        )
        self.started = time.monotonic()
        self.starts += 1

    def signal_group(self, number: int) -> None:
        """Send a signal to the program and all it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def is_group_alive(self) -> bool:
        """Whether the program or anything it started still lives."""
        if self.process is None:
            return False
        if self.process.poll() is not None:
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-self.process.pid, os.WNOHANG)[0]:
                    pass  # orphans of the program that came to us, see adopt_orphans
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


@dataclass
class Supervisor:
    """Runs children until told to stop. `say` prints a line for the operator."""

    data: Path
    children: list[Child]
    say: Callable[[str], None]
    state: dict[str, Any] = field(default_factory=dict)
    address: tuple[str, int] | None = None  # where the web answers; None: readiness is not watched
    when_ready: Callable[[], None] = lambda: None
    stopping: int | None = None  # the signal that asked us to stop
    is_ready: bool = False
    listener: heartbeat.Listener = field(default_factory=heartbeat.Listener)
    replaced: int = 0  # processes that hung

    def prepare(self, command: Sequence[str]) -> int:
        """Run one program to its end under the same rules; the exit code, or 128 + stop signal."""
        child = Child("persiapan", command)
        with self._listening() as wake:
            child.start()
            while self.stopping is None and child.process and child.process.poll() is None:
                wait(wake, 1.0)
            stop_all([child])
        if self.stopping:
            return 128 + self.stopping
        return child.process.wait() if child.process else 1

    def run(self) -> int:
        """Keep the children running until a stop signal; 0 when all are gone in good order."""
        adopt_orphans()
        self.listener.open()
        with self._listening() as wake:
            try:
                while self.stopping is None:
                    self._tend()
                    self._replace_hung()
                    ballast.lay_down(self.data)
                    wait(wake, self._next_look(), self.listener.ear)
                self.say("Zona sedang berhenti …")
            finally:
                stop_all(self.children)
                self.listener.close()
                (self.data / STATE_FILE).unlink(missing_ok=True)
        self.say("Zona sudah berhenti.")
        return 0

    def _tend(self) -> None:
        """Start what is due, take note of what died, look whether the web answers."""
        now = time.monotonic()
        changed = False
        for child in self.children:
            if child.process is None and child.due <= now:
                child.start()
                changed = True
            elif child.process is not None and child.process.poll() is not None:
                self._bury(child, now)
                changed = True
        if changed:
            self._write_state()
        if self.address and not self.is_ready and answers(*self.address):
            self.is_ready = True
            self._write_state()
            self.when_ready()

    def _replace_hung(self) -> None:
        """End each process below us whose threads got nothing done for long.

        Granian starts another in its place. Only what belongs to a child's session is ended: a
        process that died meanwhile may have left its number to somebody else.
        """
        now = time.monotonic()
        self.listener.take(now)
        sessions = {child.process.pid for child in self.children if child.process is not None}
        for process in self.listener.silent(now):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.getsid(process) in sessions:
                    os.kill(process, signal.SIGKILL)
                    self.replaced += 1
                    self.say(
                        f"Proses web {process} macet selama {heartbeat.SILENCE:.0f} detik;"
                        " dihentikan dan diganti."
                    )
                    self._write_state()

    def _bury(self, child: Child, now: float) -> None:
        """Clear away a dead child and set the time of its next start."""
        assert child.process is not None
        code = child.process.returncode
        end([child], signal.SIGKILL, 1.0)  # what it left behind
        if now - child.started >= STEADY_SECONDS:
            child.pause = 1.0
        child.process, child.due = None, now + child.pause
        why = f"sinyal {-code}" if code < 0 else f"kode {code}"
        self.say(f"Proses {child.name} mati ({why}); dimulai lagi dalam {child.pause:.0f} detik.")
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _next_look(self) -> float:
        """Seconds until something may be due; a death wakes us by itself."""
        if self.address and not self.is_ready:
            return 0.1
        waits = [child.due - time.monotonic() for child in self.children if child.process is None]
        longest = heartbeat.EVERY if self.listener.ear else 60.0
        return max(0.0, min([*waits, longest]))

    def _write_state(self) -> None:
        """Tell `zona check` what runs. Whole or not at all; a full disk must not stop us."""
        processes = {
            child.name: {"pid": child.process and child.process.pid, "starts": child.starts}
            for child in self.children
        }
        state = self.state | {
            "pid": os.getpid(),
            "ready": self.is_ready,
            "processes": processes,
            "replaced": self.replaced,
        }
        draft = self.data / f"{STATE_FILE}.new"
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps(state, indent=1))
            draft.replace(self.data / STATE_FILE)

    @contextlib.contextmanager
    def _listening(self) -> Iterator[int]:
        """Turn signals into bytes on a pipe: waiting is one select, and none is missed."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        before = signal.set_wakeup_fd(writer)
        handlers = {
            number: signal.signal(number, self._ask_to_stop)
            for number in STOP_SIGNALS
            # nohup asks that the end of the terminal be ignored
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN
        }
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            yield reader
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            os.close(reader)
            os.close(writer)

    def _ask_to_stop(self, number: int, _: object) -> None:
        self.stopping = number


def wait(reader: int, seconds: float, beats: socket.socket | None = None) -> None:
    """Sleep until a signal or a beat arrived or the time is over."""
    watched = [reader] if beats is None else [reader, beats.fileno()]
    found = select.select(watched, [], [], seconds)[0]
    if reader in found:
        with contextlib.suppress(BlockingIOError):
            os.read(reader, 4096)


def end(children: Sequence[Child], number: int, seconds: float) -> None:
    """Send a signal to all children with what they started, and wait until they are gone."""
    alive = [child for child in children if child.is_group_alive()]
    for child in alive:
        child.signal_group(number)
    deadline = time.monotonic() + seconds
    while alive and time.monotonic() < deadline:
        time.sleep(0.02)
        alive = [child for child in alive if child.is_group_alive()]


def stop_all(children: Sequence[Child]) -> None:
    """End all children: first by asking, after STOP_SECONDS by force."""
    end(children, signal.SIGTERM, STOP_SECONDS)
    end(children, signal.SIGKILL, 1.0)


def answers(host: str, port: int) -> bool:
    """Whether the web server at `host:port` answers its health path with 200 within a second."""
    # By hand: http.client would bring ssl and email into the supervisor's memory.
    request = f"GET {HEALTH_PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((host, port), timeout=1.0) as connection:
            connection.sendall(request.encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def read_state(data: Path) -> dict[str, Any] | None:
    """What the running supervisor of `data` last wrote; None when none runs."""
    try:
        with (data / LOCK_FILE).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None  # nobody holds the folder
    except BlockingIOError:
        pass
    except OSError:
        return None
    try:
        state: dict[str, Any] = json.loads((data / STATE_FILE).read_text())
    except (OSError, ValueError):
        return None
    return state
