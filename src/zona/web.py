"""The web server, a child of the supervisor: Granian and its processes."""

from typing import Any

from zona import heartbeat, supervisor


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
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "zona.config.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=3,  # below STOP_SECONDS; it never stops while a stream is open
        log_level=LogLevels.warning,
    ).serve(target_loader=load_application, wrap_loader=False)
