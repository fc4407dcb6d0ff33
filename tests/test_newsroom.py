"""The newsroom's whole way on a phone: from the province's agenda to the channels and the numbers.

A reporter of a kabupaten does all of it at 360 px; every tap and every typed field is counted, and
the counts are the promise of docs/panduan-kegiatan.md.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.post_office import PostOffice
from tests.site import PATIENCE, Site, run_zona, serve
from tests.test_newsroom_screens import CUT_OFF
from zona.bakohumas.channels.tests.fakes.telegram import TOKEN, FakeTelegram

PHONE = {"width": 360, "height": 740}
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
TOPIC = "Pendidikan pemilih di SMA Taruna Nusantara"
TEXT = "Ketua KPU menjelaskan surat suara.\n\nSiswa lalu mencoba sendiri di bilik suara."
REVIEWER = "budi.santosa@surat.test"
TITLE = "KPU Ajak Siswa SMA Kenali Cara Memilih"

# The province, its press officer, and the channels of the office below.
EQUIP = """
import datetime as dt
import json
from django.conf import settings
from django.utils import timezone
from zona.bakohumas.channels.actions import accounts
from zona.bakohumas.newsroom.actions.reviewers import register_reviewer
from zona.offices.models import Office, Role, User
from zona.website.site.actions.tree import open_office
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage
from zona.testing import give, make_person

office = Office.objects.get(is_demo=True)
province = office.parent
open_office(actor=None, office=province)
Office.objects.filter(pk=province.pk).update(is_ready=True)
make_person("humas@provinsi.contoh.id", Role.EDITOR, office=province, name="Humas Provinsi")
give(User.objects.get(email="peliput@contoh.id"), Role.CHANNEL_ADMIN, office)
admin = User.objects.create_superuser("utama@contoh.id", None, name="Utama")
common = {"actor": admin, "office": office, "by_default": True}
accounts.save_channel(
    kind="telegram", name="Telegram", settings={"chat": "@kpucontoh"},
    secret={"token": TOKEN}, **common,
)
whatsapp = accounts.save_channel(kind="whatsapp", name="WhatsApp", settings={}, secret={}, **common)
for name in ("Mitra media", "Kepala desa"):
    accounts.save_group(
        actor=admin, channel=whatsapp, name=name, purpose="Kabar kantor", admins="Peliput",
        rules="Satu kabar sehari", members=80, is_active=True,
    )
register_reviewer(actor=admin, office=office, name="Budi Santosa, Ketua", email=REVIEWER)
quiet = timezone.now() - dt.timedelta(days=60)  # the office has told nothing since
BasePage.objects.filter(office=office, kind__in=KINDS).update(
    first_published_at=quiet, activity_date=quiet.date()
)
with open(settings.ENV.data / "newsroom.json", "w") as file:
    json.dump({"province": province.code, "office": office.code, "zone": str(office.tz)}, file)
"""

TELL = """
from django_tasks_db.models import DBTaskResult
from zona.bakohumas.channels.models import Post

for post in Post.objects.all():
    print(post.channel.kind, post.state, post.attempts, post.due_at, post.reason, post.memory)
for job in DBTaskResult.objects.exclude(status="SUCCESSFUL"):
    print(job.task_path, job.status, job.enqueued_at, job.traceback[-500:])
"""


class Officer:
    """Somebody at a phone whose taps and typed fields are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, thing: Locator) -> None:
        self.taps += 1
        thing.click()

    def type(self, field: Locator, text: str) -> None:
        self.fields += 1
        field.fill(text)

    def choose(self, field: Locator, file: Path) -> None:
        """A photo of the camera."""
        self.taps += 1
        field.set_input_files(file)

    def fits(self) -> None:
        """Nothing is cut off at the side."""
        assert self.page.evaluate(CUT_OFF) == [], self.page.url


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def letters() -> Iterator[PostOffice]:
    with PostOffice() as running:
        yield running


