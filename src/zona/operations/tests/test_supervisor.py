"""The supervisor with small programs in place of web and worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zona.operations import supervisor

SOURCE = Path(supervisor.__file__).parents[2]

# Starts a process of its own, as Granian does, notes both, and ends when told to.
OBEDIENT = "echo $$ >>pids; sleep 600 & echo $! >>pids; wait"
# Does not listen to TERM, and neither does what it starts.
STUBBORN = "trap '' TERM; echo $$ >>pids; sleep 600 & echo $! >>pids; while :; do wait; done"
SHORT = "echo x >>runs; exit 3"

PROGRAM = """
import sys
from pathlib import Path
from zona.operations.supervisor import Child, Supervisor, SupervisorError, hold_data_folder
data = Path(sys.argv[1])
try:
    with hold_data_folder(data):
        children = [Child(str(i), ("sh", "-c", text)) for i, text in enumerate(sys.argv[2:])]
        sys.exit(Supervisor(data=data, children=children, say=lambda s: print(s, flush=True)).run())
except SupervisorError as error:
    sys.exit(str(error))
"""

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a supervisor of shell programs in `tmp_path`; whatever is left dies at the end."""
    running: list[subprocess.Popen[str]] = []

    def start_one(*programs: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path), *programs],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # the whole run may stand under nohup, which the supervisor heeds
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        )
        running.append(process)
        return process

    yield start_one
    for process in running:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout:
            process.stdout.close()
    for pid in read_numbers(tmp_path / "pids"):
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)


def read_numbers(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def is_alive(pid: int) -> bool:
    """A zombie does not live."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "did not happen within 30 s"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_all_that_was_started(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    process = start(OBEDIENT, OBEDIENT)
    until(lambda: len(read_numbers(tmp_path / "pids")) == 4)
    process.send_signal(number)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Zona sudah berhenti." in output
    assert not [pid for pid in read_numbers(tmp_path / "pids") if is_alive(pid)]
    assert not (tmp_path / supervisor.STATE_FILE).exists()


def test_a_child_that_does_not_listen_is_ended_by_force(start: Start, tmp_path: Path) -> None:
    process = start(STUBBORN)
    until(lambda: len(read_numbers(tmp_path / "pids")) == 2)
    process.terminate()
    process.communicate(timeout=30)
    assert not [pid for pid in read_numbers(tmp_path / "pids") if is_alive(pid)]


def test_a_killed_child_is_started_again_and_its_orphans_are_cleared(
    start: Start, tmp_path: Path
) -> None:
    process = start(OBEDIENT)
    until(lambda: len(read_numbers(tmp_path / "pids")) == 2)
    first, orphan = read_numbers(tmp_path / "pids")
    os.kill(first, signal.SIGKILL)
    until(lambda: len(read_numbers(tmp_path / "pids")) == 4)
    assert not is_alive(orphan)
    until(lambda: (supervisor.read_state(tmp_path) or {})["processes"]["0"]["starts"] == 2)
    process.terminate()
    assert "mati (sinyal 9); dimulai lagi dalam 1 detik" in process.communicate(timeout=30)[0]


def test_a_child_that_keeps_dying_waits_longer_each_time(start: Start, tmp_path: Path) -> None:
    process = start(SHORT)
    runs = tmp_path / "runs"
    until(lambda: runs.exists() and len(runs.read_text().split()) == 3)
    process.terminate()
    output, _ = process.communicate(timeout=30)
    assert "(kode 3); dimulai lagi dalam 1 detik" in output
    assert "(kode 3); dimulai lagi dalam 2 detik" in output


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help exists on Linux only")
def test_children_die_with_a_killed_supervisor(start: Start, tmp_path: Path) -> None:
    process = start(
        "echo $$ >>pids; exec sleep 600", "trap '' TERM; echo $$ >>pids; exec sleep 600"
    )
    until(lambda: len(read_numbers(tmp_path / "pids")) == 2)
    process.kill()
    until(lambda: not any(map(is_alive, read_numbers(tmp_path / "pids"))))
    assert supervisor.read_state(tmp_path) is None


def test_children_give_memory_back_unless_the_operator_chose_otherwise(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "7")
    seen = tmp_path / "seen"
    start("env >seen.new; mv seen.new seen; sleep 600")
    until(seen.exists)
    lines = seen.read_text().splitlines()
    assert "MALLOC_ARENA_MAX=2" in lines
    assert "MALLOC_TRIM_THRESHOLD_=7" in lines


def test_a_data_folder_in_use_is_refused_and_free_again_after_a_kill(
    start: Start, tmp_path: Path
) -> None:
    first = start(OBEDIENT)
    until(lambda: len(read_numbers(tmp_path / "pids")) == 2)
    second = start("echo x >>runs")
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"Zona sudah berjalan dengan folder data ini (proses {first.pid}" in output
    assert not (tmp_path / "runs").exists()
    first.kill()
    first.wait()
    start("echo x >>runs; sleep 600")
    until((tmp_path / "runs").exists)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(supervisor.SupervisorError, match="ZONA_DATA"),
        supervisor.hold_data_folder(tmp_path / "file" / "data"),
    ):
        pass


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_busy_port_is_refused_even_when_it_could_be_shared(is_shared: bool) -> None:
    with socket.socket() as listener:
        if is_shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(supervisor.SupervisorError, match=f"Porta {port} .*--port"):
            supervisor.require_free_port("127.0.0.1", port)
    supervisor.require_free_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(supervisor.SupervisorError, match="bukan milik mesin ini"):
        supervisor.require_free_port("192.0.2.1", 8000)


def test_readiness_is_an_answer_of_200_on_the_health_path() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        for status, expected in (("200 OK", "True"), ("503 Busy", "False")):
            asking = subprocess.Popen(
                [sys.executable, "-c", f"from zona.operations.supervisor import answers;"
                 f"print(answers('127.0.0.1', {port}))"],
                env=os.environ | {"PYTHONPATH": str(SOURCE)}, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            connection, _ = listener.accept()
            with connection:
                assert connection.recv(200).startswith(b"GET /-/sehat/ HTTP/1.1\r\n")
                connection.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())
                assert asking.communicate(timeout=30)[0].strip() == expected
    assert not supervisor.answers("127.0.0.1", port)


def test_all_is_gone_within_five_seconds_by_construction() -> None:
    assert supervisor.STOP_SECONDS + 1.0 < 5


def test_the_supervisor_does_not_load_django() -> None:
    code = "import sys, zona.cli; sys.exit('django' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0
