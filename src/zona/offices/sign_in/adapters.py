"""How allauth behaves here: nobody registers; accounts begin with an invitation."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from zona.ground.mail.sending import try_to_send
from zona.ground.sealing.boxes import Box

from ..models import User

SECOND_FACTORS = Box("offices.second_factors")


class AccountAdapter(DefaultAccountAdapter):
    """The e-mail of the account is its only address: allauth's own list of them stays empty."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By our own sender: a carrier that fails must not tell which account there is (500)."""
        request = self.request
        given = {"request": request, "email": email, "current_site": get_current_site(request)}
        letter = self.render_mail(template_prefix, email, given | context)
        letter.extra_headers["Auto-Submitted"] = "auto-generated"
        try_to_send(letter, template_prefix)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        address = email or getattr(user, "email", "")
        super().send_notification_mail(template_prefix, user, context, address)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again at once, as allauth would."""
        records = get_authentication_records(self.request, self.request.user)
        if records:
            age = time.time() - records[-1]["at"]
            if age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        found = authenticate(self.request, email=getattr(user, "email", ""), password=password)
        return found is not None and found.pk == user.pk

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By account alone: the host name would give an attacker one more set of tries a name."""
        return str(credentials.get("email", credentials.get("username", ""))).strip().lower()


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, so that a copy of the database is no key."""

    def encrypt(self, text: str) -> str:
        return SECOND_FACTORS.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return SECOND_FACTORS.unseal(encrypted_text.encode())

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.email if isinstance(user, User) else str(user)
