"""Services that a person posts to by hand: what they take, and why no program does it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from .base import Label
from .limits import Limits, graphemes, utf16, x_weight


@dataclass(frozen=True)
class Assisted:
    """`reason`: one sentence for the screen. `share_url`: opens the service with {text}, {link}."""

    label: Label
    limits: Limits
    reason: Label
    share_url: str = ""


ASSISTED: dict[str, Assisted] = {
    "whatsapp": Assisted(
        gettext_lazy("WhatsApp groups and channels"),
        Limits(
            text=1000,  # more is hidden behind "read more", and addresses of wa.me grow too long
            count=graphemes,
            images=1,
            image_bytes=5_000_000,
            image_form="1200x630",
            link="in_text",
            can_edit=False,
            can_delete=False,
            source="https://developers.facebook.com/documentation/business-messaging/whatsapp"
            "/groups (Nov 2026)",
        ),
        gettext_lazy(
            "WhatsApp has no official interface for existing groups and for channels;"
            " unofficial ones get numbers blocked."
        ),
        "https://wa.me/?text={text}",
    ),
    "x": Assisted(
        "X",
        Limits(
            text=280,
            count=x_weight,
            images=4,
            image_bytes=5_000_000,
            image_form="1200x630",
            link="in_text",
            can_edit=False,
            can_delete=False,
            source="https://docs.x.com/x-api/getting-started/pricing (Nov 2026)",
        ),
        gettext_lazy(
            "X asks US$0.200 for every post with a link (US$0.015 without) that a program makes."
        ),
        "https://x.com/intent/post?text={text}",
    ),
    "tiktok": Assisted(
        "TikTok",
        Limits(
            text=2200,
            count=utf16,
            images=35,
            image_bytes=20_000_000,
            image_form="1080x1920",
            link="bio",
            can_edit=False,
            can_delete=False,
            source="https://developers.tiktok.com/doc/content-sharing-guidelines (Nov 2026)",
            needs_picture=True,
        ),
        gettext_lazy(
            "TikTok shows what a program posts to nobody until it has audited that program."
        ),
        "https://www.tiktok.com/upload",
    ),
    "youtube": Assisted(
        "YouTube",
        Limits(
            text=5000,
            count=lambda text: len(text.encode()),
            images=0,
            image_bytes=2_000_000,
            image_form="1200x630",
            link="in_text",
            can_edit=False,
            can_delete=False,
            source="https://developers.google.com/youtube/v3/docs/videos (Nov 2026)",
        ),
        gettext_lazy(
            "YouTube locks videos that a program uploads as private until it has audited it."
        ),
        "https://studio.youtube.com/",
    ),
}
