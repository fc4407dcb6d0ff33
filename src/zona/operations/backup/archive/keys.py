"""The keys of an installation in a backup: sealed by a passphrase when one is given.

Without them the rows are there, but second factors, subscribers' addresses, channels' accesses and
the push key cannot be opened, and links that people hold stop working.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ..faults import BackupError

PLAIN, SEALED = "keys.json", "keys.sealed.json"
OLD_KEYS = "old-secret-keys"  # what ZONA_OLD_SECRET_KEYS held
COST = {"n": 2**15, "r": 8, "p": 1}  # 32 MB, a tenth of a second
MOST_MEMORY = 2**30  # bytes that a sealed file may ask for


def write_keys(folder: Path, keys: dict[str, str], passphrase: str | None) -> str:
    """Write the keys (name -> text) for the owner alone; the name of the file."""
    content = json.dumps(keys)
    name = SEALED if passphrase else PLAIN
    if passphrase:
        salt = secrets.token_bytes(16)
        token = _cipher(passphrase, salt, **COST).encrypt(content.encode())
        sealed = {"kdf": "scrypt", "salt": base64.b64encode(salt).decode(), **COST}
        content = json.dumps(sealed | {"fernet": token.decode()})
    for other in (PLAIN, SEALED):
        (folder / other).unlink(missing_ok=True)
    with open(folder / name, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def is_sealed(folder: Path) -> bool:
    return (folder / SEALED).exists()


def read_keys(folder: Path, passphrase: str | None) -> dict[str, str]:
    """The keys by name. Raises BackupError when the passphrase is missing or wrong."""
    if not is_sealed(folder):
        return dict(json.loads((folder / PLAIN).read_text()))
    if not passphrase:
        raise BackupError(
            "Kunci dalam cadangan ini tersegel. Setel ZONA_BACKUP_PASSPHRASE, atau jalankan di"
            " terminal supaya frasa sandinya dapat ditanyakan."
        )
    sealed = json.loads((folder / SEALED).read_text())
    n, r, p = (int(sealed[name]) for name in ("n", "r", "p"))
    if 128 * n * r * p > MOST_MEMORY:
        raise BackupError("Berkas kunci cadangan ini tidak wajar; bukan buatan Zona.")
    try:
        cipher = _cipher(passphrase, base64.b64decode(sealed["salt"]), n=n, r=r, p=p)
        return dict(json.loads(cipher.decrypt(sealed["fernet"].encode())))
    except InvalidToken as error:
        raise BackupError("Frasa sandi cadangan salah.") from error


def _cipher(passphrase: str, salt: bytes, *, n: int, r: int, p: int) -> Fernet:
    key = Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))
