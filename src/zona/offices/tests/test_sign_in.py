import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.ground.journal.models import Entry
from zona.offices.actions.sign_in import make_login_link
from zona.offices.models import LoginLink, Office, Role, User
from zona.testing import PASSWORD, make_office, make_person, make_superuser

pytestmark = pytest.mark.django_db
LOGIN, HOME = "/akun/login/", "/kantor/"
SECRET = "JBSWY3DPEHPK3PXP"


def try_password(client, email, password=PASSWORD, **options):
    return client.post(LOGIN, {"login": email, "password": password}, **options)


def who(client):
    return client.session.get("_auth_user_id")


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


# --- password -----------------------------------------------------------------------------


def test_a_person_signs_in_and_comes_to_work(client, editor):
    answer = try_password(client, "Editor@KPU.test")
    assert answer.url == HOME
    assert who(client) == str(editor.pk)


def test_the_sixth_try_is_refused_even_with_the_right_password(client, editor):
    for _ in range(5):
        assert "tidak benar" in try_password(client, "editor@kpu.test", "salah").content.decode()
    for host in ("testserver", "localhost"):
        answer = try_password(client, "editor@kpu.test", headers={"host": host})
        assert answer.status_code == 200
        assert "Terlalu banyak" in answer.content.decode()
    assert who(client) is None


def test_other_accounts_stay_open_meanwhile(client, editor, office):
    make_person("lain@kpu.test", Role.EDITOR, office=office)
    for _ in range(6):
        try_password(client, "editor@kpu.test", "salah")
    assert try_password(client, "lain@kpu.test").url == HOME


def test_an_address_that_tries_many_accounts_is_refused(client, editor):
    for number in range(20):
        try_password(client, f"orang{number}@kpu.test", "salah")
    assert try_password(client, "editor@kpu.test").status_code == 200
    assert who(client) is None
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert try_password(elsewhere, "editor@kpu.test").url == HOME


def test_a_flood_of_tries_gets_the_page_that_says_so(client):
    for _ in range(30):
        answer = try_password(client, "", "")
    assert try_password(client, "", "").status_code == 429
    assert answer.status_code == 200


def test_a_closed_account_does_not_open(client, editor):
    User.objects.update(is_active=False)
    try_password(client, "editor@kpu.test", follow=True)
    assert who(client) is None