@pytest.fixture
def newsroom(
    prepared: Path, tmp_path: Path, telegram: FakeTelegram, letters: PostOffice
) -> Iterator[Site]:
    bases = f"telegram={telegram.url}"
    running = serve(
        prepared, tmp_path / "data", ZONA_CHANNEL_BASES=bases, ZONA_EMAIL_URL=letters.url
    )
    code = f"TOKEN, REVIEWER = {TOKEN!r}, {REVIEWER!r}\n{EQUIP}"
    run_zona("manage", "shell", "--no-imports", "-c", code, data=running.data)
    yield running
    running.stop()


def sign_in(browser: Browser, site: Site, email: str, **size: int) -> Page:
    page = browser.new_context(viewport=size or {"width": 1280, "height": 900}).new_page()
    page.goto(site.make_login_link(email))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kantor/**")
    return page


@dataclass(frozen=True)
class Numbers:
    """What the two screens of numbers tell of the office."""

    untold: str
    score: float


def read_numbers(page: Page, site: Site, office: str) -> Numbers:
    page.goto(f"{site.url}/kantor/peliputan/{office}/")
    untold = page.locator("section[aria-labelledby=belum]")
    told = untold.inner_text() if untold.count() else ""
    data = page.request.get(f"{site.url}/kantor/kesegaran/{office}/data.json").json()
    return Numbers(told, float(data["skor"]))


def photo(folder: Path) -> Path:
    place = folder / "sekolah.jpg"
    Image.new("RGB", (1600, 1067), "teal").save(place)
    return place


def tell_posts(site: Site) -> str:
    """What the outbox knows of its posts and jobs, and the end of the log: why nothing came."""
    return (
        run_zona("manage", "shell", "--no-imports", "-c", TELL, data=site.data) + site.log[-3000:]
    )


def test_from_the_agenda_of_the_province_to_every_channel(
    browser: Browser,
    newsroom: Site,
    telegram: FakeTelegram,
    letters: PostOffice,
    tmp_path: Path,
) -> None:
    site = newsroom
    facts = json.loads((site.data / "newsroom.json").read_text())
    today = dt.datetime.now(ZoneInfo(facts["zone"])).date()
    right = f"{DAYS[today.weekday()]} ({today.day}/{today.month}/{today.year})"
    wrong = f"{DAYS[(today.weekday() + 1) % 7]} ({today.day}/{today.month}/{today.year})"

    # The province enters what it holds and names the office.
    province = sign_in(browser, site, "humas@provinsi.contoh.id")
    province.goto(f"{site.url}/kantor/agenda/{facts['province']}/tambah/")
    province.locator("[name=title]").fill(TOPIC)
    province.locator("[name=kind]").select_option(label="Pendidikan pemilih: sekolah")
    province.locator("[name=day]").fill(f"{today:%Y-%m-%d}")
    province.locator("[name=time]").fill("00.05")
    province.locator("[name=end_time]").fill("00.06")
    province.locator("[name=place]").fill("SMA Taruna Nusantara, Mertoyudan")
    province.locator("form.agenda-form button").last.click()
    province.get_by_role("link", name="Pendidikan pemilih di SMA").first.click()
    province.locator("main a.button[href$='/kantor/']").click()
    province.locator("label:has-text('Kabupaten Magelang') input").check()
    province.locator(".agenda-sticky button").click()
    expect(province.locator("main")).to_contain_text("Kabupaten Magelang")

    # The officer opens the phone: the duty stands on top, one tap leads to the draft.
    page = sign_in(browser, site, "peliput@contoh.id", **PHONE)
    page.context.route("https://wa.me/**", lambda route: route.fulfill(body="WhatsApp"))
    officer = Officer(page)
    before = read_numbers(page, site, facts["office"])
    assert TOPIC in before.untold
    page.goto(f"{site.url}/kantor/")
    officer.fits()
    officer.tap(page.get_by_role("link", name=TOPIC).first)
    officer.fits()
    expect(page.locator("[name=dateline]")).not_to_have_value("")
    officer.type(page.locator("[name=title]"), TITLE)
    officer.type(page.locator("[name=lead]"), f"Sebanyak 120 siswa belajar cara memilih, {wrong}.")
    officer.type(page.locator("[name=text]"), TEXT)
    officer.choose(page.locator("[name=photo]"), photo(tmp_path))
    officer.type(page.locator("[name=alt]"), "Siswa duduk membelakangi kamera di aula")
    officer.type(page.locator("[name=caption]"), "Siswa menyimak materi pemungutan suara.")

    # The checker knows that the weekday is wrong, and mends it with one tap.
    finding = page.locator("[data-checker-findings] li", has_text=DAYS[today.weekday()])
    expect(finding).to_be_visible()
    officer.tap(finding.get_by_role("button", name="Ganti dengan"))
    expect(page.locator("[name=lead]")).to_have_value(re.compile(re.escape(right)))
    expect(finding).to_have_count(0)
    for name in ("Telegram", "WhatsApp"):
        expect(page.get_by_label(name)).to_be_checked()

    # Children may be seen: the risk is high, so somebody else has to agree. He has no account.
    officer.tap(page.locator(".writing-bar").get_by_role("button", name="Minta persetujuan"))
    officer.fits()
    officer.tap(page.locator(".writing-bar").get_by_role("button", name="Minta persetujuan"))
    officer.fits()
    officer.tap(page.get_by_text("Minta kepada orang tanpa akun"))
    officer.taps += 1
    page.locator("[name=reviewer]").select_option(label="Budi Santosa, Ketua")
    officer.tap(page.get_by_role("button", name="Kirim tautan"))
    officer.fits()
    link = re.search(rf"{site.url}/tinjau/\S+", letters.wait_for(REVIEWER)[0])
    assert link
    assert link[0] not in page.content(), "who sends the link never sees it"
    reviewer = Officer(browser.new_context(viewport=PHONE).new_page())
    reviewer.page.goto(link[0])
    reviewer.fits()
    expect(reviewer.page.locator("article")).to_contain_text(right)
    shown = reviewer.page.locator("article img").first
    assert shown.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    reviewer.tap(reviewer.page.get_by_role("button", name="Kirim kode ke surel saya"))
    reviewer.fits()
    pin = re.search(r"\b\d{6}\b", letters.wait_for(REVIEWER, 2)[1])
    assert pin
    reviewer.type(reviewer.page.locator("[name=pin]"), pin[0])
    reviewer.tap(reviewer.page.get_by_role("button", name="Setujui dan terbitkan"))
    expect(reviewer.page.locator("main")).to_contain_text("menyetujui")
    assert [row["path"] for row in reviewer.page.context.cookies()] == ["/media/"]

    # The website has it first, then Telegram, by itself and once.
    reader = browser.new_context(viewport=PHONE).new_page()
    reader.goto(site.address("index"))
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.locator("h1")).to_have_text(TITLE)
    until = time.monotonic() + 2 * PATIENCE  # a try that fails is made again after a minute or two
    while not telegram.posts and time.monotonic() < until:
        page.wait_for_timeout(250)
    assert len(telegram.posts) == 1, tell_posts(site)
    assert TITLE in str(telegram.posts)

    # WhatsApp's groups have no door for programs: two taps each.
    page.goto(f"{site.url}/kantor/")
    officer.tap(page.get_by_role("link", name=f"Bagikan “{TITLE}”"))
    officer.fits()
    for group in ("Kepala desa", "Mitra media"):
        row = page.locator(".channels-group", has_text=group)
        with page.context.expect_page() as opened:
            officer.tap(row.get_by_role("link").first)
        assert TITLE.split()[0] in opened.value.url
        opened.value.close()
        officer.tap(row.get_by_role("button", name=re.compile("[Tt]erkirim")))
        expect(page.locator(".channels-group", has_text=group)).to_contain_text("Terkirim")
    assert len(telegram.posts) == 1

    # The numbers know it at once.
    after = read_numbers(page, site, facts["office"])
    assert TOPIC not in after.untold
    assert after.score > before.score

    # Of the taps four are for the two groups, three for the link, one opens the camera.
    assert (officer.taps, officer.fields) == (13, 5)
    assert (reviewer.taps, reviewer.fields) == (2, 1)
