"""Room kept back for the start on a full disk.

SQLite needs some kilobytes for its index of the write-ahead log before it can even be read, and a
clean stop gives them back (measured: SQLITE_IOERR_SHMSIZE on a full disk). So a file of SIZE bytes
lies in the data folder while there is room, and goes when a start finds none. Standard library
only: the supervisor imports this.
"""

import contextlib
import os
import shutil
from pathlib import Path

NAME = "ruang-cadangan"
SIZE = 8 * 2**20  # bytes
LITTLE = 2**20  # bytes free; with less a start cannot count on anything
PLENTY = 8 * SIZE  # bytes free; with as much the file is laid down again


def release(data: Path) -> bool:
    """Give the room back when there is next to none; whether that was so."""
    if shutil.disk_usage(data).free >= LITTLE:
        return False
    path = data / NAME
    was_there = path.exists()
    path.unlink(missing_ok=True)
    return was_there


def lay_down(data: Path) -> None:
    """Keep room back, unless that is done or the disk has little."""
    path = data / NAME
    if path.exists():
        return
    with contextlib.suppress(OSError):
        if shutil.disk_usage(data).free < PLENTY:
            return
        draft = path.with_name(f"{NAME}.new")
        with draft.open("wb") as file:
            # Written, not only made long: a hole would keep nothing back.
            file.write(b"\0" * SIZE)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
