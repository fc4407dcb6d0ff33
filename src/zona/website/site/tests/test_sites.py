import pytest

from zona.website.site.rules.sites import UnknownSite, find_code

NAMES = {
    "33.08": ("kabupaten", "Magelang"),
    "33.71": ("kota", "Magelang"),
    "33.13": ("kabupaten", "Karanganyar"),
    "34.01": ("kabupaten", "Kulon Progo"),
    "35.04": ("kabupaten", "Tulungagung"),
    "35.06": ("kabupaten", "Kediri"),
    "35.71": ("kota", "Kediri"),
}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://kab-magelang.kpu.go.id/blog/1", "33.08"),
        ("https://kota-magelang.kpu.go.id/", "33.71"),
        ("kab-kulonprogo.kpu.go.id", "34.01"),
        ("https://jateng.kpu.go.id/x", "33"),
        ("https://www.kpu.go.id/", "00"),
        ("https://kpu-kedirikota.go.id/", "35.71"),
        ("https://kputulungagung.id/a", "35.04"),
        ("https://jdih.kpu.go.id/jateng/karanganyar/beritadetail-1", "33.13"),
        ("https://jdih.kpu.go.id/jateng", "33"),
        ("https://jdih.kpu.go.id/", "00"),
    ],
)
def test_an_address_names_its_office(address: str, code: str) -> None:
    assert find_code(address, NAMES) == code


@pytest.mark.parametrize(
    "address",
    [
        "https://kab-atlantis.kpu.go.id/",
        "https://atlantis.kpu.go.id/",
        "https://contoh.com/kab-magelang",
        "https://jdih.kpu.go.id/jateng/magelang/x",  # two offices go by this name
        "https://evil.example/?kab-magelang.kpu.go.id",
        "",
    ],
)
def test_other_addresses_are_refused_by_name(address: str) -> None:
    with pytest.raises(UnknownSite):
        find_code(address, NAMES)
