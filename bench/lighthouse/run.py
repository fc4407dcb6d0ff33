"""Lighthouse on the four kinds of page people meet first, as a phone sees them.

    zona bench lighthouse [--runs N] [--write]

Starts a demo installation of its own, asks Lighthouse (pinned in package-lock.json beside this
file; needs Node.js, npm and Chromium) for each page and prints the median of N runs. Exit code 1
when a category is below 98. `--write` puts the table into docs/performance.md.
"""

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests import site  # noqa: E402  the demo installation of the tests

PAGES = {"home": "home", "article": "article", "list": "index", "episode": "podcast_episode"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AIM = 98
ATTEMPTS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
REPORT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- lighthouse: begin -->", "<!-- lighthouse: end -->"

Result = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(prog="zona bench lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = parser.parse_args()
    install()
    with tempfile.TemporaryDirectory(prefix="zona-lighthouse-") as folder:
        work = Path(folder)
        site.prepare(work / "prepared")
        running = site.serve(work / "prepared", work / "data")
        try:
            rows = measure(running.url, running.paths, options.runs, work)
        finally:
            running.stop()
    table = render(rows, options.runs)
    print(table)
    if options.write:
        write(table)
    return int(any(row[name] < AIM for row in rows for name in CATEGORIES))


def install() -> None:
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("Lighthouse needs Node.js and npm.")
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def measure(base: str, paths: Mapping[str, str], runs: int, work: Path) -> list[Result]:
    """The median of each figure, page by page."""
    rows = []
    for name, kind in PAGES.items():
        urllib.request.urlopen(base + paths[kind]).read()  # warm, as for all but the first visitor
        seen = [ask(base + paths[kind], work / f"{name}-{number}.json") for number in range(runs)]
        row: Result = {
            key: statistics.median(each[key] for each in seen)
            for key in seen[0]
            if key not in ("wrong", "parts")
        }
        row |= {"name": name, "wrong": seen[-1]["wrong"], "parts": seen[-1]["parts"]}
        rows.append(row)
        print(name, {key: row[key] for key in CATEGORIES}, *row["wrong"], file=sys.stderr)
    return rows


def ask(url: str, target: Path) -> Result:
    command = [
        str(HERE / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json",
        f"--output-path={target}", f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    chromium = os.environ.get("ZONA_CHROMIUM") or shutil.which("chromium") or ""
    for attempt in range(ATTEMPTS):  # on a busy machine Chromium sometimes starts too late
        last = attempt == ATTEMPTS - 1
        done = subprocess.run(command, check=last, env=os.environ | {"CHROME_PATH": chromium})
        if done.returncode == 0:
            break
    said = json.loads(target.read_text())
    audits = said["audits"]
    requests = audits["network-requests"]["details"]["items"]
    parts: dict[str, int] = {}
    for each in requests:
        kind = each.get("resourceType", "Other")
        parts[kind] = parts.get(kind, 0) + each.get("transferSize", 0)
    wrong = [
        f"{name}: {audit['id']}"
        for name in CATEGORIES
        for reference in said["categories"][name]["auditRefs"]
        if reference["weight"]
        and (audit := audits[reference["id"]])["score"] is not None
        and audit["score"] < 0.9
    ]
    return {
        **{name: round(said["categories"][name]["score"] * 100) for name in CATEGORIES},
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "tbt": audits["total-blocking-time"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "bytes": sum(parts.values()) - parts.get("Image", 0),
        "parts": parts,
        "wrong": wrong,
    }


def render(rows: list[Result], runs: int) -> str:
    day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    lighthouse = json.loads((HERE / "package.json").read_text())["dependencies"]["lighthouse"]
    lines = [
        f"Lighthouse {lighthouse}, its phone on slow 4G, median of {runs}; {day},"
        f" {os.cpu_count()} cores, {platform.machine()}. Aim: {AIM} in each category.",
        "",
        "| Page | Performance | Accessibility | Best practices | SEO | LCP | Blocking | Shift"
        " | Without pictures |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        marks = " | ".join(f"{row[name]:.0f}" for name in CATEGORIES)
        lines.append(
            f"| {row['name']} | {marks} | {row['lcp'] / 1000:.1f} s | {row['tbt']:.0f} ms"
            f" | {row['cls']:.3f} | {row['bytes'] / 1000:.0f} KB |"
        )
    home = rows[0]["parts"]
    parts = ", ".join(
        f"{kind.lower()} {size / 1000:.1f} KB"
        for kind, size in sorted(home.items(), key=lambda item: -item[1])
        if size
    )
    return "\n".join([*lines, "", f"What the first visit to the home page weighs: {parts}."])


def write(table: str) -> None:
    text = REPORT.read_text() if REPORT.exists() else "# Performance\n"
    if BEGIN not in text:
        text = f"{text.rstrip()}\n\n## Lighthouse\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
