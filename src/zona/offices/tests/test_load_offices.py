"""The offices of the whole country, loaded once and again."""

import datetime as dt
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from zona.ground.journal.models import Entry
from zona.ground.journal.queries import verify
from zona.offices.actions.load import load_offices
from zona.offices.management.commands.load_offices import BUILT_IN, read_regions
from zona.offices.models import Office
from zona.offices.rules import Region, RegionError
from zona.offices.signals import offices_loaded

JATENG = Region("33", "Jawa Tengah", "provinsi")
MAGELANG = Region("33.08", "Kabupaten Magelang", "kabupaten", "33")
BOYOLALI = Region("33.09", "Kabupaten Boyolali", "kabupaten", "33")
PAPUA = Region("91", "Papua", "provinsi")
SMALL = [JATENG, MAGELANG, BOYOLALI, PAPUA]


def load(*regions: Region) -> None:
    load_offices(actor="zona offices load", regions=regions)


def office(code: str) -> Office:
    return Office.objects.get(code=code)


def test_every_region_of_the_list_has_names_and_a_zone() -> None:
    from zona.offices.rules import check_regions, name_office, zone_of

    regions = list(read_regions(BUILT_IN))
    check_regions(regions)
    assert len(regions) == 552
    provinces = {region.code: region for region in regions if region.level == "provinsi"}
    assert len(provinces) == 38
    zones = [zone_of(region, provinces) for region in provinces.values()]
    assert (zones.count("WIB"), zones.count("WITA"), zones.count("WIT")) == (18, 12, 8)
    names = [name_office(region) for region in regions]
    assert len({name.short_name for name in names}) == 552
    assert not [name for name in names if "Kep." in name.long_name]


@pytest.mark.parametrize(
    ("code", "name", "level", "parent", "long_name", "short_name", "slug"),
    [
        ("33.08", "Kabupaten Magelang", "kabupaten", "33",
         "Komisi Pemilihan Umum Kabupaten Magelang", "KPU Kabupaten Magelang", "kab-magelang"),
        ("33.71", "Kota Magelang", "kota", "33",
         "Komisi Pemilihan Umum Kota Magelang", "KPU Kota Magelang", "kota-magelang"),
        ("33", "Jawa Tengah", "provinsi", "",
         "Komisi Pemilihan Umum Provinsi Jawa Tengah", "KPU Provinsi Jawa Tengah", "jawa-tengah"),
        ("11", "Aceh", "provinsi", "", "Komisi Independen Pemilihan Aceh", "KIP Aceh", "aceh"),
        ("11.71", "Kota Banda Aceh", "kota", "11",
         "Komisi Independen Pemilihan Kota Banda Aceh", "KIP Kota Banda Aceh", "kota-banda-aceh"),
        ("34", "Daerah Istimewa Yogyakarta", "provinsi", "",
         "Komisi Pemilihan Umum Daerah Istimewa Yogyakarta", "KPU DIY", "diy"),
        ("31.74", "Kota Administrasi Jakarta Selatan", "kota", "31",
         "Komisi Pemilihan Umum Kota Administrasi Jakarta Selatan", "KPU Kota Jakarta Selatan",
         "kota-jakarta-selatan"),
        ("71.09", "Kabupaten Kep. Siau Tagulandang Biaro", "kabupaten", "71",
         "Komisi Pemilihan Umum Kabupaten Kepulauan Siau Tagulandang Biaro",
         "KPU Kabupaten Kepulauan Siau Tagulandang Biaro",
         "kab-kepulauan-siau-tagulandang-biaro"),
    ],
)  # fmt: skip
def test_names(
    code: str, name: str, level: str, parent: str, long_name: str, short_name: str, slug: str
) -> None:
    from zona.offices.rules import OfficeNames, name_office

    assert name_office(Region(code, name, level, parent)) == OfficeNames(
        long_name, short_name, slug
    )


@pytest.mark.django_db
def test_the_whole_country_and_a_second_run(django_assert_max_num_queries) -> None:
    out = StringIO()
    call_command("load_offices", stdout=out)
    assert "553 dibuat" in out.getvalue()
    assert Office.objects.count() == 553
    assert Office.objects.filter(level="kabupaten").count() == 416
    assert Office.objects.filter(parent__code="33").count() == 35
    assert office("33").parent == office("00")
    assert office("91.71").zone == "WIT"
    assert [(e.verb, e.office_code, e.changes) for e in Entry.objects.all()] == [
        ("offices.load", "", {"made": [0, 553]})
    ]
    out = StringIO()
    with django_assert_max_num_queries(20):
        call_command("load_offices", stdout=out)
    assert "tidak ada yang berubah" in out.getvalue()
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_what_an_office_edits_stays() -> None:
    load(*SMALL)
    Office.objects.filter(code="33.08").update(
        address="Jalan Soekarno-Hatta", accent="#123456", is_open=True, short_name="KPU Magelang"
    )
    load(JATENG, replace(MAGELANG, name="Kabupaten Magelang Raya"), BOYOLALI, PAPUA)
    found = office("33.08")
    assert (found.address, found.accent, found.is_open) == (
        "Jalan Soekarno-Hatta",
        "#123456",
        True,
    )
    assert found.short_name == "KPU Magelang"
    assert found.long_name == "Komisi Pemilihan Umum Kabupaten Magelang Raya"
    assert found.slug == "kab-magelang"  # addresses that were given out stay


