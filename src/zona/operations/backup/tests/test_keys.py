import json
from pathlib import Path

import pytest

from zona.operations.backup.archive.keys import PLAIN, SEALED, read_keys, write_keys
from zona.operations.backup.faults import BackupError

KEYS = {"secret.key": "rahasia" * 8}


def test_plain_keys_are_the_owners_alone(tmp_path: Path) -> None:
    assert write_keys(tmp_path, KEYS, None) == PLAIN
    assert (tmp_path / PLAIN).stat().st_mode & 0o777 == 0o600
    assert read_keys(tmp_path, None) == KEYS


def test_sealed_keys_open_with_the_passphrase_alone(tmp_path: Path) -> None:
    write_keys(tmp_path, KEYS, None)
    assert write_keys(tmp_path, KEYS, "dua belas tanda") == SEALED
    assert not (tmp_path / PLAIN).exists()
    assert "rahasia" not in (tmp_path / SEALED).read_text()
    assert read_keys(tmp_path, "dua belas tanda") == KEYS
    with pytest.raises(BackupError, match="salah"):
        read_keys(tmp_path, "tiga belas tanda")
    with pytest.raises(BackupError, match="tersegel"):
        read_keys(tmp_path, None)


def test_a_file_cannot_ask_for_all_memory(tmp_path: Path) -> None:
    write_keys(tmp_path, KEYS, "dua belas tanda")
    sealed = json.loads((tmp_path / SEALED).read_text()) | {"n": 2**30}
    (tmp_path / SEALED).write_text(json.dumps(sealed))
    with pytest.raises(BackupError, match="tidak wajar"):
        read_keys(tmp_path, "dua belas tanda")
