"""How every letter is made: one address, a subject of one line, text and HTML of one template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

LONGEST_SUBJECT = 200
Letter = EmailMultiAlternatives
File = tuple[str, bytes, str]  # name, content, type


def write(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    files: Sequence[File] = (),
    is_automatic: bool = True,
) -> Letter:
    """A letter to one address: what one refuses keeps nothing from another.

    `is_automatic`: nobody wrote it by hand, so that no machine answers it (RFC 3834).
    """
    automatic = {"Auto-Submitted": "auto-generated"} if is_automatic else {}
    letter = Letter(
        " ".join(subject.split())[:LONGEST_SUBJECT],
        text,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=automatic | dict(headers or {}),
    )
    if html:
        letter.attach_alternative(html, "text/html")
    for file in files:
        letter.attach(*file)
    return letter


def render(
    template: str, context: Mapping[str, Any], *, has_html: bool = True, **given: Any
) -> Letter:
    """As `write`, from `<template>.txt` and `<template>.html`."""
    html = render_to_string(f"{template}.html", dict(context)) if has_html else ""
    return write(text=render_to_string(f"{template}.txt", dict(context)), html=html, **given)
