"""What the journeys share: a served installation, visitors that notice every breach, pictures."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from tests.databases import alone
from tests.site import Site, prepare, serve
from zona.config.environment import REPOSITORY

PICTURES = REPOSITORY / "docs" / "gambar"
LARGEST_PICTURE = 200_000  # bytes
expect.set_options(timeout=30_000)  # milliseconds; a busy machine takes its time over a photo


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is end to end."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo installation that was never served; made once a run."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = folder / "prepared"
    with alone(folder / "prepared.lock"):
        if not data.exists():
            draft = folder / "prepared.draft"
            prepare(draft)
            draft.rename(data)
    return data


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running demo installation of this process."""
    running = serve(prepared, tmp_path_factory.mktemp("site") / "data")
    yield running
    running.stop()


class Visitor:
    """An anonymous visitor: each breach of what we promise on public pages is noted."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.breaches: list[str] = []
        self.expects_error = False
        self.may_have_form_cookie = False
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.breaches.append(f"script: {error}"))
        context.on("response", self._look)
        context.on("request", lambda request: self._check_origin(request.url))

    def open(self, name: str, *, language: str = "") -> Page:
        """Open a page by its kind."""
        self.expects_error = name == "missing"
        prefix = f"/{language}" if language else ""
        answer = self.page.goto(self.site.url + prefix + self.site.paths[name], wait_until="load")
        assert answer
        assert answer.status == (404 if name == "missing" else 200), f"{name}: {answer.status}"
        return self.page

    def close(self) -> None:
        self.breaches += [f"cookie {name}" for name in self._name_cookies()]
        self.context.close()
        assert self.breaches == []

    def _hear(self, message: ConsoleMessage) -> None:
        is_answer = message.text.startswith("Failed to load resource")  # seen by _look as well
        if message.type in {"error", "warning"} and not is_answer:
            self.breaches.append(f"console: {message.text}")

    def _name_cookies(self) -> list[str]:
        allowed = {"csrftoken"} if self.may_have_form_cookie else set()
        return [name for each in self.context.cookies() if (name := each["name"]) not in allowed]

    def _look(self, response: Response) -> None:
        if response.status >= 400 and not (self.expects_error and response.status == 404):
            self.breaches.append(f"{response.status} {response.url}")
        if "set-cookie" in response.headers and not self.may_have_form_cookie:
            self.breaches.append(f"cookie set by {response.url}")

    def _check_origin(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.site.url:
            self.breaches.append(f"request to {url}")


Invite = Callable[..., Visitor]


@pytest.fixture
def invite(browser: Browser, site: Site) -> Iterator[Invite]:
    """Make visitors; the options are those of a browser context. Sums up when the test is over."""
    visitors: list[Visitor] = []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Visitor:
        size: Any = {"width": width, "height": height}
        visitors.append(Visitor(browser.new_context(viewport=size, **options), site))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def visitor(invite: Invite) -> Visitor:
    return invite()


Save = Callable[[Page, str], None]


@pytest.fixture
def save_picture(request: pytest.FixtureRequest, tmp_path: Path) -> Save:
    """Keep what the page shows as docs/gambar/<name>.png; only with --save-pictures."""

    def save(page: Page, name: str) -> None:
        if not request.config.getoption("--save-pictures"):
            return
        raw, target = tmp_path / f"{name}.png", PICTURES / f"{name}.png"
        page.screenshot(path=raw)
        PICTURES.mkdir(parents=True, exist_ok=True)
        with Image.open(raw) as picture:
            for colours in (256, 128, 64, 32):
                small = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
                small.save(target, optimize=True)
                if target.stat().st_size < LARGEST_PICTURE:
                    return
        raise AssertionError(f"{target.name} is {target.stat().st_size} bytes")

    return save
