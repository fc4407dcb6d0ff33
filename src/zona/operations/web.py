"""The web server, a child of the supervisor: Granian and its processes."""

import resource
from typing import Any

from zona.serving import heartbeat

from . import supervisor

CONNECTIONS = 16_384  # of one web process; whoever only holds them open must run out first
SILENT_FOR = 15_000  # milliseconds until a connection that asks nothing is closed


def load_application() -> Any:
    """Bind a web process of Granian to its parent's life, then load the application."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        supervisor.arm_parent_death_signal(parent.pid)
    heartbeat.beat()  # from here on it is missed
    from zona.config.rsgi import application

    return application


def run_web(*, host: str, port: int, workers: int) -> None:
    """Serve with Granian until SIGTERM. Web processes that die are started again by Granian."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "zona.config.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        # Told from HTTP/2 by its first byte, a connection that sends none would stay for ever.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SILENT_FOR),
        backpressure=allow_connections(),
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # below STOP_SECONDS; it never stops while a stream is open
        log_level=LogLevels.warning,
    ).serve(target_loader=load_application, wrap_loader=False)


def allow_connections() -> int:
    """Let this process and its children open as many files as the machine permits.

    How many connections each then takes; a quarter of the files is for everything else.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 4 // 3
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft * 3 // 4)
