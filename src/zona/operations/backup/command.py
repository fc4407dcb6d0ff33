"""What `zona backup` and `zona restore` do: words, progress, and the note of how it ended."""

from __future__ import annotations

import datetime as dt
import getpass
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from zona.config.environment import Environment

from ..commands import say, start_django
from .faults import BackupError

if TYPE_CHECKING:
    from .archive.manifest import Manifest

logger = logging.getLogger(__name__)


class Bar:
    """Progress on the terminal; silent where nobody looks."""

    def __init__(self) -> None:
        from tqdm import tqdm

        self.bar = tqdm(disable=None, unit="", unit_scale=True, bar_format="{desc} {n_fmt}")
        self.stage = ""

    def __call__(self, stage: str, count: int) -> None:
        if stage != self.stage:
            self.stage = stage
            self.bar.set_description_str(f"{stage:<32}", refresh=False)
            self.bar.n = 0
        self.bar.update(count)

    def close(self) -> None:
        self.bar.close()


def back_up(target: Path, read: Environment, *, ask: bool) -> None:
    """`zona backup TARGET`."""
    if not read.data.is_dir():
        raise BackupError(f"Folder data {read.data} belum ada; belum ada yang dicadangkan.")
    passphrase = read.backup_passphrase or (ask_twice() if ask else None)
    start_django()
    from .taking import require_place

    require_place(target, read.data)  # a slip of the hand is no failed backup
    begin = time.monotonic()
    manifest = take_and_note(target, read.data, passphrase)
    rows = sum(table["rows"] for table in manifest.tables.values())
    size = f"{manifest.files['bytes'] / 2**20:.1f}".replace(".", ",")
    say(f"{len(manifest.tables)} tabel, {rows} baris; {manifest.files['count']} berkas, {size} MB")
    for path in manifest.missing:
        say(f"perhatian: {path} disebut basis data, tetapi berkasnya tidak ada")
    if reason := manifest.dump.get("reason"):
        say(f"tanpa salinan mesin basis data: {reason}")
    if not passphrase:
        say("Kunci tersimpan tanpa segel. Jaga folder ini, atau setel ZONA_BACKUP_PASSPHRASE.")
    say(f"Cadangan utuh di {target} ({time.monotonic() - begin:.0f} detik).")


def take_and_note(
    target: Path, data: Path, passphrase: str | None, before: Path | None = None
) -> Manifest:
    """Make the backup; how it ended is noted for `zona check` and the dashboard.

    `before`: the backup to share unchanged files with; without it the last one.
    """
    from .state import note_failure, note_success, read_state
    from .taking import take

    place = read_state(data).place
    bar = Bar()
    try:
        before = before or (Path(place) if place else None)
        manifest = take(target, passphrase=passphrase, progress=bar, before=before)
    except Exception as error:
        note_failure(data, str(error) or type(error).__name__)
        logger.error("the backup failed: %s", error, exc_info=not isinstance(error, BackupError))
        raise
    finally:
        bar.close()
    note_success(data, target)
    return manifest


def take_daily(folder: Path, read: Environment) -> Path | None:
    """The backup of the day into `folder`, and away with those that are too many.

    None when the folder has one of the day; one made by hand elsewhere does not count. What an
    interrupted run began is gone on with.
    """
    from .rules import choose_kept, is_due, name_backup, read_name
    from .taking import list_daily, prune, staging_of

    now = dt.datetime.now().astimezone()
    made = list_daily(folder)
    if not is_due(max(made, default=None), now.replace(tzinfo=None)):
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = [p.name[1:-8] for p in folder.glob(f"{staging_of(folder / 'zona-*').name}")]
    names = sorted(filter(read_name, begun)) or [name_backup(now)]
    target = folder / names[0]
    newest = made[max(made)] if made else None
    take_and_note(target, read.data, read.backup_passphrase, newest)
    prune(folder, choose_kept)
    return target


def check(folder: Path) -> None:
    """`zona backup --check TARGET`. Raises BackupError that names what is missing or changed."""
    from .verifying import find_faults, show_faults

    bar = Bar()
    try:
        manifest, faults = find_faults(folder, bar)
    finally:
        bar.close()
    if faults:
        shown = show_faults(folder, faults)
        raise BackupError(f"{folder} tidak utuh, {len(faults)} berkas:\n{shown}")
    say(f"{folder} utuh: {len(manifest.tables)} tabel, {manifest.files['count']} berkas.")


def restore(folder: Path, read: Environment, *, skip_damaged: bool) -> int:
    """`zona restore TARGET`; 1 when something differs."""
    from .archive.keys import is_sealed
    from .restoring import restore as run

    def passphrase() -> str | None:
        if read.backup_passphrase or not is_sealed(folder) or not sys.stdin.isatty():
            return read.backup_passphrase
        return getpass.getpass("Frasa sandi cadangan: ")

    bar = Bar()
    try:
        differing = run(
            folder,
            read,
            passphrase=passphrase,
            say=say,
            progress=bar,
            skip_damaged=skip_damaged,
        )
        return 1 if differing else 0
    finally:
        bar.close()


def ask_twice() -> str:
    """A new passphrase from the terminal, typed twice."""
    if not sys.stdin.isatty():
        raise BackupError("Frasa sandi hanya dapat ditanyakan di terminal.")
    first = getpass.getpass("Frasa sandi cadangan: ")
    if len(first) < 12:
        raise BackupError("Frasa sandi terlalu pendek; sedikitnya 12 tanda.")
    if first != getpass.getpass("Sekali lagi: "):
        raise BackupError("Kedua frasa tidak sama.")
    return first