@pytest.mark.django_db
def test_a_renamed_region_keeps_its_office() -> None:
    load(*SMALL)
    before = office("33.08").pk
    load(JATENG, replace(MAGELANG, name="Kabupaten Magelang Raya"), BOYOLALI, PAPUA)
    assert office("33.08").pk == before
    assert office("33.08").short_name == "KPU Kabupaten Magelang Raya"
    row = Entry.objects.get(verb="offices.relocate")
    assert (row.office_code, row.target_id) == ("33.08", str(before))
    assert row.changes["region"] == ["Kabupaten Magelang", "Kabupaten Magelang Raya"]


@pytest.mark.django_db
def test_a_new_province_takes_its_regencies_along() -> None:
    merauke = Region("91.01", "Kabupaten Merauke", "kabupaten", "91")
    load(*SMALL, merauke)
    before = office("91.01").pk
    south = Region("93", "Papua Selatan", "provinsi")
    load(*SMALL, south, replace(merauke, code="93.01", parent="93"))
    moved = office("93.01")
    assert (moved.pk, moved.parent.code, moved.abolished_on) == (before, "93", None)
    assert not Office.objects.filter(code="91.01").exists()
    changes = Entry.objects.get(verb="offices.relocate").changes
    assert changes == {"code": ["91.01", "93.01"], "parent": ["91", "93"]}


@pytest.mark.django_db
def test_codes_may_change_hands() -> None:
    load(*SMALL)
    keys = office("33.08").pk, office("33.09").pk
    load(JATENG, replace(MAGELANG, code="33.09"), replace(BOYOLALI, code="33.08"), PAPUA)
    assert (office("33.09").pk, office("33.08").pk) == keys


@pytest.mark.django_db
def test_a_region_that_vanished_is_marked_not_deleted_and_may_come_back() -> None:
    load(*SMALL)
    Office.objects.filter(code="33.09").update(is_open=True)
    load(JATENG, MAGELANG, PAPUA)
    assert office("33.09").abolished_on is not None
    assert office("33.09").is_open
    assert Entry.objects.filter(verb="offices.abolish", office_code="33.09").count() == 1
    load(JATENG, MAGELANG, PAPUA)
    assert Entry.objects.filter(verb="offices.abolish").count() == 1
    load(*SMALL)
    assert office("33.09").abolished_on is None
    assert all(verdict.broken is None for verdict in verify())


@pytest.mark.django_db
def test_a_code_given_to_another_region_leaves_the_abolished_office_whole() -> None:
    load(*SMALL)
    gone = office("33.09").pk
    load(JATENG, replace(MAGELANG, code="33.09"), PAPUA)
    assert office("33.09").slug == "kab-magelang"
    assert Office.objects.get(pk=gone).abolished_on == dt.date.today()


@pytest.mark.django_db
def test_a_new_office_evades_the_address_of_an_old_one() -> None:
    load(*SMALL)
    load(JATENG, replace(MAGELANG, name="Kabupaten Mungkid"), BOYOLALI, PAPUA)
    new = Region("33.30", "Kabupaten Magelang", "kabupaten", "33")
    load(JATENG, replace(MAGELANG, name="Kabupaten Mungkid"), BOYOLALI, PAPUA, new)
    assert office("33.08").slug == "kab-magelang"
    assert office("33.30").slug == "kab-magelang-33-30"


@pytest.mark.parametrize(
    ("regions", "message"),
    [
        ([], "kosong"),
        ([JATENG, JATENG], "lebih dari sekali"),
        ([JATENG, MAGELANG, replace(MAGELANG, code="33.10")], "lebih dari sekali"),
        ([MAGELANG], "induknya"),
        ([JATENG, replace(MAGELANG, level="desa")], "tingkat"),
        ([JATENG, replace(MAGELANG, code="3308")], "bukan kode"),
        ([JATENG, replace(MAGELANG, name="Magelang")], "diawali"),
        ([Region("97", "Baru", "provinsi")], "zona waktu"),
    ],
)
@pytest.mark.django_db
def test_a_bad_list_changes_nothing(regions: list[Region], message: str) -> None:
    load(*SMALL)
    with pytest.raises(RegionError, match=message):
        load(*regions)
    assert Office.objects.filter(abolished_on=None).count() == 5


@pytest.mark.django_db
def test_an_unknown_province_may_bring_its_zone() -> None:
    load(Region("97", "Baru", "provinsi", zone="WIT"), Region("97.01", "Kota A", "kota", "97"))
    assert (office("97").zone, office("97.01").zone) == ("WIT", "WIT")


@pytest.mark.django_db
def test_the_command_tells_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    file = tmp_path / "wilayah.csv"
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("load_offices", str(file))
    file.write_text("kode;nama\n33;Jawa Tengah\n")
    with pytest.raises(CommandError, match="Kolom code, level, name, parent tidak ada"):
        call_command("load_offices", str(file))
    file.write_text("code,name,level,parent\n33.08,Kabupaten Magelang,kabupaten,33\n")
    with pytest.raises(CommandError, match=r"33\.08: induknya"):
        call_command("load_offices", str(file))


@pytest.mark.django_db
def test_listeners_hear_once_and_only_of_changes(django_capture_on_commit_callbacks) -> None:
    heard = []

    def listen(**kwargs: object) -> None:
        heard.append(kwargs["sender"])

    offices_loaded.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            load(*SMALL)
        with django_capture_on_commit_callbacks(execute=True):
            load(*SMALL)
    finally:
        offices_loaded.disconnect(listen)
    assert heard == [Office]
