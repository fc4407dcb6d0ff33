"""From the Ministry's list of regions to offices: names, addresses, time zones. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NATIONAL = "00"
"""The code under which KPU RI stands; the Ministry's list begins at 11."""

ACEH = "11"
"""In Aceh the office is the Komisi Independen Pemilihan (UU 11/2006, article 56)."""

LEVELS = ("provinsi", "kabupaten", "kota")

_ZONES = {
    "WIB": "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    "WITA": "51 52 53 63 64 65 71 72 73 74 75 76",
    "WIT": "81 82 91 92 93 94 95 96",
}
ZONE_BY_PROVINCE = {code: zone for zone, codes in _ZONES.items() for code in codes.split()}
"""Keppres 41/1987, carried on to the provinces made since."""

_PROVINCES_CALLED_OTHERWISE = {
    # region: what follows "Komisi Pemilihan Umum", what follows "KPU", address
    "Daerah Khusus Ibukota Jakarta": (
        "Provinsi Daerah Khusus Ibukota Jakarta", "Provinsi DKI Jakarta", "dki-jakarta",
    ),
    "Daerah Istimewa Yogyakarta": ("Daerah Istimewa Yogyakarta", "DIY", "diy"),
}  # fmt: skip

_CODE = {"provinsi": re.compile(r"\d\d"), "kabupaten": re.compile(r"\d\d\.\d\d")}
_CODE["kota"] = _CODE["kabupaten"]


class RegionError(ValueError):
    """The list of regions cannot be used; the message (Indonesian) says where and why."""


@dataclass(frozen=True, slots=True)
class Region:
    """One row of the list: `33.08, Kabupaten Magelang, kabupaten, 33`; a zone only if unusual."""

    code: str
    name: str
    level: str
    parent: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """How the office of a region is called and addressed."""

    long_name: str
    short_name: str
    slug: str


COUNTRY = Region(NATIONAL, "Indonesia", "ri", zone="WIB")


def check_regions(regions: Sequence[Region]) -> None:
    """Refuse a list that is not a whole tree. RegionError names every fault, one a line."""
    faults = []
    codes = {region.code: region for region in regions}
    if len(codes) < len(regions):
        faults.append("Ada kode yang muncul lebih dari sekali.")
    if len({(r.level, r.name.casefold()) for r in regions}) < len(regions):
        faults.append("Ada nama wilayah yang muncul lebih dari sekali.")
    for region in regions:
        faults += [f"{region.code or '(tanpa kode)'}: {fault}" for fault in _faults(region, codes)]
    if not regions:
        faults.append("Daftar wilayah kosong.")
    if faults:
        raise RegionError("\n".join(faults))


def zone_of(region: Region, provinces: dict[str, Region]) -> str:
    """WIB, WITA or WIT: the row's own, else its province's. RegionError when none is known."""
    province = provinces.get(region.parent, region)
    zone = region.zone or province.zone or ZONE_BY_PROVINCE.get(province.code, "")
    if zone not in _ZONES:
        raise RegionError(
            f"{region.code} {region.name}: zona waktunya belum diketahui. Tambahkan kolom zone "
            "berisi WIB, WITA, atau WIT pada baris provinsinya."
        )
    return zone


def full_name(region: Region) -> str:
    """The region's name without the abbreviations of the list."""
    return re.sub(r"\bKep\.", "Kepulauan", " ".join(region.name.split()))


def name_office(region: Region) -> OfficeNames:
    """The names an office is known by: KPU, in Aceh KIP; "Administrasi" only in the full name."""
    name = full_name(region)
    if region.level == "ri":
        return OfficeNames("Komisi Pemilihan Umum Republik Indonesia", "KPU RI", "kpu-ri")
    if region.code == ACEH:
        return OfficeNames(f"Komisi Independen Pemilihan {name}", f"KIP {name}", make_slug(name))
    if region.level == "provinsi":
        default = (f"Provinsi {name}", f"Provinsi {name}", make_slug(name))
        long_name, short_name, slug = _PROVINCES_CALLED_OTHERWISE.get(name, default)
    else:
        long_name = name
        short_name = name.replace(" Administrasi ", " ")
        slug = make_slug(short_name.replace("Kabupaten ", "kab "))
    if region.parent == ACEH:
        return OfficeNames(f"Komisi Independen Pemilihan {long_name}", f"KIP {short_name}", slug)
    return OfficeNames(f"Komisi Pemilihan Umum {long_name}", f"KPU {short_name}", slug)


def make_slug(text: str) -> str:
    """`Kab Toli-Toli` -> `kab-toli-toli`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _faults(region: Region, codes: dict[str, Region]) -> list[str]:
    if region.level not in LEVELS:
        return [f'tingkat "{region.level}" tidak dikenal (provinsi, kabupaten, kota).']
    faults = []
    if not _CODE[region.level].fullmatch(region.code):
        faults.append(f"bukan kode {region.level} (contoh 33 atau 33.08).")
    if not region.name.strip():
        faults.append("namanya kosong.")
    if region.level == "provinsi":
        if region.parent:
            faults.append("provinsi tidak berinduk.")
        return faults
    parent = codes.get(region.parent)
    if parent is None or parent.level != "provinsi":
        faults.append(f'induknya "{region.parent}" tidak ada di daftar sebagai provinsi.')
    kind = region.level.capitalize()
    if not region.name.startswith(f"{kind} "):
        faults.append(f'nama "{region.name}" harus diawali {kind}.')
    return faults
