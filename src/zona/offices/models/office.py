"""The offices as a tree: KPU RI, the provinces, the regencies and cities."""

from __future__ import annotations

import zoneinfo

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    NATIONAL = "ri", _("KPU RI")
    PROVINCE = "provinsi", _("Province")
    REGENCY = "kabupaten", _("Regency")
    CITY = "kota", _("City")


class Zone(models.TextChoices):
    """The three time zones of Indonesia (Keppres 41/1987)."""

    WIB = "WIB", _("Western Indonesia Time (WIB)")
    WITA = "WITA", _("Central Indonesia Time (WITA)")
    WIT = "WIT", _("Eastern Indonesia Time (WIT)")


ZONE_NAMES = {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}


class Office(models.Model):
    """One election office. Every table of an office points here."""

    code = models.CharField(
        _("region code"),
        max_length=5,
        unique=True,
        help_text=_("Code of the Ministry of Home Affairs, such as 33.08; KPU RI is 00."),
    )
    level = models.CharField(_("level"), max_length=9, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    region = models.CharField(_("region"), max_length=80)
    long_name = models.CharField(_("full name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=120)
    slug = models.SlugField(_("short address"), max_length=80)
    zone = models.CharField(_("time zone"), max_length=4, choices=Zone.choices)
    address = models.TextField(_("address"), blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    host = models.CharField(
        _("own host name"),
        max_length=253,
        blank=True,
        help_text=_("Such as kab-magelang.kpu.go.id; empty while the office has none."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#8C1D18",
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("Write a colour such as #8C1D18."))],
    )
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    is_open = models.BooleanField(_("runs on this installation"), default=False)
    is_demo = models.BooleanField(_("shows sample data"), default=False)
    is_ready = models.BooleanField(_("first set-up finished"), default=False)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="office_slug_in_parent"),
            models.UniqueConstraint(
                fields=["host"], condition=~models.Q(host=""), name="office_host_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level=Level.NATIONAL, parent=None)
                | (~models.Q(level=Level.NATIONAL) & models.Q(parent__isnull=False)),
                name="office_parent_by_level",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(ZONE_NAMES[Zone(self.zone)])

    @property
    def map_url(self) -> str:
        """A link to OpenStreetMap at the office's position; empty when not known."""
        if self.latitude is None or self.longitude is None:
            return ""
        at = f"{self.latitude}/{self.longitude}"
        return (
            f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{at}"
        )


class SocialAccount(models.Model):
    """An official account of an office on another service."""

    class Service(models.TextChoices):
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        X = "x", "X"
        YOUTUBE = "youtube", "YouTube"
        TIKTOK = "tiktok", "TikTok"
        THREADS = "threads", "Threads"
        TELEGRAM = "telegram", "Telegram"
        WHATSAPP_CHANNEL = "whatsapp", _("WhatsApp channel")
        MASTODON = "mastodon", "Mastodon"
        BLUESKY = "bluesky", "Bluesky"

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="accounts")
    service = models.CharField(_("service"), max_length=10, choices=Service.choices)
    url = models.URLField(_("address"))

    class Meta:
        verbose_name = _("social media account")
        verbose_name_plural = _("social media accounts")
        ordering = ["service"]
        constraints = [
            models.UniqueConstraint(fields=["office", "url"], name="account_once_an_office")
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()}: {self.url}"

    @property
    def label(self) -> str:
        return self.get_service_display()
