"""`zona login-link [EMAIL]`: a one-time link for whoever runs the installation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from zona.ground.journal.actions import record

from ...actions.sign_in import make_login_link
from ...models import Role, User

ACTOR = "zona login-link"


class Command(BaseCommand):
    help = "Membuat tautan masuk yang berlaku satu kali selama 15 menit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="surel; tanpa ini: administrator pertama")
        parser.add_argument(
            "--reset-second-factor",
            action="store_true",
            help="hapus kode dan kunci sandi orang itu, bila ponsel atau kuncinya hilang",
        )

    @transaction.atomic
    def handle(self, *args: Any, email: str | None = None, **options: Any) -> None:
        person = find_person(email)
        if options["reset_second_factor"]:
            count, _rows = Authenticator.objects.filter(user=person).delete()
            if count:
                record(actor=ACTOR, verb="offices.second_factor_reset", target=person)
        try:
            token = make_login_link(actor=ACTOR, person=person)
        except ValidationError as error:
            raise CommandError(
                f"{person.email} tidak boleh masuk: akunnya dinonaktifkan."
            ) from error
        address = settings.BASE_URL.rstrip("/") + reverse("login_link", args=[token])
        self.stdout.write(f"Tautan masuk untuk {person.email}, berlaku satu kali, 15 menit:")
        self.stdout.write(address)


def find_person(email: str | None) -> User:
    """The person with this address, else the first superuser or office administrator."""
    people = User.objects.order_by("-is_superuser", "pk")
    if email:
        person = people.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Tidak ada akun dengan surel {email}.")
        return person
    person = (
        people.filter(is_superuser=True, is_active=True).first()
        or people.filter(roles__role=Role.OFFICE_ADMIN, is_active=True).first()
    )
    if person is None:
        raise CommandError("Belum ada akun. Jalankan `zona serve` atau `zona prepare` dahulu.")
    return person
