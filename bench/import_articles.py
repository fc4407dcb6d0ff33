"""Import of articles: lines a second and peak memory, for a small and a large file.

    python bench/import_articles.py [LINES ...]

Memory must not grow with the file: the peaks of both sizes stand side by side. What they may
differ by is SQLite's own page cache and the part of the database it maps (config/settings.py).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SITES = ("kab-magelang", "kota-magelang", "kab-kebumen", "kab-sleman", "kota-semarang")
TEXT = "Rapat pleno terbuka digelar di aula kantor. Hadir Bawaslu, partai, dan dinas. " * 4


def write(path: Path, lines: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number in range(lines):
            row = {
                "id": f"uji-{number}",
                "url": f"https://{SITES[number % len(SITES)]}.kpu.go.id/blog/{number}",
                "title": f"Rapat pleno nomor {number} membahas data pemilih",
                "date_event": f"20{10 + number % 16}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "rubric": "Berita",
                "dateline": "KOTA MUNGKID_",
                "sign_off": None,
                "body_restated": TEXT,
            }
            file.write(json.dumps(row) + "\n")


def zona(data: str, *arguments: str) -> None:
    environment = os.environ | {"ZONA_DATA": data}
    subprocess.run(
        [sys.executable, "-m", "zona", *arguments],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def measure(lines: int) -> tuple[float, float]:
    """(lines a second, peak MB of the importing process)."""
    with tempfile.TemporaryDirectory() as folder:
        data, file = f"{folder}/data", Path(folder) / "artikel.jsonl"
        zona(data, "manage", "migrate", "-v", "0")
        zona(data, "offices", "load")
        write(file, lines)
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "zona", "import", "articles", str(file)],
            env=os.environ | {"ZONA_DATA": data},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        assert status == 0, status
        return lines / (time.perf_counter() - started), usage.ru_maxrss / 1024


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [1_000, 10_000]
    print(f"{'lines':>10} {'lines/s':>10} {'peak MB':>10}")
    for lines in sizes:
        rate, peak = measure(lines)
        print(f"{lines:>10} {rate:>10.0f} {peak:>10.0f}", flush=True)


if __name__ == "__main__":
    main()
