"""Providers that send mail by an interface of their own, through django-anymail.

Standard library only: the supervisor reads the configuration too.
"""

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

# Providers of django-anymail whose requests need nothing but a key, and what else they are told.
MAIL_PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "mailgun+eu": "MAILGUN_API_KEY",
    "mailjet": "MAILJET_API_KEY",
    "mailtrap": "MAILTRAP_API_TOKEN",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}


def check_provider(parts: SplitResult) -> None:
    """Whether a provider's address names all that it needs."""
    key, at, host = parts.netloc.rpartition("@")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("tidak boleh memuat apa pun sesudah kunci; / dalam kunci ditulis %2F")
    if parts.scheme.startswith("mailgun"):
        if not key or not host:
            raise ValueError("harus berbentuk mailgun://KUNCI@DOMAIN")
    elif parts.scheme == "mailjet":
        if not all(key.partition(":")[::2]) or host:
            raise ValueError("harus berbentuk mailjet://KUNCI:RAHASIA@")
    elif at or not parts.netloc:
        raise ValueError(f"harus berbentuk {parts.scheme}://KUNCI")


def provider_settings(parts: SplitResult) -> dict[str, Any]:
    """Settings of django-anymail. Timeout in seconds."""
    provider = parts.scheme.partition("+")[0]
    key, _, host = parts.netloc.rpartition("@")
    first, _, second = (key or host).partition(":")
    anymail = {MAIL_PROVIDERS[parts.scheme]: unquote(first), "REQUESTS_TIMEOUT": 15}
    if provider == "mailgun":
        anymail["MAILGUN_SENDER_DOMAIN"] = host
        if parts.scheme == "mailgun+eu":
            anymail["MAILGUN_API_URL"] = "https://api.eu.mailgun.net/v3"
    if provider == "mailjet":
        anymail["MAILJET_SECRET_KEY"] = unquote(second)
    return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend", "ANYMAIL": anymail}


def hide_key(parts: SplitResult) -> str:
    """The address with its key replaced by dots, for people to read."""
    at, host = parts.netloc.rpartition("@")[1:]
    return f"{parts.scheme}://•••{at}{host if at else ''}"


def email_settings(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for a value of ZONA_EMAIL_URL. Timeout in seconds."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in MAIL_PROVIDERS:
        return provider_settings(parts)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 15,
    }
