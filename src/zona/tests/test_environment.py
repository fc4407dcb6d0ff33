"""Environment variables: what is read, what is refused, and what is written about them."""

import dataclasses
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.mail import get_connection
from django.test import override_settings

from zona.config import environment, mail_providers
from zona.config.environment import ConfigurationError, Environment, read
from zona.config.mail_providers import MAIL_PROVIDERS

CONFIGURATION_PAGE = environment.REPOSITORY / "docs" / "configuration.md"


def test_every_default_is_embedded() -> None:
    values = read({})
    assert values.data.name == "var"
    assert (values.host, values.port, values.workers) == ("127.0.0.1", 8000, 1)
    assert values.base_url == "http://127.0.0.1:8000"
    assert values.database_url.startswith("sqlite:///")
    assert values.email_url.startswith("file:///")
    assert values.collective_leave is True
    assert values.debug is False


def test_an_empty_value_counts_as_not_set() -> None:
    assert read({"ZONA_PORT": "", "ZONA_DEBUG": " "}) == read({})


def test_derived_defaults_follow_what_was_set() -> None:
    values = read({"ZONA_DATA": "/srv/a b", "ZONA_BASE_URL": "https://zit.kpu-contoh.go.id/"})
    assert values.database_url == "sqlite:////srv/a%20b/zona.sqlite3"
    assert values.base_url == "https://zit.kpu-contoh.go.id"
    assert "zit.kpu-contoh.go.id" in values.allowed_hosts
    assert values.email_from == "zona@zit.kpu-contoh.go.id"
    assert read({"ZONA_HOST": "0.0.0.0", "ZONA_PORT": "81"}).base_url == "http://127.0.0.1:81"
    assert read({"ZONA_HOST": "::1"}).base_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ZONA_DATAA", "ZONA_DATA"),
        ("ZONA_PROT", "ZONA_PORT"),
        ("ZONA_ALOWED_HOST", "ZONA_ALLOWED_HOSTS"),
        ("ZONA_DATABASE_URL", "DATABASE_URL"),
        ("ZONA_Port", "ZONA_PORT"),
    ],
)
def test_an_unknown_name_is_refused_with_a_suggestion(name: str, meant: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name}: .*maksud Anda {meant}\\?"):
        read({name: "x"})


