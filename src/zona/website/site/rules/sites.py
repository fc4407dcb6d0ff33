"""Which office an old site's address belongs to. Pure: names in, a code out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

# Names that offices of provinces carry in their addresses at kpu.go.id, by region code.
PROVINCES = {
    "aceh": "11", "sumut": "12", "sumbar": "13", "riau": "14", "jambi": "15", "sumsel": "16",
    "bengkulu": "17", "lampung": "18", "babel": "19", "kepri": "21", "jakarta": "31",
    "dki": "31", "jabar": "32", "jateng": "33", "diy": "34", "jatim": "35", "banten": "36",
    "bali": "51", "ntb": "52", "ntt": "53", "kalbar": "61", "kalteng": "62", "kalsel": "63",
    "kaltim": "64", "kaltara": "65", "sulut": "71", "sulteng": "72", "sulsel": "73",
    "sultra": "74", "gorontalo": "75", "sulbar": "76", "maluku": "81", "malut": "82",
    "papua": "91", "papuabarat": "92", "pabar": "92", "papuaselatan": "93",
    "papuatengah": "94", "papuapegunungan": "95", "papuabaratdaya": "96", "pabarda": "96",
}  # fmt: skip
NATIONAL = "00"


class UnknownSite(ValueError):
    """No office, or more than one, goes by this address; the message (Indonesian) says which."""


def compact(name: str) -> str:
    """Letters only, lower case: Kulon Progo and kulonprogo are one."""
    return re.sub(r"[^a-z]", "", name.lower())


def find_code(address: str, names: Mapping[str, tuple[str, str]]) -> str:
    """Region code for the address of a page.

    `names` has for each code its level (kabupaten, kota) and name, as "Magelang".
    Raises UnknownSite.
    """
    parts = urlsplit(address if "://" in address else f"//{address}")
    host = (parts.hostname or "").removeprefix("www.")
    if host == "kpu.go.id":
        return NATIONAL
    if match := re.fullmatch(r"(kab|kota)-([a-z-]+)\.kpu\.go\.id", host):
        return _only(names, host, match[2], match[1])
    if host == "jdih.kpu.go.id":
        return _below_jdih(parts.path, names, host)
    if match := re.fullmatch(r"([a-z-]+)\.kpu\.go\.id", host):
        if code := PROVINCES.get(compact(match[1])):
            return code
        raise UnknownSite(f'"{host}" bukan alamat kantor yang dikenal')
    if match := re.fullmatch(r"kpu-?([a-z]+?)(kab|kota)?\.(?:go\.)?id", host):
        return _only(names, host, match[1], match[2] or "")
    raise UnknownSite(f'"{host}" bukan alamat kantor yang dikenal')


def _below_jdih(path: str, names: Mapping[str, tuple[str, str]], host: str) -> str:
    """jdih.kpu.go.id/<province>/<regency>/...: the regency within that province."""
    steps = [compact(step) for step in path.split("/") if step]
    province = PROVINCES.get(steps[0]) if steps else None
    if province is None:
        return NATIONAL
    if len(steps) < 2:
        return province
    within = {code: pair for code, pair in names.items() if code.startswith(f"{province}.")}
    return _only(within, f"{host}/{steps[0]}/{steps[1]}", steps[1], "")


def _only(names: Mapping[str, tuple[str, str]], shown: str, wanted: str, kind: str) -> str:
    level = {"kab": "kabupaten", "kota": "kota"}.get(kind)
    found = [
        code
        for code, (of_level, name) in names.items()
        if compact(name) == compact(wanted) and level in (None, of_level)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownSite(f'"{shown}" bukan alamat kantor yang dikenal')
    raise UnknownSite(f'"{shown}" cocok dengan lebih dari satu kantor ({", ".join(found)})')
