"""The files of the data folder: which are carried, held still, copied, hashed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

from ... import ballast

BLOCK = 2**20  # bytes

# Patterns of paths below the data folder that are made anew by themselves, or go another way.
LEFT_OUT = (
    "zona.sqlite3*",  # its rows are carried, and its dump
    "*.sqlite3.restore*",
    "secret.key*",  # among the keys
    "*.key",
    "old-secret-keys",
    "static",
    "static.stamp",
    "cache",
    ballast.NAME,
    "locks",
    "*.lock",
    "zona.state.json",
    "prepared",
    "first-link",
    "backup.json*",
    "backup.held",
    "restore.partial",
    "private/recordings/work",
    "serve.log",
)


@dataclass(frozen=True)
class Entry:
    """One file: its path below the data folder, size in bytes, time of change in ns, SHA-256."""

    path: str
    size: int
    changed: int
    sha256: str

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of a list of files; a last line that was cut off is passed over."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, TypeError):
                yield Entry(**json.loads(line))


def list_files(data: Path, left_out: tuple[str, ...] = LEFT_OUT) -> Iterator[str]:
    """The paths of the files that are carried, relative to the data folder, sorted."""

    def walk(folder: Path, prefix: str) -> Iterator[str]:
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            return  # gone meanwhile
        for entry in found:
            path = f"{prefix}{entry.name}"
            if is_left_out(path, left_out):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from walk(folder / entry.name, f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                yield path

    yield from walk(data, "")


def is_left_out(path: str, patterns: tuple[str, ...] = LEFT_OUT) -> bool:
    """Whether a pattern of the same depth fits: `*.lock` means files beside the database alone."""
    depth = path.count("/")
    return any(pattern.count("/") == depth and fnmatch(path, pattern) for pattern in patterns)


def hold(data: Path, held: Path) -> bool:
    """Give every file a second name below `held`, so that who deletes one does not take it away.

    False on a file system without such links.
    """
    for path in list_files(data):
        place = held / path
        if place.exists():
            if _is_same(data / path, place):
                continue
            place.unlink()  # another file came in its stead
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(data / path, place)
        except FileNotFoundError:
            continue  # deleted since it was listed
        except OSError:
            return False
    return True


def _is_same(one: Path, other: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return one.samefile(other)
    return True  # gone: what is held is all there is


def hash_file(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file."""
    state, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            state.update(block)
            size += len(block)
    return size, state.hexdigest()


def is_whole(path: Path, entry: Entry) -> bool:
    """Whether a file has the size and content of the entry."""
    try:
        return path.stat().st_size == entry.size and hash_file(path) == (entry.size, entry.sha256)
    except OSError:
        return False


def copy_file(source: Path, target: Path, path: str) -> Entry:
    """Copy one file, its time of change too, and say what was copied.

    The copy appears whole: it is written beside and renamed.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name[:200]}.part")
    state, size = hashlib.sha256(), 0
    with source.open("rb") as reader, draft.open("wb") as writer:
        changed = os.fstat(reader.fileno()).st_mtime_ns
        while block := reader.read(BLOCK):
            writer.write(block)
            state.update(block)
            size += len(block)
        writer.flush()
        os.fsync(writer.fileno())
    os.chmod(draft, 0o600)
    os.utime(draft, ns=(changed, changed))
    draft.replace(target)
    return Entry(path, size, changed, state.hexdigest())


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where that cannot be."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a small file so that it is there whole, on the disk, or as it was before."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(draft, "w", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


Progress = Callable[[str, int], None]  # what is being done, how many bytes or rows more