def test_an_unknown_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(ConfigurationError, match=r"ZONA_QQQ: .*zona config"):
        read({"ZONA_QQQ": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZONA_PORT", "0"),
        ("ZONA_PORT", "65536"),
        ("ZONA_PORT", "-1"),
        ("ZONA_PORT", "٨٠"),
        ("ZONA_WORKERS", "two"),
        ("ZONA_DEBUG", "maybe"),
        ("ZONA_BASE_URL", "kpu.go.id"),
        ("ZONA_BASE_URL", "https://kpu.go.id/zona"),
        ("ZONA_BASE_URL", "https://[kpu"),
        ("ZONA_ALLOWED_HOSTS", "https://kpu.go.id"),
        ("ZONA_ALLOWED_HOSTS", "kpu.go.id:8000"),
        ("ZONA_EMAIL_URL", "smtp://surel:abc"),
        ("ZONA_EMAIL_URL", "smtp://"),
        ("ZONA_EMAIL_URL", "imap://surel"),
        ("ZONA_LOG_LEVEL", "LOUD"),
        ("ZONA_SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://a:b@c/d"),
        ("DATABASE_URL", "postgres://localhost"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_an_example(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}: .*Contoh: {name}=") as caught:
        read({name: value})
    assert len(str(caught.value).splitlines()) == 1


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read({"ZONA_PORT": "x", "ZONA_DEBUG": "x", "ZONA_FOO": "x"})
    assert len(str(caught.value).splitlines()) == 3


def test_secrets_do_not_show_anywhere() -> None:
    secrets = {
        "ZONA_SECRET_KEY": "hush-hush-hush-hush-hush-hush-hush",
        "DATABASE_URL": "postgres://zona:hush@localhost/zona",
        "ZONA_EMAIL_URL": "smtps://zona:hush@localhost",
    }
    providers = ("brevo://hush", "mailgun://hush@surel.go.id", "mailjet://hush:hush@")
    for url in (secrets["ZONA_EMAIL_URL"], *providers):
        values = read(secrets | {"ZONA_EMAIL_URL": url})
        assert "hush" not in repr(values)
        assert "hush" not in environment.render_values(values, secrets)
    with pytest.raises(ConfigurationError) as caught:
        read({"ZONA_SECRET_KEY": "hush", "DATABASE_URL": "mysql://zona:hush@h/d"})
    assert "hush" not in str(caught.value)


def test_every_example_can_be_read_and_every_variable_is_described() -> None:
    assert [v.field for v in environment.VARIABLES] == [
        f.name for f in dataclasses.fields(Environment)
    ]
    for variable in environment.VARIABLES:
        assert variable.indonesian.endswith(".")
        assert variable.english.endswith(".")
        if variable.name != "ZONA_SECRET_KEY":
            variable.parse(variable.example)


def test_the_documentation_holds_the_table() -> None:
    if not CONFIGURATION_PAGE.exists():
        pytest.fail("docs/configuration.md is missing: put `zona config --markdown` into it")
    assert environment.render_markdown() in CONFIGURATION_PAGE.read_text()


def test_the_secret_key_is_made_once_for_the_owner_only(tmp_path: Path) -> None:
    values = read({"ZONA_DATA": str(tmp_path / "data")})
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: environment.load_secret_key(values), range(16)))
    assert len(keys) == 1
    path = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["secret.key"]
    assert environment.load_secret_key(values) in keys


def test_a_cut_off_secret_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("abc")
    with pytest.raises(ConfigurationError, match=r"secret\.key rusak"):
        environment.load_secret_key(read({"ZONA_DATA": str(tmp_path)}))


def test_mail_settings_follow_the_address() -> None:
    settings = mail_providers.email_settings("smtp+tls://a%40b:c%2Fd@surel.go.id")
    assert settings["EMAIL_HOST"] == "surel.go.id"
    assert settings["EMAIL_PORT"] == 587
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["EMAIL_USE_SSL"] is False
    assert settings["EMAIL_HOST_USER"] == "a@b"
    assert settings["EMAIL_HOST_PASSWORD"] == "c/d"
    assert mail_providers.email_settings("smtps://h:4650")["EMAIL_PORT"] == 4650
    assert mail_providers.email_settings("file:///a%20b")["EMAIL_FILE_PATH"] == "/a b"
    assert mail_providers.email_settings("console:")["EMAIL_BACKEND"].endswith(
        "console.EmailBackend"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("brevo://xkeysib-AbC", {"BREVO_API_KEY": "xkeysib-AbC"}),
        ("postmark://a%2Fb%3Ac", {"POSTMARK_SERVER_TOKEN": "a/b:c"}),
        (
            "mailgun://K@surel.go.id",
            {"MAILGUN_API_KEY": "K", "MAILGUN_SENDER_DOMAIN": "surel.go.id"},
        ),
        ("mailjet://K:S@", {"MAILJET_API_KEY": "K", "MAILJET_SECRET_KEY": "S"}),
    ],
)
def test_mail_may_leave_through_a_provider(url: str, expected: dict[str, str]) -> None:
    assert read({"ZONA_EMAIL_URL": url}).email_url == url
    settings = mail_providers.email_settings(url)
    assert expected.items() <= settings["ANYMAIL"].items()


def test_every_provider_has_a_backend_that_its_settings_satisfy() -> None:
    for scheme in MAIL_PROVIDERS:
        key = {"mailjet": "K:S@", "mailgun": "K@d.id", "mailgun+eu": "K@d.id"}.get(scheme, "K")
        made = mail_providers.email_settings(f"{scheme}://{key}")
        with override_settings(ANYMAIL=made["ANYMAIL"]):
            backend = get_connection(made["EMAIL_BACKEND"])
        assert ("eu." in backend.api_url) is (scheme == "mailgun+eu")


@pytest.mark.parametrize(
    "url",
    ["brevo://", "brevo://K@x", "brevo://K/x", "mailgun://K", "mailgun://@x.id", "mailjet://K@",
     "mailjet://K:S@x", "amazon-ses://K", "postmark:K"],
)  # fmt: skip
def test_a_providers_address_that_lacks_something_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="ZONA_EMAIL_URL"):
        read({"ZONA_EMAIL_URL": url})


def test_channels_may_be_led_to_other_addresses() -> None:
    text = "telegram=http://127.0.0.1:9000/, bluesky=https://proksi.go.id"
    assert read({"ZONA_CHANNEL_BASES": text}).channel_bases == {
        "telegram": "http://127.0.0.1:9000",
        "bluesky": "https://proksi.go.id",
    }
    assert read({}).channel_bases == {}
    for wrong in ("telegram", "telegram=x", "fax=http://127.0.0.1", "telegram=http://h/path"):
        with pytest.raises(ConfigurationError, match="ZONA_CHANNEL_BASES"):
            read({"ZONA_CHANNEL_BASES": wrong})
