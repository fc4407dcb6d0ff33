"""Configuration: environment variables only, each declared once, here.

The declarations in `VARIABLES` are read by `read` (values), `zona config` (what is in force) and
`render_markdown` (docs/configuration.md). Standard library only: the supervisor imports this.
"""

import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from .mail_providers import MAIL_PROVIDERS, hide_key
from .parsers import (
    integer,
    parse_base_url,
    parse_boolean,
    parse_channel_bases,
    parse_database_url,
    parse_email_url,
    parse_hosts,
    parse_log_level,
    parse_passphrase,
    parse_path,
    parse_search_url,
    parse_secret_key,
    parse_secret_keys,
    parse_text,
)

REPOSITORY = Path(__file__).resolve().parents[3]
PREFIX = "ZONA_"


class ConfigurationError(Exception):
    """The environment cannot be used; the Indonesian message names variable, fault and example."""


@dataclass(frozen=True)
class Environment:
    """Every setting of one installation, parsed. Field names are those of `VARIABLES`."""

    data: Path
    host: str
    port: int
    workers: int
    threads: int
    page_memory: int  # megabytes in each web process
    base_url: str
    allowed_hosts: tuple[str, ...]
    debug: bool
    secret_key: str | None = field(repr=False)  # None: kept in <data>/secret.key
    old_secret_keys: tuple[str, ...] = field(repr=False)  # the newest first
    database_url: str = field(repr=False)
    email_url: str = field(repr=False)
    email_from: str
    channel_bases: dict[str, str]  # addresses in place of the real services, by kind of channel
    trusted_proxies: int
    max_recording: int  # MB
    whisper_model: Path | None
    collective_leave: bool
    log_level: str
    search_url: str | None = field(repr=False)  # None: the database searches
    chromium: Path | None
    shared: Path
    python: str | None
    backup_dir: Path | None  # None: nothing is backed up by the clock
    backup_passphrase: str | None = field(repr=False)


# --- defaults that follow from what was read before them ---

Values = Mapping[str, Any]


def default_data(_: Values) -> Path:
    """`var` in the checkout; beside the current folder when Zona was installed as a package."""
    is_checkout = (REPOSITORY / "requirements" / "base.txt").is_file()
    return (REPOSITORY if is_checkout else Path.cwd()) / "var"


