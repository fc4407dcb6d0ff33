"""A file read in a process of its own, with bounds on its memory and time."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from . import limits
from .child import ChildHung, Follow, run_child

ENGINE = "zona.ground.files.reader.engine"


class Refused(ValueError):
    """The file was not read; `fault` as `zona.ground.files.faults.explain` takes it."""

    def __init__(self, fault: dict[str, Any]) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_apart(reader: str, path: Path, arguments: dict[str, Any], follow: Follow) -> Any:
    """What the reader "module:function" found in a file. Raises Refused, ChildDied."""
    with tempfile.TemporaryDirectory(prefix="zona-read-") as folder:
        result = Path(folder) / "result.json"
        command = [ENGINE, reader, str(path), str(result), json.dumps(arguments)]
        try:
            last = run_child(command, follow, hang=limits.SECONDS, seconds=limits.SECONDS)
        except ChildHung as error:
            raise Refused({"code": "seconds", "limit": limits.SECONDS}) from error
        if "refused" in last:
            raise Refused(last["refused"])
        return json.loads(result.read_text(encoding="utf-8"))
