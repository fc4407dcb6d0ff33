"""How the text of an environment variable becomes a value.

Each parser raises ValueError with what is expected, in Indonesian. Standard library only.
"""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from .mail_providers import MAIL_PROVIDERS, SMTP_PORTS, check_provider

CHANNELS = (
    "telegram", "facebook", "instagram", "threads", "mastodon", "bluesky", "whatsapp_cloud",
)  # fmt: skip


def parse_text(text: str) -> str:
    """The text itself; only line breaks and other control characters are refused."""
    if not text.isprintable():
        raise ValueError("tidak boleh memuat ganti baris atau tanda kendali")
    return text


def parse_path(text: str) -> Path:
    """An absolute path; `~` is the home folder, a relative path starts where Zona was started."""
    return Path(os.path.abspath(Path(parse_text(text)).expanduser()))


def parse_passphrase(text: str) -> str:
    """At least 12 characters."""
    if len(parse_text(text)) < 12:
        raise ValueError("terlalu pendek, sedikitnya 12 tanda")
    return text


def parse_boolean(text: str) -> bool:
    """ya/tidak, yes/no, true/false, on/off or 1/0, in any case."""
    word = text.lower()
    if word in {"ya", "yes", "true", "on", "1"}:
        return True
    if word in {"tidak", "no", "false", "off", "0"}:
        return False
    raise ValueError("harus ya atau tidak")


def parse_hosts(text: str) -> tuple[str, ...]:
    """Host names separated by commas, without scheme, path or port."""
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    for host in hosts:
        is_ipv6 = host.startswith("[") and host.endswith("]")
        if "/" in host or (":" in host and not is_ipv6) or " " in host:
            raise ValueError(f'"{host}" bukan nama host (tanpa https://, tanpa porta, tanpa spasi)')
    return hosts


def split_url(text: str) -> SplitResult:
    """The parts of a URL, its port checked."""
    try:
        parts = urlsplit(parse_text(text))
        _ = parts.port
    except ValueError as error:
        raise ValueError("bukan alamat yang benar") from error
    return parts


def parse_base_url(text: str) -> str:
    """`http(s)://host[:port]` without path; a slash at the end is dropped."""
    parts = split_url(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("harus alamat lengkap yang dimulai dengan https:// atau http://")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("tidak boleh memuat apa pun sesudah nama host")
    return text.rstrip("/")


def parse_database_url(text: str) -> str:
    """`sqlite:///PATH`, `postgres://...` or `postgresql://...`."""
    parts = split_url(text)
    if parts.scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("harus dimulai dengan postgres://, postgresql:// atau sqlite:///")
    if not parts.path.strip("/"):
        raise ValueError("belum menyebut nama basis data")
    return text


def parse_email_url(text: str) -> str:
    """`smtp://`, `smtp+tls://` (STARTTLS), `smtps://`, `file:///FOLDER`, `console:`, or a provider:
    `brevo://KEY`, `mailgun://KEY@DOMAIN`, `mailjet://KEY:SECRET@`, … (MAIL_PROVIDERS)."""
    try:
        parts = urlsplit(parse_text(text))
    except ValueError as error:
        raise ValueError("bukan alamat yang benar") from error
    if parts.scheme in MAIL_PROVIDERS:
        check_provider(parts)
        return text
    parts = split_url(text)
    if parts.scheme in SMTP_PORTS:
        if not parts.hostname:
            raise ValueError("belum menyebut nama server surat")
    elif parts.scheme == "file":
        if not parts.path.strip("/"):
            raise ValueError("belum menyebut folder")
    elif parts.scheme != "console":
        raise ValueError(
            "harus dimulai dengan smtp://, smtp+tls://, smtps://, file:///, console: atau nama"
            f" penyedia ({', '.join(MAIL_PROVIDERS)})"
        )
    return text


def parse_channel_bases(text: str) -> dict[str, str]:
    """`KIND=http(s)://host[:port]`, separated by commas; kinds: CHANNELS."""
    bases = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        kind, _, address = entry.partition("=")
        if kind not in CHANNELS:
            raise ValueError(f'"{kind}" bukan kanal ({", ".join(CHANNELS)})')
        bases[kind] = parse_base_url(address)
    return bases


def parse_search_url(text: str) -> str:
    """`http(s)://[user:password@]host[:port][/prefix]` of an OpenSearch server."""
    parts = split_url(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("harus alamat OpenSearch yang dimulai dengan https:// atau http://")
    if parts.query or parts.fragment:
        raise ValueError("tidak boleh memuat ? atau #")
    return text.rstrip("/")


def parse_secret_key(text: str) -> str:
    """At least 32 characters."""
    if len(text) < 32:
        raise ValueError("terlalu pendek; sedikitnya 32 tanda")
    return parse_text(text)


def parse_secret_keys(text: str) -> tuple[str, ...]:
    """Keys between white space, each as a secret key."""
    return tuple(parse_secret_key(key) for key in text.split())


def parse_log_level(text: str) -> str:
    """A level of Python's logging, upper case."""
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("harus DEBUG, INFO, WARNING atau ERROR")
    return text.upper()


def integer(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers from `low` to `high`, both included."""

    def parse_integer(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"harus bilangan bulat {low} sampai {high}")
        return int(text)

    return parse_integer
