"""Small files that unpack to a flood are refused, within little memory, by a process of its own."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from zona.ground.files import faults
from zona.ground.files.reader import limits
from zona.ground.files.reader.child import ChildDied, run_child
from zona.ground.files.reader.limits import TooMuch, Unreadable
from zona.ground.files.reader.reading import Refused, read_apart
from zona.ground.files.reader.unpacking import unpack

from .bombs import workbook, workbooks

TABLE = "zona.ground.files.reader.tables:read_table"
BOMBS = list(workbooks())
MOST = 150_000  # KiB of memory; Python with its libraries takes about 40,000


def read(reader: str, path: Path, folder: Path, **arguments: Any) -> dict[str, Any]:
    """The last word of the process, its peak of memory with it."""
    command = [
        "zona.ground.files.reader.engine",
        reader,
        str(path),
        str(folder / "r"),
        json.dumps(arguments),
    ]
    return run_child(command, lambda progress: None, hang=60, seconds=60)


@pytest.mark.parametrize("at", range(len(BOMBS)))
def test_a_bomb_is_refused_within_little_memory(tmp_path, at):
    code, content = BOMBS[at]
    assert len(content) < limits.AGENDA_BYTES
    path = tmp_path / "bomb"
    path.write_bytes(content)
    last = read(TABLE, path, tmp_path)
    assert last["refused"]["code"] == code
    assert last["peak"] < MOST
    sentence = faults.explain(last["refused"])
    assert "%(" not in sentence
    assert len(sentence) > 40


def test_an_honest_workbook_is_read(tmp_path):
    path = tmp_path / "good"
    path.write_bytes(workbook([["Tanggal", "Kegiatan"], ["24/11/2026", "Rakor"]]))
    found = read_apart(TABLE, path, {}, lambda progress: None)
    rows = [[1, ["Tanggal", "Kegiatan"]], [2, ["24/11/2026", "Rakor"]]]
    assert found == {"sheets": [{"name": "Sheet", "rows": rows}], "notes": []}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and no more", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"a;b\0c", "text"),
        (b"x;" * 201 + b"x", "columns"),
        (b"x;y\n" * 5101, "filled"),
        (b";\n" * 20_001, "rows"),
        (b'"' + b"x" * 200_000, "csv"),
    ],
)
def test_what_is_no_table(tmp_path, content, code):
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        read_apart(TABLE, path, {}, lambda progress: None)
    assert caught.value.fault["code"] == code


def test_an_unknown_bomb_ends_the_process_alone(tmp_path, monkeypatch):
    path = tmp_path / "any"
    path.touch()
    for reader, code in (("hog", "memory"), ("dig", "depth"), ("stumble", "broken")):
        last = read(f"zona.ground.files.tests.readers:{reader}", path, tmp_path)
        assert last["refused"]["code"] == code
    with pytest.raises(ChildDied):
        read("zona.ground.files.tests.readers:die", path, tmp_path)
    monkeypatch.setattr("zona.ground.files.reader.child.PULSE", 0.05)
    monkeypatch.setattr("zona.ground.files.reader.limits.SECONDS", 1)
    with pytest.raises(Refused) as caught:
        read_apart("zona.ground.files.tests.readers:wait", path, {}, lambda progress: None)
    assert caught.value.fault == {"code": "seconds", "limit": 1}


def test_the_process_knows_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONA_EMAIL_URL", "smtp://rahasia@x.test")
    path = tmp_path / "any"
    path.touch()
    found = read_apart("zona.ground.files.tests.readers:tell_environment", path, {}, lambda p: None)
    assert not [name for name in found if name.startswith("ZONA")]


def test_packed_bytes_are_counted_while_they_come_out():
    flood = gzip.compress(b"\0" * 30_000_000)
    assert len(flood) < 40_000
    out = unpack([flood], 1_000_000)
    with pytest.raises(TooMuch) as caught:
        assert max(len(piece) for piece in out) <= 65_536
    assert caught.value.found <= 1_000_000 + 65_536
    words = b"halo " * 1000
    for packed in (gzip.compress(words), zlib.compress(words), gzip.compress(b"halo ") * 1000):
        assert b"".join(unpack([packed], 10_000)) == words
        pieces = [packed[at : at + 7] for at in range(0, len(packed), 7)]
        assert b"".join(unpack(pieces, 10_000)) == words
    for wrong in (b"no gzip at all", gzip.compress(words)[:-30]):
        with pytest.raises(Unreadable):
            list(unpack([wrong], 10_000))


def test_every_refusal_has_a_sentence():
    for code in (*faults.SENTENCES, "anything"):
        sentence = faults.explain({"code": code, "limit": 70_000_000, "found": 90_000_000})
        assert "%" not in sentence
    assert "67 MB" in faults.explain({"code": "bytes", "limit": 70_000_000, "found": 90_000_000})
