"""The command `zona`: words, exit codes, preparation, worker; and the sh script before it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.test import override_settings
from django_tasks import task
from django_tasks.base import TaskResultStatus

from zona import cli
from zona.config import environment
from zona.operations import development, preparation, worker
from zona.operations.commands import CommandFailed

SCRIPT = environment.REPOSITORY / "zona"


@task()
def note() -> None:
    """A job that does nothing."""


@task()
def chore() -> None:
    """Another."""


def run_zona(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "zona", *arguments],
        env={"PATH": os.defpath, "PYTHONPATH": str(environment.REPOSITORY / "src")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_unknown_variable_is_one_clear_message_and_exit_2() -> None:
    result = run_zona("config", ZONA_PROT="8000")
    assert result.returncode == 2
    assert "Mungkin maksud Anda ZONA_PORT?" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_option_of_serve_is_refused_like_the_variable(tmp_path: Path) -> None:
    result = run_zona("serve", "--port", "99999", ZONA_DATA=str(tmp_path))
    assert result.returncode == 2
    assert "ZONA_PORT" in result.stderr


def test_an_unknown_command_is_refused_and_help_names_all() -> None:
    assert run_zona("sevre").returncode == 2
    text = run_zona("--help").stdout
    for name in ("serve", "check", "login-link", "import", "journal", "offices", "config", "test"):
        assert f"    {name}" in text


def test_office_and_national_exclude_each_other(tmp_path: Path) -> None:
    result = run_zona("serve", "--office", "33.74", "--national", ZONA_DATA=str(tmp_path))
    assert result.returncode == 2


def test_import_of_a_missing_file_is_explained() -> None:
    result = run_zona("import", "articles", "/nowhere.jsonl")
    assert result.returncode == 1
    assert result.stderr == "Berkas /nowhere.jsonl tidak ada.\n"


def test_check_of_a_fresh_machine_says_what_to_do_and_makes_nothing(tmp_path: Path) -> None:
    result = run_zona("check", ZONA_DATA=str(tmp_path / "data"))
    assert result.returncode == 0
    assert "belum ada" in result.stdout
    assert "→ Jalankan: zona serve." in result.stdout
    assert not (tmp_path / "data").exists()


def test_check_finds_a_secret_open_to_others(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("x" * 50)
    (tmp_path / "secret.key").chmod(0o644)
    result = run_zona("check", ZONA_DATA=str(tmp_path))
    assert result.returncode == 1
    assert f"rusak      {tmp_path}/secret.key terbuka bagi orang lain" in result.stdout
    assert f"chmod go-rwx {tmp_path}/secret.key" in result.stdout


def test_catalogues_are_compiled_when_older(tmp_path: Path) -> None:
    source, target = tmp_path / "id" / "django.po", tmp_path / "id" / "django.mo"
    source.parent.mkdir()
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Search", msgstr="Cari"))
    catalogue.save(str(source))
    preparation.compile_catalogues(tmp_path)
    assert polib.mofile(str(target)).find("Search").msgstr == "Cari"
    os.utime(target, (2e9, 2e9))
    preparation.compile_catalogues(tmp_path)
    assert target.stat().st_mtime == 2e9
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_untranslated_and_fuzzy_entries_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Good", msgstr="Baik"))
    catalogue.append(polib.POEntry(msgid="Empty", msgstr=""))
    catalogue.append(polib.POEntry(msgid="Unsure", msgstr="Ragu", flags=["fuzzy"]))
    catalogue.save(str(folder / "django.po"))
    found = development.find_untranslated(tmp_path)
    assert len(found) == 2
    assert all("'Empty'" in line or "'Unsure'" in line for line in found)


def test_the_fingerprint_follows_database_and_offices() -> None:
    def take(database: str = "", office: str | None = None) -> str:
        options = cli.build_parser().parse_args(["prepare"])
        options.office = office
        return preparation.fingerprint(options, environment.read({"DATABASE_URL": database}))

    assert take() == take()
    assert len({take(), take(database="postgres://h/zona"), take(office="33.74")}) == 3


def test_the_worker_keeps_its_name_and_is_alone(tmp_path: Path) -> None:
    with worker.hold_worker_name(tmp_path) as first:
        second = worker.hold_worker_name(tmp_path)
        with pytest.raises(CommandFailed, match="sudah berjalan"):
            second.__enter__()
    with worker.hold_worker_name(tmp_path) as third:
        assert first == third


@pytest.mark.django_db
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_jobs_of_a_killed_worker_are_put_back_and_given_up_after_three_deaths() -> None:
    from django_tasks_db.models import DBTaskResult

    for _ in range(3):
        note.enqueue()
    once, thrice, foreign = DBTaskResult.objects.all()
    once.claim("ours")
    foreign.claim("theirs")
    for _ in range(worker.ATTEMPTS):
        thrice.claim("ours")
    worker.requeue_orphans("ours")
    for job in (once, thrice, foreign):
        job.refresh_from_db()
    assert once.status == TaskResultStatus.READY
    assert thrice.status == TaskResultStatus.FAILED
    assert foreign.status == TaskResultStatus.RUNNING


@pytest.mark.django_db
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_a_scheduled_task_does_not_pile_up_while_it_waits() -> None:
    from django_tasks_db.models import DBTaskResult

    for _ in range(3):
        worker.enqueue_scheduled(f"{__name__}.note")
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.get().claim("ours")
    worker.enqueue_scheduled(f"{__name__}.note")
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_a_scheduled_task_does_not_wait_behind_other_jobs() -> None:
    from django_tasks_db.models import DBTaskResult

    note.enqueue()
    worker.enqueue_scheduled(f"{__name__}.chore")
    first = DBTaskResult.objects.ready().first()
    assert first is not None
    assert first.task_path == f"{__name__}.chore"


# --- the sh script, with an environment that looks whole but is small ---


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a path with a space and a quote, whose lock asks for nothing."""
    root = tmp_path / "folder Zona d'uji"
    (root / "requirements").mkdir(parents=True)
    (root / "src" / "zona").mkdir(parents=True)
    shutil.copy(SCRIPT, root / "zona")
    for level in ("base", "test"):
        (root / "requirements" / f"{level}.txt").write_text("# nothing\n")
    (root / "src" / "zona" / "__init__.py").touch()
    (root / "src" / "zona" / "__main__.py").write_text("import sys; print('zona', sys.argv[1:])")
    return root


