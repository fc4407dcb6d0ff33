"""The office's screens in the back office, asked as their users and as strangers would."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from zona.offices.models import ClosedDay, ElectionStage, Holiday, Office, RoleAssignment, User
from zona.offices.queries import offices as queries
from zona.offices.setup import office_to_set_up

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 24)


def person(office: Office | None, role: str = "admin_kantor", **fields: object) -> Client:
    """A signed-in browser of someone who holds a role, with two keys."""
    user = User.objects.create_user(f"orang{User.objects.count()}@contoh.go.id", **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    if office:
        RoleAssignment.objects.create(
            user=user, office=office, role=role, decree="1/2026", starts_on=dt.date(2020, 1, 1)
        )
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture(autouse=True)
def set_up_comes_first(settings) -> None:
    middleware = "zona.offices.setup.SetupMiddleware"
    if middleware not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, middleware]


@pytest.fixture
def ri() -> Office:
    return Office.objects.create(
        code="00", level="ri", slug="kpu-ri", short_name="KPU RI", long_name="KPU RI", zone="WIB"
    )


@pytest.fixture
def office(ri: Office) -> Office:
    return Office.objects.create(
        code="33.74",
        level="kota",
        parent=ri,
        slug="kota-semarang",
        short_name="KPU Kota Semarang",
        long_name="Komisi Pemilihan Umum Kota Semarang",
        zone="WIB",
        is_open=True,
    )


@pytest.fixture
def elsewhere(ri: Office) -> Office:
    return Office.objects.create(
        code="33.09", level="kabupaten", parent=ri, slug="kab-boyolali", zone="WIB", is_open=True
    )


def url(name: str, *args: object) -> str:
    return reverse(f"offices:{name}", args=args)


def own_urls(office: Office) -> list[str]:
    closed = ClosedDay.objects.create(office=office, starts_on=DAY, ends_on=DAY, reason="Banjir")
    names = ["office", "hours", "add_closed_day", "setup"]
    return [
        *(url(name, office.code) for name in names),
        url("setup_step", office.code, "nama"),
        url("remove_closed_day", office.code, closed.pk),
    ]


def national_urls() -> list[str]:
    Holiday.objects.create(date=DAY, name="Masuk", kind="working", decree="1")
    stage = ElectionStage.objects.create(
        name="A", election="B", starts_on=DAY, ends_on=DAY, decree="C"
    )
    return [
        url("add_holiday"),
        url("holiday", DAY.isoformat()),
        url("remove_holiday", DAY.isoformat()),
        url("add_stage"),
        url("stage", stage.pk),
        url("remove_stage", stage.pk),
    ]


def test_strangers_find_nothing(office: Office, elsewhere: Office, ri: Office) -> None:
    urls = own_urls(office)
    for client in (person(None), person(elsewhere), person(office, "editor"), person(ri)):
        for address in urls:
            assert client.get(address).status_code in {302, 403, 404, 405}, address
            assert client.post(address).status_code in {302, 403, 404, 405}, address
            assert "Semarang" not in client.get(address).content.decode()
    for address in urls:
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/akun/")
    assert ClosedDay.objects.count() == 1


def test_a_closed_day_of_another_office_is_out_of_reach(office: Office, elsewhere: Office) -> None:
    theirs = ClosedDay.objects.create(office=elsewhere, starts_on=DAY, ends_on=DAY, reason="x")
    client = person(office)
    assert client.post(url("remove_closed_day", office.code, theirs.pk)).status_code == 404
    assert client.post(url("remove_closed_day", elsewhere.code, theirs.pk)).status_code == 404
    assert ClosedDay.objects.filter(pk=theirs.pk).exists()


def test_the_country_is_read_by_all_and_edited_by_ri(office: Office, ri: Office) -> None:
    urls = national_urls()
    admin, editor, chief = person(office), person(office, "editor"), person(ri)
    for client in (admin, editor):
        assert client.get(url("holidays") + "?tahun=2026").status_code == 200
        assert client.get(url("stages")).status_code == 200
        for address in urls:
            client.get(address)
            assert client.post(address, {}).status_code != 200
    assert Holiday.objects.count() == ElectionStage.objects.count() == 1
    for address in urls:
        assert chief.get(address).status_code in {200, 405}


def test_ri_puts_a_row_over_a_day_and_takes_it_away(ri: Office) -> None:
    chief = person(ri)
    address = url("holiday", "2026-12-25")
    assert "Hari Raya Natal" in chief.get(address).content.decode()
    posted = {"date": "2026-12-25", "kind": "national", "name": "Natal", "decree": "SKB 1"}
    answer = chief.post(address, posted)
    assert answer.url == url("holidays") + "?tahun=2026"
    assert Holiday.objects.get().name == "Natal"
    chief.post(address, posted | {"date": "2020-01-01", "name": "Natal bersama"})
    assert Holiday.objects.get().date == dt.date(2026, 12, 25)
    assert Holiday.objects.get().name == "Natal bersama"
    chief.post(url("remove_holiday", "2026-12-25"))
    assert not Holiday.objects.exists()
    for bad in ("1999-01-01", "2026-02-31", "x"):
        assert chief.get(url("holiday", bad)).status_code == 404


ACCOUNTS = {"accounts-TOTAL_FORMS": 1, "accounts-INITIAL_FORMS": 0}
PARTICULARS = {
    "short_name": "KPU Kota Semarang",
    "address": "Jalan Pemuda 175",
    "position": "-6.9819, 110.4128",
    "phone": "(024) 3520000",
    "whatsapp": "",
    "email": "",
    "accent": "#8C1D18",
    **ACCOUNTS,
}


def test_the_particulars_are_saved_in_one_go(office: Office) -> None:
    client = person(office)
    added = {"accounts-0-service": "instagram", "accounts-0-url": "https://www.instagram.com/kpu"}
    assert client.post(url("office", office.code), PARTICULARS | added).status_code == 302
    office.refresh_from_db()
    assert (str(office.latitude), str(office.longitude)) == ("-6.981900", "110.412800")
    assert [account.url for account in office.accounts.all()] == ["https://www.instagram.com/kpu"]
    account = office.accounts.get()
    removed = {
        "accounts-INITIAL_FORMS": 1,
        "accounts-0-id": account.pk,
        "accounts-0-service": "instagram",
        "accounts-0-url": account.url,
        "accounts-0-DELETE": "on",
    }
    assert client.post(url("office", office.code), PARTICULARS | removed).status_code == 302
    assert not office.accounts.exists()


def test_another_offices_account_cannot_be_taken_over(office: Office, elsewhere: Office) -> None:
    theirs = elsewhere.accounts.create(service="x", url="https://x.com/boyolali")
    posted = {
        "accounts-INITIAL_FORMS": 1,
        "accounts-0-id": theirs.pk,
        "accounts-0-service": "x",
        "accounts-0-url": "https://x.com/semarang",
    }
    person(office).post(url("office", office.code), PARTICULARS | posted)
    theirs.refresh_from_db()
    assert (theirs.office, theirs.url) == (elsewhere, "https://x.com/boyolali")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-6.9819, 110.4128", ("-6.981900", "110.412800")),
        ("-6,9819 110,4128", ("-6.981900", "110.412800")),
        ("-6,9819, 110,4128", ("-6.981900", "110.412800")),
        ("", (None, None)),
        ("110.4128, -6.9819", None),
        ("-6.9819", None),
        ("Semarang", None),
    ],
)
def test_a_position_as_phones_copy_it(office: Office, text: str, found: tuple | None) -> None:
    from zona.offices.forms.office import OfficeForm

    form = OfficeForm.part("alamat")({"address": "A", "position": text}, instance=office)
    assert form.is_valid() is (found is not None)
    if found:
        values = form.values()
        given = tuple(
            None if values[name] is None else str(values[name])
            for name in ("latitude", "longitude")
        )
        assert given == found


def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read(office: Office) -> None:
    client = person(office)
    answer = client.post(url("office", office.code), PARTICULARS | {"accent": "#FFD000"})
    nearest = answer.context["form"].nearest_accent
    assert nearest in answer.content.decode()
    assert "#FFD000" in answer.content.decode()  # what was typed stays
    office.refresh_from_db()
    assert office.accent == "#8C1D18"
    posted = PARTICULARS | {"accent": "#FFD000", "use_accent": nearest}
    assert client.post(url("office", office.code), posted).status_code == 302
    office.refresh_from_db()
    assert office.accent == nearest


HOURS = {"opens_0": "8", "break_starts_0": "12.00", "break_ends_0": "13:00", "closes_0": "1600"}


def test_hours_are_read_as_people_write_them(office: Office) -> None:
    client = person(office)
    assert client.post(url("hours", office.code), HOURS).status_code == 302
    (day,) = queries.week_hours(office).values()
    assert (day.opens, day.closes) == (dt.time(8), dt.time(16))
    assert (day.break_starts, day.break_ends) == (dt.time(12), dt.time(13))
    assert 'value="08.00"' in client.get(url("hours", office.code)).content.decode()


def test_monday_is_copied_but_not_saved(office: Office) -> None:
    answer = person(office).post(url("hours", office.code), HOURS | {"copy": "1"})
    form = answer.context["form"]
    assert [form.data[f"closes_{day}"] for day in range(7) if f"closes_{day}" in form.data] == [
        *["1600"] * 5,
        "",
        "",
    ]
    assert queries.week_hours(office) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_0": "pagi"},
        {"opens_0": ""},
        {"closes_0": "7"},
        {"break_ends_0": ""},
        {"break_starts_0": "17"},
    ],
)
def test_wrong_hours_are_told_and_stay_as_typed(office: Office, wrong: dict) -> None:
    answer = person(office).post(url("hours", office.code), HOURS | wrong)
    rows = list(answer.context["form"].rows())
    assert rows[0].errors
    assert not any(row.errors for row in rows[1:])
    assert queries.week_hours(office) == {}


def test_the_first_set_up_from_sign_in_to_dashboard(office: Office) -> None:
    client = person(office)
    home = reverse("wagtailadmin_home")

    def go(step: str, data: dict, where: str = "next") -> str:
        return client.post(url("setup_step", office.code, step), data | {"go": where}).url

    def at(step: str) -> str:
        return url("setup_step", office.code, step)

    assert client.get(home).url == url("setup", office.code)
    assert client.get(url("setup", office.code)).url == at("nama")
    assert go("nama", {"short_name": "KPU Semarang"}) == at("alamat")
    half = {"address": "Jalan Pemuda", "position": "di mana"}
    assert go("alamat", half, "back") == at("nama")
    shown = client.get(at("alamat"))
    assert shown.context["form"]["position"].value() == "di mana"
    assert shown.context["number"] == 2
    assert go("alamat", {"address": "Jalan Pemuda", "position": ""}) == at("jam")
    assert client.get(url("setup", office.code)).url == at("jam")  # resumes here
    copied = client.post(at("jam"), HOURS | {"go": "copy"})
    assert copied.context["hours"].data["closes_4"] == "1600"
    assert go("jam", HOURS) == at("tampilan")
    assert go("tampilan", {"accent": "#1D4F8C"}) == at("kontak")
    assert go("kontak", {"email": "", **ACCOUNTS}) == at("rekan")
    assert go("rekan", {}) == at("tampilan")  # a way to be reached is still missing
    office.refresh_from_db()
    assert not office.is_ready
    assert go("kontak", {"email": "kota@contoh.go.id", **ACCOUNTS}) == at("rekan")
    assert go("rekan", {}) == home
    office.refresh_from_db()
    assert office.is_ready
    assert (office.short_name, office.accent) == ("KPU Semarang", "#1D4F8C")
    assert client.get(home).status_code == 200


def test_an_unsaved_step_is_not_lost_at_the_end(office: Office) -> None:
    client = person(office)
    office.address, office.email = "Jalan Pemuda", "kota@contoh.go.id"
    office.save()
    client.post(url("setup_step", office.code, "jam"), HOURS | {"go": "next"})
    bad = {"accent": "#FFD000", "go": "back"}
    client.post(url("setup_step", office.code, "tampilan"), bad)
    answer = client.post(url("setup_step", office.code, "rekan"), {"go": "next"})
    assert answer.url == url("setup_step", office.code, "tampilan")
    assert not Office.objects.get(pk=office.pk).is_ready


def test_only_the_administrator_of_the_one_office_is_led_there(
    office: Office, elsewhere: Office, ri: Office
) -> None:
    assert office_to_set_up(person(office).user) == office
    assert office_to_set_up(person(office, "editor").user) is None
    assert office_to_set_up(person(ri).user) is None
    assert office_to_set_up(person(None, is_superuser=True).user) is None  # several offices here
    both = person(office)
    RoleAssignment.objects.create(
        user=both.user,
        office=elsewhere,
        role="admin_kantor",
        decree="1",
        starts_on=dt.date(2020, 1, 1),
    )
    assert office_to_set_up(both.user) is None
    assert url("office", office.code) in both.get(url("own_office")).content.decode()
    office.is_ready = True
    office.save()
    assert office_to_set_up(person(office).user) is None


def test_there_are_no_other_steps(office: Office) -> None:
    assert person(office).get(url("setup_step", office.code, "lain")).status_code == 404


def test_screens_ask_the_database_few_times(office: Office, django_assert_max_num_queries) -> None:
    client = person(office)
    for name in ("office", "hours"):
        client.get(url(name, office.code))
        with django_assert_max_num_queries(40):  # about thirty of them are Wagtail's own frame
            client.get(url(name, office.code))