@pytest.mark.parametrize(
    "password",
    ["KabupatenMagelang2026", "editor@kpu.test1", "pemilu2024!", "1234567890", "rahasiasaya"],
)
def test_guessable_passwords_are_refused(client, editor, password):
    client.force_login(editor)
    answer = client.post(
        "/akun/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert answer.status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_changing_the_password_tells_the_person_and_ends_other_sessions(client, editor):
    other = Client()
    try_password(other, editor.email)
    try_password(client, editor.email)
    new = "kucing-atap-hujan-sepeda"
    answer = client.post(
        "/akun/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert [letter.to for letter in mail.outbox] == [["editor@kpu.test"]]
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").url.startswith(LOGIN)


def test_a_forgotten_password_is_replaced_by_letter(client, editor):
    client.post("/akun/password/reset/", {"email": "editor@kpu.test"})
    link = re.search(r"http://\S+(/akun/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "kucing-atap-hujan-sepeda"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    editor.refresh_from_db()
    assert editor.check_password(new)


def test_a_stranger_learns_nothing_from_the_reset(client, editor):
    known = client.post("/akun/password/reset/", {"email": "editor@kpu.test"}, follow=True)
    unknown = client.post("/akun/password/reset/", {"email": "siapa@kpu.test"}, follow=True)
    assert known.request["PATH_INFO"] == unknown.request["PATH_INFO"]
    assert len(mail.outbox) == 1


# --- no second way in, no registration ----------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/kantor/login/", "/_util/login/", "/kantor/password_reset/", "/kantor/password_reset/done/",
     "/kantor/password_reset/confirm/a/b/", "/akun/signup/", "/akun/email/", "/akun/confirm-email/",
     "/akun/login/code/confirm/", "/kantor/account/"],
)  # fmt: skip
def test_other_ways_in_lead_to_the_one_door(client, address):
    for ask in (client.get, client.post):
        answer = ask(address, {"username": "x", "password": "y"})
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer.url.startswith("/akun/")


def test_the_password_alone_opens_no_other_door(client, office):
    admin = make_superuser()
    for address in ("/kantor/login/", "/_util/login/"):
        client.post(address, {"username": admin.email, "password": PASSWORD, "login": admin.email})
        assert who(client) is None


def test_nobody_registers(client):
    client.post("/akun/signup/", {"email": "a@b.test", "password1": PASSWORD})
    assert not User.objects.exists()


# --- second key ---------------------------------------------------------------------------


def test_an_administrator_sets_up_a_second_key_first(client, admin):
    try_password(client, admin.email)
    assert client.get(HOME).url == "/akun/2fa/"
    assert client.get("/kantor/orang/33.08/").url == "/akun/2fa/"


def test_the_first_set_up_of_a_new_office_comes_before_the_second_key(client, admin, office):
    Office.objects.filter(pk=office.pk).update(is_ready=False, is_open=True)
    try_password(client, admin.email)
    assert client.get(HOME).url == "/kantor/persiapan/33.08/"
    assert client.get("/kantor/persiapan/33.08/nama/").status_code == 200
    assert client.get("/kantor/profil-kantor/33.08/").url == "/akun/2fa/"


def test_a_superuser_too(client, office):
    make_superuser()
    try_password(client, "utama@kpu.test")
    assert client.get(HOME).url == "/akun/2fa/"


def test_an_editor_need_not(client, editor):
    try_password(client, editor.email)
    assert client.get("/kantor/orang/33.08/").status_code == 200


def test_setting_up_the_app_opens_the_back_office(client, admin):
    try_password(client, admin.email)
    page = client.get("/akun/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/akun/2fa/totp/activate/", {"code": code_now(secret)}, follow=True)
    assert "Kode pemulihan" in answer.content.decode()
    assert client.get("/kantor/orang/33.08/").status_code == 200
    stored = Authenticator.objects.get(user=admin, type="totp").data["secret"]
    assert secret not in stored
    assert (
        len(Authenticator.objects.get(user=admin, type="recovery_codes").wrap().get_unused_codes())
        == 10
    )


def test_losing_the_second_key_is_told_by_letter_and_closes_the_back_office(client, guarded):
    try_password(client, guarded.email)
    client.post("/akun/2fa/authenticate/", {"code": code_now()})
    client.post("/akun/2fa/totp/deactivate/")
    assert [letter.to for letter in mail.outbox] == [["admin@kpu.test"]]
    assert client.get(HOME).url == "/akun/2fa/"


@pytest.fixture
def guarded(admin):
    TOTP.activate(admin, SECRET)
    RecoveryCodes.activate(admin)
    return admin


def test_the_password_alone_is_not_enough(client, guarded):
    assert try_password(client, guarded.email).url == "/akun/2fa/authenticate/"
    assert client.get(HOME).url.startswith(LOGIN)
    client.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert who(client) is None
    assert client.post("/akun/2fa/authenticate/", {"code": code_now()}).url == HOME
    assert who(client) == str(guarded.pk)


def test_a_recovery_code_opens_once(client, guarded):
    codes = Authenticator.objects.get(user=guarded, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    try_password(client, guarded.email)
    client.post("/akun/2fa/authenticate/", {"code": code})
    assert who(client) == str(guarded.pk)
    again = Client()
    try_password(again, guarded.email)
    again.post("/akun/2fa/authenticate/", {"code": code})
    assert who(again) is None


def test_passkeys_are_offered_without_inline_script(client, editor):
    try_password(client, editor.email)
    for address in ("/akun/2fa/webauthn/add/", LOGIN):
        page = (client if "webauthn" in address else Client()).get(address)
        policy = page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        for script in re.findall(r"<script([^>]*)>", page.content.decode()):
            assert "src=" in script or 'type="application/json"' in script
        assert not re.search(r"\son\w+=|style=", page.content.decode())


def test_a_link_asks_for_the_second_key_too(client, guarded):
    token = make_login_link(actor="uji", person=guarded)
    assert client.post(reverse("login_link", args=[token])).url == "/akun/2fa/authenticate/"


# --- one-time link ------------------------------------------------------------------------


def test_a_link_signs_in_once(client, editor):
    address = reverse("login_link", args=[make_login_link(actor="uji", person=editor)])
    assert client.get(address).status_code == 200  # looking at it spends nothing
    assert who(client) is None
    assert client.post(address).url == HOME
    assert who(client) == str(editor.pk)
    again = Client()
    assert again.get(address).status_code == 410
    assert again.post(address).status_code == 410
    assert who(again) is None
    assert "offices.login_link_used" in Entry.objects.values_list("verb", flat=True)


def test_a_link_grows_old(client, editor):
    address = reverse("login_link", args=[make_login_link(actor="uji", person=editor)])
    LoginLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.post(address).status_code == 410


def test_a_new_link_ends_the_one_before(client, editor):
    old = make_login_link(actor="uji", person=editor)
    make_login_link(actor="uji", person=editor)
    assert client.post(reverse("login_link", args=[old])).status_code == 410


def test_the_link_is_kept_as_a_hash_only(editor):
    token = make_login_link(actor="uji", person=editor)
    assert token not in str(list(LoginLink.objects.values()))
    assert LoginLink.objects.get().expires_at <= timezone.now() + dt.timedelta(minutes=15)


def test_the_administrator_of_the_demo_may_postpone_after_a_link(client, admin, office):
    Office.objects.filter(pk=office.pk).update(is_demo=True, is_open=True)
    client.post(reverse("login_link", args=[make_login_link(actor="uji", person=admin)]))
    assert client.get("/kantor/orang/33.08/").status_code == 200
    by_password = Client()
    try_password(by_password, admin.email)
    assert by_password.get(HOME).url == "/akun/2fa/"
    Office.objects.filter(pk=office.pk).update(is_demo=False)
    assert client.get(HOME).url == "/akun/2fa/"


def test_a_superuser_may_postpone_only_while_all_is_demo(client, office):
    person = make_superuser()
    Office.objects.filter(pk=office.pk).update(is_demo=True, is_open=True)
    client.post(reverse("login_link", args=[make_login_link(actor="uji", person=person)]))
    assert client.get("/kantor/orang/33.08/").status_code == 200
    make_office("33.74", is_open=True)
    assert client.get(HOME).url == "/akun/2fa/"


def test_the_command_prints_a_link_for_the_administrator(client, admin, capsys):
    call_command("login_link")
    token = re.search(r"/akun/tautan/(\S+)/", capsys.readouterr().out)[1]
    client.post(reverse("login_link", args=[token]))
    assert who(client) == str(admin.pk)
    with pytest.raises(CommandError, match="siapa"):
        call_command("login_link", "siapa@kpu.test")


def test_the_command_helps_who_lost_the_second_key(guarded, capsys):
    call_command("login_link", guarded.email, "--reset-second-factor")
    assert not Authenticator.objects.filter(user=guarded).exists()
    assert "offices.second_factor_reset" in Entry.objects.values_list("verb", flat=True)


# --- sessions and cookies -----------------------------------------------------------------


def test_other_devices_are_listed_and_signed_out(client, editor):
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Android 14) Firefox/130.0"})
    for device in (phone, client):
        try_password(device, editor.email)
        device.get("/akun/")
    page = client.get("/akun/sessions/").content.decode()
    assert "Firefox, Android" in page
    client.post("/akun/sessions/")
    assert UserSession.objects.filter(user=editor).count() == 1
    assert phone.get("/akun/").url.startswith(LOGIN)
    assert client.get("/akun/").status_code == 200


def test_a_person_without_a_role_is_told_so_and_can_leave(client):
    make_person("baru@kpu.test")
    try_password(client, "baru@kpu.test")
    answer = client.get(HOME)
    assert answer.status_code == 403
    assert "baru@kpu.test" in answer.content.decode()
    client.post("/akun/logout/")
    assert who(client) is None
