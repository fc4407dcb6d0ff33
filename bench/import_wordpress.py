"""Import of a WordPress export: posts a second and peak memory, for a small and a large file.

    python bench/import_wordpress.py [POSTS ...]

Memory must not grow with the file: the peaks of both sizes stand side by side.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from zona.website.imports.tests.wxr_file import post, write


def zona(data: str, *arguments: str) -> None:
    environment = os.environ | {"ZONA_DATA": data}
    command = [sys.executable, "-m", "zona", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def measure(posts: int) -> tuple[float, float, float]:
    """(posts a second, posts a second of CPU time, peak MB of the importing process)."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/data"
        zona(data, "manage", "migrate", "-v", "0")
        zona(data, "offices", "load")
        file = write(Path(folder) / "ekspor.xml", (post(number + 1) for number in range(posts)))
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "zona", "import", "wordpress", str(file), "--office", "33.08"],
            env=os.environ | {"ZONA_DATA": data},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        assert status == 0, status
        cpu = usage.ru_utime + usage.ru_stime
        return posts / (time.perf_counter() - started), posts / cpu, usage.ru_maxrss / 1024


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [500, 5_000]
    print(f"{'posts':>10} {'posts/s':>10} {'per CPU s':>10} {'peak MB':>10}")
    for posts in sizes:
        rate, per_cpu, peak = measure(posts)
        print(f"{posts:>10} {rate:>10.0f} {per_cpu:>10.0f} {peak:>10.0f}", flush=True)


if __name__ == "__main__":
    main()