def reachable_host(host: str) -> str:
    """Where this machine itself reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def default_base_url(values: Values) -> str:
    """The address under which this machine itself reaches Zona."""
    host = reachable_host(values["host"])
    return f"http://{f'[{host}]' if ':' in host else host}:{values['port']}"


def default_allowed_hosts(values: Values) -> tuple[str, ...]:
    """This machine's own names and the host of the base address."""
    host = urlsplit(values["base_url"]).hostname or ""
    own = f"[{host}]" if ":" in host else host
    return tuple(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", own)))


def default_email_from(values: Values) -> str:
    """`zona@` the host of the base address."""
    host = urlsplit(values["base_url"]).hostname or "localhost"
    return f"zona@{'localhost' if host[-1].isdigit() or ':' in host else host}"


def fixed(value: object) -> Callable[[Values], Any]:
    """A default that depends on nothing."""
    return lambda _: value


@dataclass(frozen=True)
class Variable:
    """One environment variable: how it is read, what holds without it, and what it is for."""

    name: str
    field: str
    parse: Callable[[str], Any]
    default: Callable[[Values], Any]
    default_text: str  # as the English table shows it
    example: str
    indonesian: str
    english: str
    secret: bool = False


# In the order of reading: a default may use the values above it.
VARIABLES: tuple[Variable, ...] = (
    Variable(
        "ZONA_DATA", "data", parse_path, default_data, "`var` in the repository, else `./var`",
        "/srv/zona",
        "Folder data: basis data, media, berkas pribadi, kunci rahasia.",
        "Data folder: database, media, private files, secret key. Back this up.",
    ),
    Variable(
        "ZONA_HOST", "host", parse_text, fixed("127.0.0.1"), "`127.0.0.1`", "0.0.0.0",  # noqa: S104
        "Alamat jaringan tempat Zona mendengarkan; 0.0.0.0 berarti semua.",
        "Network address to listen on; `0.0.0.0` means all.",
    ),
    Variable(
        "ZONA_PORT", "port", integer(1, 65535), fixed(8000), "`8000`", "8080",
        "Porta tempat Zona mendengarkan.",
        "Port to listen on.",
    ),
    Variable(
        "ZONA_WORKERS", "workers", integer(1, 64), fixed(1), "`1`", "2",
        "Banyaknya proses web; satu untuk setiap inti prosesor sudah cukup.",
        "Number of web processes; one a processor core is enough.",
    ),
    Variable(
        "ZONA_THREADS", "threads", integer(1, 64), fixed(4), "`4`", "8",
        "Banyaknya utas pada setiap proses web.",
        "Threads in each web process.",
    ),
    Variable(
        "ZONA_PAGE_MEMORY", "page_memory", integer(0, 4096), fixed(48), "`48`", "128",
        "Memori (MB) setiap proses web untuk halaman siap kirim; 0 mematikannya.",
        "Memory (MB) in each web process for pages that are ready to be sent; `0` turns it off.",
    ),
    Variable(
        "ZONA_BASE_URL", "base_url", parse_base_url, default_base_url,
        "`http://` with host and port", "https://zit.kpu-contoh.go.id",
        "Alamat publik situs, dipakai dalam surel dan umpan; https:// menyalakan kuki aman.",
        "Public address of the site, used in e-mails and feeds; `https://`: secure cookies.",
    ),
    Variable(
        "ZONA_ALLOWED_HOSTS", "allowed_hosts", parse_hosts, default_allowed_hosts,
        "this machine and the host of `ZONA_BASE_URL`", "zit.kpu-contoh.go.id,www.kpu-contoh.go.id",
        "Nama host yang dilayani, dipisahkan koma.",
        "Host names that are served, separated by commas.",
    ),
    Variable(
        "ZONA_DEBUG", "debug", parse_boolean, fixed(False), "`tidak`", "ya",
        "Modus pengembang; jangan dinyalakan pada situs yang dibuka umum.",
        "Developer mode (`ya`/`tidak`); never on a site open to the public.",
    ),
    Variable(
        "ZONA_SECRET_KEY", "secret_key", parse_secret_key, fixed(None),
        "`secret.key` in the data folder, made on first start", "(50 tanda acak)",
        "Kunci rahasia penandatanganan; perlu sama pada semua mesin.",
        "Key for signing; must be the same on all machines of one installation.",
        secret=True,
    ),
    Variable(
        "ZONA_OLD_SECRET_KEYS", "old_secret_keys", parse_secret_keys, fixed(()),
        "the key was never changed", "kunci-terdahulu-dari-lima-puluh-tanda-acak",
        "Kunci rahasia terdahulu, dipisahkan spasi; masih membuka apa yang pernah dikuncinya.",
        "Earlier secret keys, the newest first, separated by spaces: they go on opening what they"
        " sealed and signed, after `ZONA_SECRET_KEY` (or `secret.key`) became another.",
        secret=True,
    ),
    Variable(
        "DATABASE_URL", "database_url", parse_database_url,
        lambda values: f"sqlite:///{quote(str(values['data'] / 'zona.sqlite3'))}",
        "SQLite, `zona.sqlite3` in the data folder", "postgres://zona:sandi@localhost/zona",
        "Basis data.",
        "Database: `postgres://user:password@host/name` or `sqlite:///path`.",
        secret=True,
    ),
    Variable(
        "ZONA_EMAIL_URL", "email_url", parse_email_url,
        lambda values: f"file://{quote(str(values['data'] / 'mail'))}",
        "e-mails become files in `mail` in the data folder",
        "smtp+tls://nama:sandi@surel.go.id:587",
        "Cara mengirim surel.",
        "How e-mail leaves: `smtp://`, `smtp+tls://` (STARTTLS), `smtps://`, `file:///folder`,"
        " `console:`, or a provider: `brevo://KEY`, `mailersend://KEY`, `mailgun://KEY@DOMAIN`,"
        " `mailgun+eu://KEY@DOMAIN`, `mailjet://KEY:SECRET@`, `mailtrap://KEY`, `postmark://TOKEN`,"
        " `resend://KEY`, `sparkpost://KEY`; names, passwords and keys"
        " percent-encoded.",
        secret=True,
    ),
    Variable(
        "ZONA_EMAIL_FROM", "email_from", parse_text, default_email_from,
        "`zona@` the host of `ZONA_BASE_URL`", "zona@kpu-contoh.go.id",
        "Alamat pengirim surel.",
        "Sender of e-mails.",
    ),
    Variable(
        "ZONA_CHANNEL_BASES", "channel_bases", parse_channel_bases, lambda _: {},
        "the services themselves", "telegram=http://127.0.0.1:9000",
        "Alamat pengganti layanan kanal, untuk uji atau perantara; dipisahkan koma.",
        "Addresses in place of the real services of channels, for tests and proxies, separated by"
        " commas; see [channels.md](channels.md).",
    ),
    Variable(
        "ZONA_TRUSTED_PROXIES", "trusted_proxies", integer(0, 9), fixed(0), "`0`", "1",
        "Banyaknya perantara (proxy) tepercaya di depan Zona.",
        "Number of trusted proxies in front; so many entries of `X-Forwarded-For` are believed.",
    ),
    Variable(
        "ZONA_MAX_RECORDING", "max_recording", integer(1, 100_000), fixed(2048), "`2048`", "4096",
        "Ukuran terbesar rekaman yang diunggah, dalam megabita.",
        "Largest recording that may be uploaded, in megabytes.",
    ),
    Variable(
        "ZONA_WHISPER_MODEL", "whisper_model", parse_path, fixed(None),
        "no drafts of transcripts are made", "/srv/whisper/small",
        "Folder model faster-whisper untuk membuat rancangan transkrip.",
        "Folder of a faster-whisper model, for drafts of transcripts; see"
        " [recordings.md](recordings.md).",
    ),
    Variable(
        "ZONA_COLLECTIVE_LEAVE", "collective_leave", parse_boolean, fixed(True), "`ya`", "tidak",
        "Apakah cuti bersama dihitung sebagai hari libur.",
        "Whether collective leave (cuti bersama) counts as holiday (`ya`/`tidak`).",
    ),
    Variable(
        "ZONA_LOG_LEVEL", "log_level", parse_log_level, fixed("INFO"), "`INFO`", "DEBUG",
        "Banyaknya catatan: DEBUG, INFO, WARNING atau ERROR.",
        "How much is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`.",
    ),
    Variable(
        "ZONA_SEARCH_URL", "search_url", parse_search_url, fixed(None), "the database searches",
        "https://zona:sandi@cari.kpu-contoh.go.id:9200",
        "Server OpenSearch untuk pencarian; tanpa ini basis data yang mencari.",
        "OpenSearch 2 or 3 for the public search; while it is down the database answers.",
        secret=True,
    ),
    Variable(
        "ZONA_CHROMIUM", "chromium", parse_path, fixed(None), "searched on `PATH`",
        "/usr/bin/chromium",
        "Peramban Chromium untuk uji ujung ke ujung.",
        "Chromium for the end-to-end tests.",
    ),
    Variable(
        "ZONA_SHARED", "shared", parse_path, fixed(REPOSITORY.parent / "shared"),
        "`shared` beside the repository", "/srv/zona-data",
        "Folder data nyata untuk uji.",
        "Folder with the real data that some tests read; they say so when it is absent.",
    ),
    Variable(
        "ZONA_PYTHON", "python", parse_text, fixed(None), "first Python >= 3.11 on `PATH`",
        "/usr/bin/python3.12",
        "Python yang dipakai ./zona untuk membuat lingkungannya.",
        "Python with which `./zona` makes its environment.",
    ),
    Variable(
        "ZONA_BACKUP_DIR", "backup_dir", parse_path, fixed(None), "none daily", "/mnt/cadangan",
        "Folder untuk cadangan harian; 7 harian, 4 mingguan, 12 bulanan disimpan.",
        "Folder of daily backups, on another disk; see [backup.md](backup.md).",
    ),
    Variable(
        "ZONA_BACKUP_PASSPHRASE", "backup_passphrase", parse_passphrase, fixed(None),
        "keys lie in backups as they are, mode 0600", "(kalimat panjang yang Anda ingat)",
        "Frasa sandi yang menyegel kunci dalam cadangan; tanpa ini kunci tidak disegel.",
        "Passphrase that seals the keys in backups, 12 characters or more. Keep it elsewhere.",
        secret=True,
    ),
)  # fmt: skip


def read(environ: Mapping[str, str]) -> Environment:
    """Parse `environ`; an empty value counts as not set.

    Raises ConfigurationError that lists every unknown `ZONA_*` name and every bad value.
    """
    problems = [describe_unknown(name) for name in sorted(find_unknown(environ))]
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environ.get(variable.name, "").strip()
        try:
            value = variable.parse(text) if text else variable.default(values)
        except ValueError as error:
            shown = "nilainya" if variable.secret else f'"{text}"'
            problems.append(
                f"{variable.name}: {shown} tidak dapat dipakai, {error}."
                f" Contoh: {variable.name}={variable.example}"
            )
            value = variable.default(values)
        values[variable.field] = value
    if problems:
        raise ConfigurationError("\n".join(problems))
    return Environment(**values)


def find_unknown(environ: Mapping[str, str]) -> set[str]:
    """Names that start with `ZONA_` and are not declared."""
    known = {variable.name for variable in VARIABLES}
    return {name for name in environ if name.startswith(PREFIX)} - known


def describe_unknown(name: str) -> str:
    """One Indonesian sentence about an undeclared name, with the nearest declared one."""
    declared = {v.name.removeprefix(PREFIX): v.name for v in VARIABLES}
    near = difflib.get_close_matches(name.removeprefix(PREFIX).upper(), declared, n=1)
    advice = f"Mungkin maksud Anda {declared[near[0]]}?" if near else "Lihat: zona config."
    return f"{name}: nama ini tidak dikenal. {advice}"


def load_secret_key(environment: Environment) -> str:
    """The configured key, or that of <data>/secret.key, made (mode 0600) on first use.

    Two processes that start at once agree: the file appears whole, by link, or not at all.
    """
    if environment.secret_key:
        return environment.secret_key
    path = environment.data / "secret.key"
    if not path.exists():
        environment.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"secret.key.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key holds
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if len(key) < 32:
        raise ConfigurationError(
            f"{path} rusak (kosong atau terpotong). Pulihkan dari cadangan, atau hapus berkas itu;"
            " semua orang lalu perlu masuk lagi."
        )
    return key


def hide_password(url: str) -> str:
    """The URL with its password or key replaced by dots, for people to read."""
    parts = urlsplit(url)
    if parts.scheme in MAIL_PROVIDERS:
        return hide_key(parts)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":•••@", 1)


def render_values(environment: Environment, environ: Mapping[str, str]) -> str:
    """What is in force, one variable a line, without secrets; `*` marks what was set."""
    lines = []
    for variable in VARIABLES:
        value = getattr(environment, variable.field)
        if value is None:
            shown = "-"
        elif "secret_key" in variable.field:
            shown = "•••" if value else "-"
        elif isinstance(value, bool):
            shown = "ya" if value else "tidak"
        elif isinstance(value, tuple):
            shown = ",".join(value)
        elif isinstance(value, dict):
            shown = ",".join(f"{name}={address}" for name, address in value.items()) or "-"
        else:
            shown = hide_password(str(value)) if variable.secret else str(value)
        mark = "*" if environ.get(variable.name, "").strip() else " "
        lines.append(f"{mark} {variable.name:<22} {shown}\n    {variable.indonesian}")
    return "\n".join(lines)


def render_markdown() -> str:
    """The table of docs/configuration.md (English)."""
    lines = ["| Variable | What it does | Without it | Example |", "|---|---|---|---|"]
    lines += [f"| `{v.name}` | {v.english} | {v.default_text} | `{v.example}` |" for v in VARIABLES]
    return "\n".join(lines)
