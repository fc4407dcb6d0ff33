"""What all tests share: the database, the folder of uploads, the browser, the real data."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from tests.databases import open_copies, renew_instead_of_flushing

from zona.config.environment import REPOSITORY
from zona.operations.development import find_chromium
from zona.operations.preparation import compile_catalogues

# Once a browser was used, Playwright's event loop stays with the thread of the tests; Django would
# take the closing of the database at the end for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
IS_CI = os.environ.get("CI", "") not in {"", "0", "false"}

# Nothing over the network on its own account, and no GPU.
CHROMIUM_ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

hypothesis.settings.register_profile("zona", deadline=None, max_examples=40, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=1000, print_blob=True)
hypothesis.settings.load_profile("zona")
NEED_DATABASE = {"db", "transactional_db"}

compile_catalogues(REPOSITORY / "src" / "zona")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--save-pictures",
        action="store_true",
        help="write the pictures of the guide and the README into docs/gambar/",
    )
    parser.addoption("--thorough", action="store_true", help="many more examples for each property")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--thorough"):
        hypothesis.settings.load_profile("thorough")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that need a browser come last; on another database than SQLite only what touches it.

    Playwright leaves an event loop running in the thread of the tests, and Django then gives
    every connection anew to what it takes for asynchronous code: the transaction of a test and
    its rows would lie on two connections, one waiting for the other.
    """
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        without = [item for item in items if not _touches_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _touches_database(item)]
    browsing = {item.path for item in items if "playwright" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path in browsing)


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & NEED_DATABASE)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked `shared` need the real data: absent, they say so; in CI that is a failure."""
    if item.get_closest_marker("shared") and not settings.ENV.shared.is_dir():
        reason = f"real data absent: {settings.ENV.shared} is no folder (set ZONA_SHARED)"
        if IS_CI:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the real data set; tests that use it carry the mark `shared`."""
    return Path(settings.ENV.shared)


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this process among those that share the run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker: str,
) -> Iterator[None]:
    """A database made by the real migrations, paid for once (tests/databases.py).

    `--create-db` makes the template anew.
    """
    kept = request.config.cache.mkdir("zona-database")
    with django_db_blocker.unblock():
        copies = open_copies(kept, tmp_path_factory.mktemp("database"), worker)
        copies.prepare(anew=request.config.getvalue("create_db") and worker in {"alone", "gw0"})
        renew_instead_of_flushing(copies)
    yield
    with django_db_blocker.unblock():
        copies.drop()


@pytest.fixture(scope="session", autouse=True)
def _own_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads of this process lie in a folder of its own."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits of sign-in and addresses of sites do not pass from one test to the next."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine; a missing one is an error that says how, never a skip."""
    arguments = list(CHROMIUM_ARGUMENTS)
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # root cannot have one
    found = str(find_chromium(settings.ENV))
    return browser_type_launch_args | {"executable_path": found, "args": arguments}
