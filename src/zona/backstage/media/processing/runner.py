"""Starting the engine in a process of its own and following what it says."""

from __future__ import annotations

from typing import Any

from zona.ground.files.reader.child import ChildDied as EngineDied
from zona.ground.files.reader.child import ChildStopped as EngineStopped
from zona.ground.files.reader.child import Follow, run_child

from ..rules.faults import EngineFault, Fault

__all__ = ["EngineDied", "EngineStopped", "run_engine"]

HANG = 180.0  # seconds without a word after which a decoder is taken for hung


def run_engine(command: list[str], follow: Follow, hang: float = HANG) -> dict[str, Any]:
    """Run `python -m <command>` and return what it has done.

    `follow` as for `run_child`. Raises EngineFault as the engine found it, or EngineDied.
    """
    last = run_child(command, follow, hang=hang)
    if "fault" in last:
        raise EngineFault(Fault(last["fault"]))
    return dict(last["done"])
