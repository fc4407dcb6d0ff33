"""The screens of agenda, writing, approval, numbers, partners: eyes, thumbs, narrow phones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import Save
from tests.site import Site, run_zona, serve

# A week as offices have it: told, not told, to come, called off; a partner and what was agreed.
EQUIP = """
import datetime as dt, json
from django.conf import settings
from zona.bakohumas.channels.actions import accounts
from zona.bakohumas.agenda.actions import events as agenda
from zona.bakohumas.newsroom.actions import approval, writing
from zona.bakohumas.agenda.models import Coverage, EventKind
from zona.offices.models import Office, Role, User
from zona.bakohumas.partners.actions import note_touch, save_contact
from zona.website.site.models import ArticlePage
from zona.testing import give

office = Office.objects.get(is_demo=True)
editor = User.objects.get(email="editor@contoh.id")
now = dt.datetime.now(office.tz)
monday = now.date() - dt.timedelta(days=now.weekday())

def add(days, hour, title, kind, place):
    starts = dt.datetime.combine(monday + dt.timedelta(days=days), dt.time(hour), tzinfo=office.tz)
    event = agenda.add_event(actor=editor, office=office, facts={
        "title": title, "kind": EventKind.objects.get(code=kind), "place": place,
        "starts_at": starts, "ends_at": starts + dt.timedelta(hours=2), "visibility": "public"})
    return event.participations.get()

told = add(-6, 9, "Rapat koordinasi data pemilih", "pdpb_rakor", "Aula kantor")
Coverage.objects.create(participation=told, page=ArticlePage.objects.filter(live=True).first())
agenda.add_follow_up(actor=editor, participation=told, text="Kirim berita acara ke Disdukcapil",
                     due_on=monday, person=editor)
for day, title in ((-5, "Audiensi Bawaslu"), (-4, "Kunjungan MTs Negeri"), (-3, "Rapat pleno")):
    add(day, 10, title, "audiensi", "Ruang rapat")
add(0, 8, "Apel pagi", "apel", "Halaman kantor")
school = add(1, 9, "Pendidikan pemilih di SMA Negeri 1 Kota Mungkid", "pendidikan_sekolah",
             "SMA Negeri 1 Kota Mungkid")
doors = add(1, 7, "Coklit terbatas di Desa Borobudur", "pdpb_coktas", "Desa Borobudur")
reporter = User.objects.get(email="peliput@contoh.id")
draft = writing.begin(actor=reporter, office=office, participations=[doors], fields={
    "title": "KPU Cocokkan Data Empat Puluh Pemilih di Borobudur",
    "lead": "Petugas KPU mendatangi empat puluh rumah di Desa Borobudur.",
    "text": "Petugas mencocokkan data dengan kartu keluarga. Warga dapat melapor ke kantor."})
review = approval.ask(actor=reporter, page=draft, note="Apakah jumlahnya benar?", channels=[])
gone = add(2, 13, "Bimbingan teknis pengelolaan media sosial bersama Diskominfo", "bimtek", "Hotel")
agenda.cancel_event(actor=editor, event=gone.event, reason="Narasumber berhalangan hadir")
add(3, 9, "Podcast tentang hak pilih pemula", "podcast", "Studio kantor")
contact = save_contact(
    actor=editor, office=office, today=now.date(), kind="media", organisation="Harian Contoh",
    name="Eko Prasetyo", position="Redaktur daerah", email="redaksi@contoh.test",
    phone="(0293) 000-000", consent="official", consent_on=None, on_press_list=True, note="")
note_touch(actor=editor, contact=contact, on=now.date(), way="pickup", text="Memuat berita pleno",
           url="https://contoh.test/berita/pleno-terbuka-dengan-alamat-yang-panjang")
admin = User.objects.create_superuser("utama@contoh.id", None, name="Utama")
give(editor, Role.CHANNEL_ADMIN, office)
whatsapp = accounts.save_channel(
    actor=admin, office=office, kind="whatsapp", name="WhatsApp", settings={}, secret={},
    by_default=True)
for name in ("Kepala desa", "Mitra media"):
    accounts.save_group(
        actor=admin, channel=whatsapp, name=name, purpose="Kabar kantor", admins="Peliput",
        rules="Satu kabar sehari", members=80, is_active=True)
with open(settings.ENV.data / "screens.json", "w") as file:
    json.dump({"code": office.code, "event": school.pk, "contact": contact.pk,
               "review": review.pk, "item": told.coverages.get().page_id,
               "channel": whatsapp.pk}, file)
