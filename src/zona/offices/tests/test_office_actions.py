"""Changing an office and the calendar: who may, what is written, what is told."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from zona.ground.journal.models import Entry
from zona.offices.actions import calendar as calendar_actions
from zona.offices.actions import office as actions
from zona.offices.models import ClosedDay, Holiday, Office, RoleAssignment, ServiceHours, User
from zona.offices.queries import offices as queries
from zona.offices.rules import DayHours
from zona.offices.signals import calendar_changed, office_changed
from zona.testing import make_office

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 23)
USUAL = DayHours(dt.time(8), dt.time(16), dt.time(12), dt.time(13))


def person(office: Office | None, role: str = "admin_kantor") -> User:
    user = User.objects.create_user(f"orang{User.objects.count()}@contoh.go.id", name="Orang")
    if office:
        RoleAssignment.objects.create(
            user=user, office=office, role=role, decree="1/2026", starts_on=dt.date(2020, 1, 1)
        )
    return user


@pytest.fixture
def ri() -> Office:
    return Office.objects.create(
        code="00", level="ri", slug="kpu-ri", short_name="KPU RI", long_name="KPU RI", zone="WIB"
    )


@pytest.fixture
def office(ri: Office) -> Office:
    return Office.objects.create(
        code="33.08",
        level="kabupaten",
        parent=ri,
        slug="kab-magelang",
        short_name="KPU Kabupaten Magelang",
        long_name="Komisi Pemilihan Umum Kabupaten Magelang",
        zone="WIB",
    )


@pytest.fixture
def admin(office: Office) -> User:
    return person(office)


def picture(side: int = 900) -> SimpleUploadedFile:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera rahasia"
    Image.new("RGB", (side, side // 2), "#8C1D18").save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("logo.jpg", made.getvalue(), "image/jpeg")


def test_an_update_is_recorded_with_what_changed(office: Office, admin: User) -> None:
    actions.update_office(
        actor=admin, office=office, address="Jalan Soekarno-Hatta", latitude=Decimal("-7.5833")
    )
    row = Entry.objects.get()
    assert (row.verb, row.office_code, row.actor_label) == ("offices.update", "33.08", "Orang")
    assert row.changes == {
        "address": ["", "Jalan Soekarno-Hatta"],
        "latitude": [None, "-7.5833"],
    }


def test_saving_the_same_writes_nothing(office: Office, admin: User) -> None:
    actions.update_office(actor=admin, office=office, phone="", accent=office.accent)
    actions.save_accounts(actor=admin, office=office, accounts=[])
    calendar_actions.save_hours(actor=admin, office=office, hours={})
    assert not Entry.objects.exists()


def test_only_what_an_office_says_about_itself_can_be_changed(office: Office, admin: User) -> None:
    with pytest.raises(TypeError, match="is_open"):
        actions.update_office(actor=admin, office=office, is_open=True)


def test_a_bad_value_changes_nothing(office: Office, admin: User) -> None:
    with pytest.raises(ValidationError):
        actions.update_office(actor=admin, office=office, email="bukan surel")
    office.refresh_from_db()
    assert office.email == ""


def test_strangers_change_nothing(office: Office, ri: Office) -> None:
    elsewhere = Office.objects.create(
        code="33.09", level="kabupaten", parent=ri, slug="kab-boyolali", zone="WIB"
    )
    closed = ClosedDay.objects.create(
        office=office, starts_on=MONDAY, ends_on=MONDAY, reason="Banjir"
    )
    for actor in (person(None), person(elsewhere), person(office, "editor"), person(ri)):
        for act in (
            lambda a: actions.update_office(actor=a, office=office, phone="1"),
            lambda a: actions.save_accounts(actor=a, office=office, accounts=[]),
            lambda a: actions.finish_setup(actor=a, office=office),
            lambda a: calendar_actions.save_hours(actor=a, office=office, hours={0: USUAL}),
            lambda a: calendar_actions.add_closed_day(
                actor=a, office=office, starts_on=MONDAY, ends_on=MONDAY, reason="x"
            ),
            lambda a: calendar_actions.remove_closed_day(actor=a, closed=closed),
        ):
            with pytest.raises(PermissionDenied):
                act(actor)
    assert not Entry.objects.exists()


def test_only_ri_edits_the_calendar_of_the_country(office: Office, ri: Office, admin: User) -> None:
    holiday = {"date": MONDAY, "name": "Pilkada", "kind": "national", "decree": "Keppres 1"}
    stage = {
        "name": "Pendaftaran",
        "election": "Pemilu 2029",
        "starts_on": MONDAY,
        "ends_on": MONDAY,
        "decree": "PKPU 1",
    }
    with pytest.raises(PermissionDenied):
        calendar_actions.save_holiday(actor=admin, **holiday)
    with pytest.raises(PermissionDenied):
        calendar_actions.save_stage(actor=admin, **stage)
    chief = person(ri)
    row = calendar_actions.save_holiday(actor=chief, **holiday)
    assert (
        calendar_actions.save_holiday(actor=chief, **holiday | {"name": "Pilkada serentak"}) == row
    )
    assert queries.calendar_for(office).holidays.get(MONDAY) == "Pilkada serentak"
    made = calendar_actions.save_stage(actor=chief, **stage)
    with pytest.raises(PermissionDenied):
        calendar_actions.remove_holiday(actor=admin, holiday=row)
    with pytest.raises(PermissionDenied):
        calendar_actions.remove_stage(actor=admin, stage=made)
    calendar_actions.remove_holiday(actor=chief, holiday=row)
    calendar_actions.remove_stage(actor=chief, stage=made)
    assert list(Entry.objects.order_by("id").values_list("verb", "office_code")) == [
        ("offices.save_holiday", ""),
        ("offices.save_holiday", ""),
        ("offices.save_stage", ""),
        ("offices.remove_holiday", ""),
        ("offices.remove_stage", ""),
    ]
    assert Entry.objects.order_by("id")[1].changes == {"name": ["Pilkada", "Pilkada serentak"]}


def test_hours_are_replaced_day_by_day(office: Office, admin: User) -> None:
    calendar_actions.save_hours(actor=admin, office=office, hours={0: USUAL, 1: USUAL})
    short = DayHours(dt.time(8), dt.time(12))
    calendar_actions.save_hours(actor=admin, office=office, hours={1: short})
    assert queries.week_hours(office) == {1: short}
    assert Entry.objects.latest("id").changes == {
        "day_0": ["08.00–12.00, 13.00–16.00", None],
        "day_1": ["08.00–12.00, 13.00–16.00", "08.00–12.00"],
    }


def test_accounts_are_replaced(office: Office, admin: User) -> None:
    one, other = "https://www.instagram.com/a", "https://x.com/b"
    actions.save_accounts(actor=admin, office=office, accounts=[("instagram", one)])
    actions.save_accounts(actor=admin, office=office, accounts=[("x", other)])
    assert [account.url for account in office.accounts.all()] == [other]
    assert Entry.objects.count() == 2
    with pytest.raises(ValidationError):
        actions.save_accounts(actor=admin, office=office, accounts=[("x", "javascript:alert(1)")])


def test_a_logo_is_cut_and_tells_nothing(
    office: Office, admin: User, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    office = actions.update_office(actor=admin, office=office, logo=picture())
    with Image.open(office.logo.path) as stored:
        assert (stored.format, stored.size, dict(stored.getexif())) == ("PNG", (512, 256), {})
    first = office.logo.path
    with django_capture_on_commit_callbacks(execute=True):
        office = actions.update_office(actor=admin, office=office, logo=picture(100))
    assert [path.name for path in (tmp_path / "logos").iterdir()] == [
        office.logo.name.removeprefix("logos/")
    ]
    assert office.logo.path != first
    with django_capture_on_commit_callbacks(execute=True):
        office = actions.update_office(actor=admin, office=office, logo=False)
    assert not office.logo
    assert not list((tmp_path / "logos").iterdir())


def test_what_is_no_picture_is_refused(office: Office, admin: User) -> None:
    with pytest.raises(ValidationError):
        actions.update_office(
            actor=admin, office=office, logo=SimpleUploadedFile("logo.png", b"<svg/>")
        )


def test_setup_ends_only_when_nothing_is_missing(office: Office, admin: User) -> None:
    with pytest.raises(ValidationError) as error:
        actions.finish_setup(actor=admin, office=office)
    assert error.value.code == "incomplete"
    actions.update_office(actor=admin, office=office, address="Jalan A", email="a@contoh.go.id")
    calendar_actions.save_hours(actor=admin, office=office, hours={0: USUAL})
    assert actions.finish_setup(actor=admin, office=office).is_ready
    actions.finish_setup(actor=admin, office=office)
    assert Entry.objects.filter(verb="offices.finish_setup").count() == 1


def test_listeners_hear_within_the_transaction(office: Office, admin: User, ri: Office) -> None:
    heard: list[object] = []

    def hear_office(sender: type, office: Office, **kwargs: object) -> None:
        assert any(not block._from_testcase for block in connection.atomic_blocks)
        heard.append(office.address)

    def hear_calendar(sender: type, **kwargs: object) -> None:
        heard.append(sender)

    office_changed.connect(hear_office)
    calendar_changed.connect(hear_calendar)
    try:
        actions.update_office(actor=admin, office=office, address="Jalan B")
        calendar_actions.save_holiday(
            actor=person(ri), date=MONDAY, name="X", kind="national", decree="1"
        )
    finally:
        office_changed.disconnect(hear_office)
        calendar_changed.disconnect(hear_calendar)
    assert heard == ["Jalan B", Holiday]


def test_a_closed_day_comes_and_goes(office: Office, admin: User) -> None:
    closed = calendar_actions.add_closed_day(
        actor=admin, office=office, starts_on=MONDAY, ends_on=MONDAY, reason=" Pindah kantor "
    )
    assert queries.calendar_for(office).closure(MONDAY) == "Pindah kantor"
    calendar_actions.remove_closed_day(actor=admin, closed=closed)
    assert not ServiceHours.objects.exists()
    assert queries.calendar_for(office).closure(MONDAY) is None
    assert Entry.objects.latest("id").changes["reason"] == ["Pindah kantor", None]
    with pytest.raises(ValidationError):
        calendar_actions.add_closed_day(
            actor=admin,
            office=office,
            starts_on=MONDAY,
            ends_on=MONDAY - dt.timedelta(1),
            reason="x",
        )


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["kab magelang", "http://a.id", "localhost", "a..id", "a-.id"])
def test_a_host_that_is_none_is_refused(host: str) -> None:
    office = make_office("33.08")
    with pytest.raises(CommandError, match="host"):
        call_command("set_host", office.code, host)
    office.refresh_from_db()
    assert office.host == ""


@pytest.mark.django_db
def test_an_office_gets_a_host_once_and_the_journal_knows() -> None:
    office, other = make_office("33.08"), make_office("33.09")
    call_command("set_host", office.code, "Kab-Magelang.kpu.test")
    office.refresh_from_db()
    assert office.host == "kab-magelang.kpu.test"
    assert Entry.objects.get(office_code="33.08").changes == {"host": ["", office.host]}
    with pytest.raises(CommandError):
        call_command("set_host", other.code, office.host)
    call_command("set_host", office.code)
    office.refresh_from_db()
    assert office.host == ""
