"""A password must be hard to guess, whatever signs it is made of."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

SUFFICIENT = 3  # of 0..4: "safely unguessable" in zxcvbn's scale
LEAST_OWN = 6  # signs that are neither known words nor a year: three known words are no secret
LONGEST_JUDGED = 72  # zxcvbn's time grows with the square of the length

# What people here reach for first; zxcvbn's own lists know English words and names.
COMMON_HERE = (
    "kpu", "pemilu", "pilkada", "bakohumas", "ppid", "jdih", "zona", "humas", "komisi",
    "pemilihan", "umum", "kabupaten", "provinsi", "kota", "kantor", "sekretariat", "indonesia",
    "merdeka", "garuda", "pancasila", "bismillah", "alhamdulillah", "rahasia", "sandi",
    "katasandi", "sayang", "cinta", "keluarga", "semangat", "sukses", "bahagia", "selamat",
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
    "oktober", "november", "desember", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu",
    "minggu", "jakarta", "bandung", "surabaya", "semarang", "medan", "makassar", "admin",
)  # fmt: skip


class StrengthValidator:
    """Refuses what zxcvbn judges guessable, knowing the person's name, address and offices."""

    def validate(self, password: str, user: Any = None) -> None:
        known = [*own_words(user), *COMMON_HERE]
        score = zxcvbn(password[:LONGEST_JUDGED], user_inputs=known)["score"]
        if score < SUFFICIENT or len(strip_known(password, known)) < LEAST_OWN:
            raise ValidationError(
                _(
                    "This password is easy to guess. Use four or more unrelated words, "
                    "such as names of things you see right now."
                ),
                code="password_weak",
            )

    def get_help_text(self) -> str:
        return _("Four or more unrelated words make a good password.")


def strip_known(password: str, known: Iterable[str]) -> str:
    """What is left without known words, years and the figures and signs at the end."""
    rest = password.lower()
    for word in sorted(known, key=len, reverse=True):
        if len(word) > 2:
            rest = rest.replace(word, "")
    return re.sub(r"(19|20)\d\d|[\W\d_]+$", "", rest)


def own_words(user: Any) -> list[str]:
    """Words that a stranger can know about the person: name, address, offices."""
    texts = [getattr(user, field, "") or "" for field in ("email", "name", "phone")]
    if getattr(user, "pk", None):
        for names in user.roles.values_list("office__short_name", "office__code"):
            texts += names
    words = [text.lower() for text in texts if text]
    return [*words, *(word for text in words for word in re.split(r"[\W_]+", text) if word)]
