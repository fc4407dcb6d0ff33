"""Text that the database keeps without being able to read it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from .keys import derive


class CannotOpen(ValueError):
    """Sealed with another secret key or for another purpose, or changed since."""


@dataclass(frozen=True, slots=True)
class Box:
    """Seals and opens for one purpose, "room.what"."""

    purpose: str

    def seal(self, text: str) -> bytes:
        """Another result each time, so equal texts cannot be told by comparing."""
        return self._cipher().encrypt(text.encode())

    def unseal(self, sealed: bytes | memoryview) -> str:
        """Raises CannotOpen."""
        try:
            return self._cipher().decrypt(bytes(sealed)).decode()
        except InvalidToken as error:
            raise CannotOpen(f"sealed with another key: {self.purpose}") from error

    def _cipher(self) -> MultiFernet:
        return MultiFernet(Fernet(base64.urlsafe_b64encode(key)) for key in derive(self.purpose))