def run_script(program: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program), "hello", "two words"],
        cwd="/",
        env={"PATH": f"{Path(sys.base_prefix) / 'bin'}:{os.defpath}"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_script_makes_its_environment_once(checkout: Path, tmp_path: Path) -> None:
    first = run_script(checkout / "zona")
    assert first.stdout == "zona ['hello', 'two words']\n", first.stderr
    assert "Menyiapkan lingkungan" in first.stderr
    (tmp_path / "link").symlink_to(checkout / "zona")
    second = run_script(tmp_path / "link", HOME="")
    assert (second.stdout, second.stderr) == (first.stdout, "")
    launcher = run_script(checkout / ".venv" / "bin" / "zona")
    assert (launcher.stdout, launcher.stderr) == (first.stdout, "")


def test_a_changed_lock_is_installed_and_a_broken_installation_made_anew(checkout: Path) -> None:
    run_script(checkout / "zona")
    left = checkout / ".venv" / "left"
    left.touch()
    (checkout / "requirements" / "base.txt").write_text("# another\n")
    assert "Memasang pustaka" in run_script(checkout / "zona").stderr
    assert left.exists()
    (checkout / "requirements" / "base.txt").write_text("no-such-package==1 --hash=sha256:00\n")
    broken = run_script(checkout / "zona", PIP_NO_INDEX="1", UV_OFFLINE="1")
    assert broken.returncode != 0
    assert broken.stdout == ""
    (checkout / "requirements" / "base.txt").write_text("# mended\n")
    mended = run_script(checkout / "zona")
    assert mended.stdout == "zona ['hello', 'two words']\n", mended.stderr
    assert not left.exists()


def test_an_old_python_is_refused_with_what_to_do(checkout: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    named = run_script(checkout / "zona", ZONA_PYTHON=str(old))
    assert named.returncode == 1
    assert f"ZONA_PYTHON: {old}" in named.stderr
    assert not (checkout / ".venv").exists()
