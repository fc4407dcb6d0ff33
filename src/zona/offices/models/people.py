"""People and the roles they hold: dated rows that name the decree (SK) they rest on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .office import Office


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. The e-mail address is the login name; citizens have no account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def first_name(self) -> str:
        """What Wagtail's sidebar shows."""
        return self.get_short_name()

    @property
    def is_staff(self) -> bool:
        """Everyone with an account is staff; what they may do comes from their roles."""
        return self.is_active


class Role(models.TextChoices):
    """Duties of Bakohumas (KPU Sulut 26/2022), PPID (PKPU 22/2023) and JDIH in one office."""

    DIRECTOR = "pengarah", _("Director (pengarah)")
    CHAIR = "ketua", _("Chair (ketua)")
    COORDINATOR = "koordinator", _("Coordinator (koordinator)")
    EDITOR = "editor", _("Editor (editor)")
    REPORTER = "peliput", _("Reporter (peliput)")
    CHANNEL_ADMIN = "admin_kanal", _("Channel manager (admin kanal)")
    PPID = "ppid", _("Information officer (PPID)")
    SERVICE_DESK = "petugas_layanan", _("Service desk officer (petugas layanan)")
    JDIH_MANAGER = "pengelola_jdih", _("JDIH manager (pengelola JDIH)")
    OFFICE_ADMIN = "admin_kantor", _("Office administrator (administrator kantor)")


class RoleQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: dt.date) -> RoleQuerySet:
        return self.filter(Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class RoleAssignment(models.Model):
    """One person holds one role in one office from a day until a day, by a decree."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    decree = models.CharField(
        _("number of the decree (SK)"), max_length=160, help_text=_("Such as 117.3/2025.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"), null=True, blank=True)
    covers_below = models.BooleanField(
        _("also for the offices below"),
        default=False,
        help_text=_(
            "The level above reads what lies below; only this lets it change things there."
        ),
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["office", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")), name="role_starts_first"
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=Q(ends_on=None),
                name="role_once_without_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.office}"


class Invitation(models.Model):
    """A letter to a colleague: whoever opens its link sets a password and holds the role."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    decree = models.CharField(_("number of the decree (SK)"), max_length=160)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"), null=True, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-expires_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}"


class LoginLink(models.Model):
    """A one-time link to sign in, printed by the command line; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("one-time sign-in link")
        verbose_name_plural = _("one-time sign-in links")
