"""`zona test` and `zona check-code`, for those who work on Zona."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zona.config.environment import REPOSITORY, Environment
from zona.config.wiring import ROOMS

from .commands import SELF, CommandFailed, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run_test(options: argparse.Namespace, read: Environment) -> int:
    """All tests on two processes; arguments go to pytest, paths seen from the repository.

    `--changed`: those of the rooms that were touched since the last commit of the main branch, and
    of the rooms above them.
    """
    require_package("pytest")
    chromium = find_chromium(read)
    if not read.shared.is_dir():
        say(f"Data nyata tidak ada di {read.shared} (ZONA_SHARED): uji yang membacanya dilewati.")
    # In the order of conftest.py: tests with a browser last.
    share = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
    command = [sys.executable, "-m", "pytest", *share]
    rest = list(options.rest)
    if "--changed" in rest:
        rest.remove("--changed")
        rest += (paths := tests_of(list_changed()))
        say("Yang diuji: " + (", ".join(paths) or "semuanya."))
    with tempfile.TemporaryDirectory(prefix="zona-test-") as data:
        variables = os.environ | {"ZONA_DATA": data, "ZONA_CHROMIUM": str(chromium)}
        return run_tool([*command, *rest], variables)


def list_changed() -> list[str]:
    """Files that differ from the main branch, committed or not; all of it from the repository."""
    changed: list[str] = []
    for command in (
        ["diff", "--name-only", "main"],
        ["ls-files", "--others", "--exclude-standard"],
    ):
        done = subprocess.run(  # noqa: S603
            ["git", *command],  # noqa: S607
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        changed += done.stdout.split()
    return changed


def tests_of(changed: Iterable[str]) -> list[str]:
    """The folders whose tests a change concerns: rooms touched and those above; empty: all."""
    folders = ["src/" + name.replace(".", "/") for name in ROOMS]
    touched = set()
    for path in changed:
        if path.startswith("docs/") or path.endswith(".md"):
            continue
        room = next((one for one in folders if path.startswith(f"{one}/")), None)
        if room is None:  # what all rooms stand on, or a test across rooms
            return []
        touched.add(folders.index(room))
    return folders[min(touched) :] if touched else []


def find_chromium(read: Environment) -> Path:
    """The Chromium for end-to-end tests; root gets Debian's package when there is none."""
    if read.chromium:
        if not os.access(read.chromium, os.X_OK):
            raise CommandFailed(
                f"ZONA_CHROMIUM: {read.chromium} tidak ada atau tidak dapat dibuka."
            )
        return read.chromium
    if found := search_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Memasang Chromium untuk uji ujung ke ujung …")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-y", *step], env=quiet, check=False)  # noqa: S603, S607
        if found := search_chromium():
            return found
    raise CommandFailed(
        "Chromium tidak ditemukan, padahal uji ujung ke ujung memerlukannya.\n"
        "Debian: sudo apt install chromium. Lainnya: pasang Google Chrome atau Chromium,"
        " lalu sebutkan letaknya dengan ZONA_CHROMIUM."
    )


def search_chromium() -> Path | None:
    """The first Chromium on PATH that really starts (Ubuntu has a stub that does not)."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if (
            found
            and not subprocess.run(  # noqa: S603
                [found, "--version"], capture_output=True, check=False
            ).returncode
        ):
            return Path(found)
    return None


def run_bench(options: argparse.Namespace, read: Environment) -> int:
    """One measurement: bench/NAME.py or bench/NAME/run.py; what follows the name is for it."""
    folder = REPOSITORY / "bench"
    found = {path.stem: path for path in folder.glob("*.py")}
    found |= {path.parent.name: path for path in folder.glob("*/run.py")}
    name, *rest = options.rest or [""]
    if name not in found:
        known = ", ".join(sorted(found))
        raise CommandFailed(f"Sebut yang diukur: zona bench NAMA. Yang ada: {known}.")
    paths = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)])
    return run_tool([sys.executable, str(found[name]), *rest], os.environ | {"PYTHONPATH": paths})


def run_check_code(options: argparse.Namespace, read: Environment) -> int:
    """Lint, format, types, import contract, templates, migrations; 1 when one is not content."""
    require_package("ruff")
    python = sys.executable
    tools: dict[str, list[str]] = {
        "gaya (ruff)": [python, "-m", "ruff", "check", "."],
        "bentuk (ruff format)": [python, "-m", "ruff", "format", "--check", "."],
        "tipe (mypy)": [python, "-m", "mypy", "src/zona"],
        "batas ruang (import-linter)": [str(Path(python).with_name("lint-imports"))],
        "templat (djlint)": [python, "-m", "djlint", "--lint", "--quiet", "src"],
        "migrasi": [*SELF, "manage", "makemigrations", "--check", "--dry-run"],
    }
    with tempfile.TemporaryDirectory(prefix="zona-check-") as data:
        variables = os.environ | {"ZONA_DATA": data}
        failed = []
        for name, command in tools.items():
            say(f"— {name}")
            if run_tool(command, variables):
                failed.append(name)
        say("— terjemahan")
        if problems := find_untranslated(REPOSITORY / "src" / "zona"):
            say("\n".join(problems))
            failed.append("terjemahan")
    say("Belum beres: " + ", ".join(failed) if failed else "Semua beres.")
    return 1 if failed else 0


def find_untranslated(folder: Path) -> list[str]:
    """One line for every Indonesian catalogue entry below `folder` that is empty or fuzzy."""
    import polib

    problems = []
    for source in sorted(folder.rglob("id/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(source))
        for entry in (*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()):
            problems.append(f"{source.relative_to(folder)}:{entry.linenum}: {entry.msgid!r}")
    return problems


def require_package(name: str) -> None:
    """Raise CommandFailed unless a package of requirements/test.txt is there."""
    if not REPOSITORY.joinpath("requirements").is_dir():
        raise CommandFailed("Perintah ini memerlukan salinan kode Zona (git clone).")
    if importlib.util.find_spec(name) is None:
        raise CommandFailed("Perkakas uji belum terpasang. Jalankan lewat ./zona di folder kode.")


def run_tool(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a program in the repository; its exit code."""
    return subprocess.run(command, cwd=REPOSITORY, env=variables, check=False).returncode  # noqa: S603
