"""A text field that is sealed on its way into the database and opened on its way out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from .boxes import Box, CannotOpen


class Unreadable(str):
    """Empty, because it cannot be opened; holds what was sealed, so that saving loses nothing."""

    __slots__ = ("sealed",)
    sealed: bytes

    @classmethod
    def keep(cls, sealed: bytes) -> Unreadable:
        found = cls("")
        found.sealed = sealed
        return found


class SealedTextField(models.BinaryField):
    """Text for Python, sealed bytes for the database; "" stays empty and can be asked for.

    Nothing else can: no filter finds a sealed text (keep a `fingerprint` beside it for that).
    """

    _pyi_private_set_type: str  # type: ignore[assignment]  # what the type checker takes it for
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.box = Box(purpose)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.box.purpose}

    def _check_str_default_value(self) -> list[Any]:
        """A text is what Python sees here, so its default is one."""
        return []

    def get_default(self) -> Any:
        return "" if self.default in ("", b"") else super().get_default()

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def from_db_value(self, value: Any, expression: object, connection: object) -> str | None:
        if value is None:
            return None
        sealed = bytes(value)
        try:
            return self.box.unseal(sealed) if sealed else ""
        except CannotOpen:
            return Unreadable.keep(sealed)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Unreadable):
            value = value.sealed
        elif isinstance(value, str):
            value = self.box.seal(value) if value else b""
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"exact", "isnull"}:
            raise FieldError(f"{self.name} is sealed: only empty or not can be asked for")
        return super().get_lookup(lookup_name)
