"""What an export or a feed unpacks to is counted while it comes, and said when it is too much."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
import requests
from urllib3.response import HTTPResponse

from zona.ground.files.reader import limits
from zona.website.imports.actions import feed
from zona.website.imports.feeds import NoFeed
from zona.website.imports.fetching import NotFetched, _unpacked
from zona.website.imports.wxr import BrokenFile, Reader

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss><channel>'
ITEM = "<item><title>%s</title></item>"


def write(folder: Path, text: str | bytes, name: str = "a.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def titles(path: Path) -> list[str]:
    return [item.title for item in Reader(path)]


def test_what_an_export_unpacks_to_is_bounded(tmp_path, monkeypatch):
    path = write(tmp_path, gzip.compress((HEAD + ITEM % "Satu").encode() + b" " * 30_000_000))
    assert path.stat().st_size < 60_000
    monkeypatch.setattr(limits, "EXPORT_BYTES", 5_000_000)
    with pytest.raises(BrokenFile, match="lebih besar dari 4 MB"):
        titles(path)


def test_one_entry_never_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ENTRY_BYTES", 1_000_000)
    many = HEAD + (ITEM % ("x" * 100_000)) * 30 + "</channel></rss>"
    assert len(titles(write(tmp_path, many))) == 30
    one = HEAD + ITEM % "Satu" + ITEM % ("x" * 3_000_000) + "</channel></rss>"
    with pytest.raises(BrokenFile, match="Satu isi"):
        titles(write(tmp_path, one))


def test_depth_and_entities_are_refused(tmp_path):
    with pytest.raises(BrokenFile, match="terlalu dalam"):
        titles(write(tmp_path, HEAD + "<a>" * 5000))
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    with pytest.raises(BrokenFile, match="entitas"):
        titles(write(tmp_path, bomb))
    with pytest.raises(BrokenFile):
        titles(write(tmp_path, gzip.compress(HEAD.encode())[:-8]))


def test_blank_lines_and_windows_bytes_are_mended(tmp_path):
    text = (HEAD + ITEM % "“Pleno”" + "</channel></rss>").encode()
    assert titles(write(tmp_path, b"\n\n" + text)) == ["“Pleno”"]
    windows = text.replace("“".encode(), b"\x93").replace("”".encode(), b"\x94")
    reader = Reader(write(tmp_path, windows))
    assert [item.title for item in reader] == ["“Pleno”"]
    assert reader.replaced == 2


def answer(body: bytes, coding: str) -> requests.Response:
    response = requests.Response()
    response.headers["Content-Encoding"] = coding
    response.raw = HTTPResponse(body=io.BytesIO(body), preload_content=False)
    return response


def test_a_body_is_unpacked_piece_by_piece():
    words = b"halo " * 1000
    for body, coding in ((words, "identity"), (gzip.compress(words), "gzip")):
        assert b"".join(_unpacked(answer(body, coding), 10_000)) == words
    with pytest.raises(limits.TooMuch):
        list(_unpacked(answer(gzip.compress(b" " * 9_000_000), "gzip"), 10_000))
    for coding in ("gzip, gzip", "br"):
        with pytest.raises(NotFetched):
            _unpacked(answer(words, coding), 10_000)


def test_a_feed_is_read_whole_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(feed, "LARGEST", 10_000)
    words = b"<rss>" + b" " * 9_000
    for content in (words, gzip.compress(words)):
        assert feed._load(str(write(tmp_path, content)), None) == (words, None)
    for content in (words * 2, gzip.compress(words * 200)):
        with pytest.raises(NoFeed, match="tidak dibaca"):
            feed._load(str(write(tmp_path, content)), None)
