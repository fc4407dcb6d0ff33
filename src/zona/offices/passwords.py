"""A password must be hard to guess, whatever signs it is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

SUFFICIENT = 3  # of 0..4: "safely unguessable" in zxcvbn's scale


class StrengthValidator:
    """Refuses what zxcvbn judges guessable, knowing the person's own name and address."""

    def validate(self, password: str, user: Any = None) -> None:
        own = [getattr(user, name, "") or "" for name in ("email", "name")]
        words = [word for text in own for word in [text, *text.replace("@", " ").split()] if word]
        if zxcvbn(password[:72], user_inputs=words)["score"] < SUFFICIENT:
            raise ValidationError(
                _("This password is easy to guess. Use four or more unrelated words."),
                code="password_weak",
            )

    def get_help_text(self) -> str:
        return _("Four or more unrelated words make a good password.")