"""
SCREENS = {
    "week": "agenda/{code}/",
    "month": "agenda/{code}/bulan/",
    "list": "agenda/{code}/daftar/?masa=semua",
    "add": "agenda/{code}/tambah/",
    "import": "agenda/{code}/impor/",
    "subscribe": "agenda/{code}/langganan/",
    "event": "agenda/kegiatan/{event}/",
    "tasks": "tugas/{code}/",
    "write": "tulis/{event}/",
    "link": "liputan/{event}/berita/",
    "roundup": "tulis/rangkuman/{code}/",
    "freshness": "kesegaran/{code}/",
    "periodic": "kesegaran/{code}/data-berkala/",
    "coverage": "peliputan/{code}/",
    "partners": "mitra/{code}/",
    "partner": "mitra/{code}/{contact}/",
    "partner_form": "mitra/{code}/baru/",
    "approvals": "persetujuan/{code}/",
    "deputies": "wakil/{code}/",
    "review": "persetujuan/naskah/{review}/",
    "channels": "kanal/{code}/",
    "share": "kanal/{code}/bagikan/{item}/#tangan",
    "release": "kanal/{code}/bagikan/{item}/siaran-pers/",
    "accounts": "kanal/{code}/akun/",
    "account": "kanal/{code}/akun/{channel}/",
    "services": "kanal/{code}/akun/tambah/",
    "telegram": "kanal/{code}/akun/tambah/telegram/",
    "group": "kanal/{code}/akun/{channel}/grup/",
    "alerts": "kanal/{code}/peringatan/",
    "reactions": "kanal/{code}/tanggapan/",
    "guides": "bantuan/",
    "people": "orang/{code}/",
    "reviewers": "pemeriksa/{code}/",
    "public_agenda": "/agenda/{code}/",
}
PICTURES = {
    "week": "papan-pekan", "event": "kegiatan", "write": "menulis-kegiatan",
    "freshness": "nilai-kesegaran", "review": "menyetujui", "share": "membagikan",
}  # fmt: skip
UNFOLD = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
# Wagtail's screens cut off what is too wide instead of scrolling, so every edge is looked at.
CUT_OFF = """[...document.querySelectorAll("main *")].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.width > 2 && r.right > innerWidth + 1 && !e.closest("header, svg, .backoffice-scroll");
}).map((e) => `${e.outerHTML.slice(0, 80)} ends at ${e.getBoundingClientRect().right}`)"""
SMALL = """[...document.querySelectorAll(
  "main :is(a.button, button, summary, select, textarea, input:not([type=checkbox], [type=radio]))"
)].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.height > 0 && r.height < 47.5 && !e.closest("header");
}).map((e) => `${e.outerHTML.slice(0, 80)} is ${e.getBoundingClientRect().height} px high`)"""

HUGE = """[...document.querySelectorAll("main svg.icon")].filter((e) => {
  const r = e.getBoundingClientRect();
  return r.width > 64 || r.height > 64;
}).map((e) => `${e.outerHTML.slice(0, 80)} is ${e.getBoundingClientRect().width} px wide`)"""

STILL = """() => Promise.all(
  document.getAnimations().map((each) => each.finished.catch(() => {}))).then(() => true)"""


@pytest.fixture(scope="module")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = serve(prepared, tmp_path_factory.mktemp("screens") / "data")
    run_zona("manage", "shell", "--no-imports", "-c", EQUIP, data=running.data)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk(browser: Browser, served: Site) -> Iterator[Page]:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(served.make_login_link("editor@contoh.id"))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kantor/")
    yield page
    page.context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_fits_a_phone_and_all_who_use_it(
    desk: Page, served: Site, save_picture: Save, name: str
) -> None:
    facts = json.loads((served.data / "screens.json").read_text())
    desk.emulate_media(color_scheme="light")
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto(urljoin(f"{served.url}/kantor/", SCREENS[name].format(**facts)), wait_until="load")
    if name in PICTURES:
        save_picture(desk, PICTURES[name])
    desk.evaluate(UNFOLD)
    assert desk.evaluate(CUT_OFF) == []
    assert desk.evaluate(SMALL) == []
    assert desk.evaluate(HUGE) == []
    for width, scheme in ((360, "dark"), (1280, "light")):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        desk.evaluate(STILL)  # colours of buttons change slowly
        found = Axe().run(desk).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
        assert (width, scheme, told) == (width, scheme, [])
