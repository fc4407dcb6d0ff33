"""The newsroom's screens in one office and in the whole country: queries and processor time.

    zona bench newsroom [--events 200] [--runs 15] [--folder FOLDER]

Two installations are made on SQLite: one office, and all 552 with KPU RI, each office with the same
number of events of the last half year, their duties, items and mandatory pages. The screens are
asked for through the whole of Zona as people with real roles; the office that is compared is the
same one in both. Processor time counts, since SQLite works inside the process and others on the
machine then do not matter. Exit code 1 when a screen asks 30 queries or more, or takes more than
1.5 times as long in the country as in one office. FOLDER is kept, and used again when it is there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MOST_QUERIES, MOST_RATIO = 30, 1.5
OFFICE = "33.08"


def child(data: Path, *arguments: str) -> str:
    """Another process, since settings are read once in each."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ZONA_")}
    own.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        env=own | {"ZONA_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout


def build(data: Path, events: int, *, national: bool) -> None:
    if (data / "siap").exists():
        return
    which = ["--national"] if national else ["--office", OFFICE]
    print(f"Menyiapkan {'552 kantor' if national else 'satu kantor'} …", flush=True)
    child(data, "-m", "zona", "prepare", *which)
    print(child(data, str(HERE / "fill.py"), str(events)).strip(), flush=True)
    (data / "siap").touch()


def measure(data: Path, runs: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(child(data, str(HERE / "measure.py"), str(runs)))
    return found


def report(one: dict[str, Any], all_: dict[str, Any]) -> bool:
    """Print the table; whether all aims are kept."""
    print(f"\n{'layar':<44}{'satu':>10}{'negara':>14}{'rasio':>8}{'kueri':>8}")
    is_good = True
    for name, row in all_.items():
        alone = one.get(name)
        ratio = row["ms"] / alone["ms"] if alone else None
        queries = max(row["queries"], alone["queries"] if alone else 0)
        is_kept = queries < MOST_QUERIES and (ratio is None or ratio <= MOST_RATIO)
        is_good &= is_kept
        first = f"{alone['ms']:.0f} ms" if alone else ""
        print(
            f"{name:<44}{first:>10}{row['ms']:>11.0f} ms"
            f"{f'{ratio:.2f}' if ratio else '':>8}{queries:>8}{'' if is_kept else '  LEWAT'}"
        )
    return is_good


def main() -> int:
    parser = argparse.ArgumentParser(prog="zona bench newsroom")
    parser.add_argument("--events", type=int, default=200, help="kegiatan setiap kantor")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--folder", type=Path, help="disimpan dan dipakai lagi")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zona-bench-") as temporary:
        folder = options.folder or Path(temporary)
        places = {name: folder / name for name in ("satu", "negara")}
        for name, data in places.items():
            data.mkdir(parents=True, exist_ok=True)
            build(data, options.events, national=name == "negara")
        found = {name: measure(data, options.runs) for name, data in places.items()}
    return 0 if report(found["satu"], found["negara"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
