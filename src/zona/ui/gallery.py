"""Sample content of the gallery: an election office as it could be. Invented, and marked so."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.templatetags.static import static

OFFICE = SimpleNamespace(
    short_name="KPU Kabupaten Magelang",
    long_name="Komisi Pemilihan Umum Kabupaten Magelang",
    address="Jalan Contoh Nomor 1, Kota Mungkid\nKabupaten Magelang, Jawa Tengah 56511",
    phone="(0293) 000 111",
    email="layanan@contoh.go.id",
    whatsapp="0812-0000-1111",
    map_url="#peta",
    logo_url="",
    accounts=[
        SimpleNamespace(label="Instagram", url="#instagram", icon="instagram"),
        SimpleNamespace(label="YouTube", url="#youtube", icon="youtube"),
    ],
    hours_rows=[
        ("Senin", "08.00-16.00 WIB"),
        ("Selasa", "08.00-16.00 WIB"),
        ("Rabu", "08.00-16.00 WIB"),
        ("Kamis", "08.00-16.00 WIB"),
        ("Jumat", "08.00-16.30 WIB"),
        ("Sabtu, Minggu", "Tutup"),
    ],
)
OPENING = SimpleNamespace(
    is_open=True, sentence="Buka sampai pukul 16.00 WIB", today="Kamis"
)
CLOSED = SimpleNamespace(is_open=False, sentence="Tutup, buka lagi Senin pukul 08.00 WIB")

DOORS = [
    {
        "icon": "file-text",
        "title": "Minta informasi",
        "text": "Ajukan permohonan dokumen atau data kepada PPID, dijawab paling lambat 10 hari kerja.",
        "url": "#ppid",
    },
    {
        "icon": "scale",
        "title": "Cari aturan",
        "text": "Keputusan dan peraturan pemilu, lengkap dengan yang mengubah atau mencabutnya.",
        "url": "#jdih",
    },
    {
        "icon": "messages-square",
        "title": "Tanya petugas",
        "text": "Tulis pertanyaan Anda; petugas menjawab pada jam pelayanan.",
        "url": "#konsultasi",
    },
    {
        "icon": "video",
        "title": "Bertemu lewat video",
        "text": "Pilih waktu, lalu bicara langsung tanpa datang ke kantor.",
        "url": "#telekonferensi",
    },
    {
        "icon": "newspaper",
        "title": "Kabar kegiatan",
        "text": "Yang sedang dan sudah dikerjakan kantor ini.",
        "url": "#kabar",
    },
]

FORM_CHOICES = [
    ("surel", "Surel"),
    ("whatsapp", "WhatsApp"),
    ("ambil", "Saya ambil di kantor"),
]


class RequestForm(forms.Form):
    """Every kind of input the house uses."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti tertulis di KTP.")
    email = forms.EmailField(label="Surel", required=False)
    what = forms.CharField(
        label="Informasi yang Anda minta",
        help_text="Tulis sejelas mungkin: tentang apa, tahun berapa, untuk daerah mana.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    year = forms.ChoiceField(
        label="Tahun", choices=[("2025", "2025"), ("2024", "2024"), ("2023", "2023")]
    )
    answer = forms.ChoiceField(
        label="Cara menerima jawaban", choices=FORM_CHOICES, widget=forms.RadioSelect
    )
    paper = forms.FileField(
        label="Lampiran", required=False, help_text="PDF atau foto, paling besar 10 MB."
    )
    agree = forms.BooleanField(label="Saya menyatakan keterangan di atas benar.")


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Kata", required=False)
    rubric = forms.ChoiceField(
        label="Rubrik",
        required=False,
        choices=[("", "Semua"), ("kegiatan", "Kegiatan"), ("opini", "Opini")],
    )
    year = forms.ChoiceField(
        label="Tahun", required=False, choices=[("", "Semua"), ("2025", "2025"), ("2024", "2024")]
    )


class SignInForm(forms.Form):
    """As the sign-in page shows it."""

    login = forms.EmailField(label="Surel kantor")
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    remember = forms.BooleanField(label="Ingat saya di perangkat ini", required=False)


def picture(name: str, alt: str, width: int = 960, height: int = 640) -> dict[str, Any]:
    """An image as `image.html` takes it."""
    return {
        "src": static(f"ui/gallery/{name}.svg"),
        "width": width,
        "height": height,
        "alt": alt,
    }


def stories() -> list[dict[str, Any]]:
    """Five stories, the newest first; the last has no picture and a long title."""
    rows = [
        (
            "pleno",
            "Rapat pleno menetapkan daftar pemilih berkelanjutan triwulan ketiga",
            "Kegiatan",
            "Kamis, 2 Oktober 2025",
            "2025-10-02",
            "Sebanyak 1.024.311 pemilih tercatat di 21 kecamatan. Salinan daftarnya dapat dibaca "
            "di kantor ini dan di setiap kantor kecamatan.",
        ),
        (
            "coktas",
            "Petugas mendatangi rumah pemilih di lima belas desa",
            "Kegiatan",
            "Rabu, 1 Oktober 2025",
            "2025-10-01",
            "Pencocokan dan penelitian terbatas memeriksa data pemilih yang pindah, meninggal, "
            "dan baru berusia 17 tahun.",
        ),
        (
            "kampus",
            "Seratus mahasiswa belajar membaca hasil pemilu",
            "Pendidikan pemilih",
            "Senin, 29 September 2025",
            "2025-09-29",
            "Kelas terbuka di kampus Tegalrejo ini adalah yang ketiga tahun ini.",
        ),
        (
            "arsip",
            "Arsip pemilu 2019 dipindahkan ke lembaga kearsipan daerah",
            "Kegiatan",
            "Jumat, 26 September 2025",
            "2025-09-26",
            "Berkas yang bernilai sejarah kini dapat dibaca peneliti.",
        ),
        (
            "",
            "Anggota KPU Provinsi Jawa Tengah meminta pembangunan zona integritas di "
            "kabupaten dan kota dipercepat",
            "Kegiatan",
            "Kamis, 25 September 2025",
            "2025-09-25",
            "Bukti dukung penilaian disiapkan paling lambat akhir tahun.",
        ),
    ]
    return [
        {
            "image": picture(image, f"Gambar: {title}") if image else None,
            "title": title,
            "rubric": rubric,
            "date": date,
            "iso": iso,
            "summary": summary,
            "url": "#kabar",
        }
        for image, title, rubric, date, iso, summary in rows
    ]


ANNOUNCEMENTS = [
    {
        "title": "Tanggapan masyarakat atas daftar pemilih triwulan ketiga",
        "url": "#pengumuman",
        "valid_until": "31 Oktober 2025",
    },
    {
        "title": "Pelayanan tutup pada hari libur Maulid Nabi",
        "url": "#pengumuman",
        "valid_until": "5 September 2025",
        "is_expired": True,
    },
    {
        "title": "Penerimaan magang mahasiswa semester genap",
        "url": "#pengumuman",
        "valid_until": "30 November 2025",
    },
]

AGENDA = [
    {
        "weekday": "Jumat",
        "day": "3",
        "month": "Okt",
        "iso": "2025-10-03",
        "items": [
            {
                "title": "Rapat koordinasi data pemilih dengan dinas kependudukan",
                "url": "#agenda",
                "time": "09.00 WIB",
                "place": "Ruang rapat",
            },
            {"title": "Kelas pemilih pemula", "url": "#agenda", "time": "13.30 WIB"},
        ],
    },
    {
        "weekday": "Senin",
        "day": "6",
        "month": "Okt",
        "iso": "2025-10-06",
        "items": [{"title": "Audiensi organisasi penyandang disabilitas", "time": "10.00 WIB"}],
    },
]

NUMBERS = [
    {"value": "128", "label": "permohonan informasi tahun ini"},
    {"value": "3 hari", "label": "rata-rata sampai dijawab"},
    {"value": "412", "label": "dokumen dapat diunduh"},
    {"value": "Belum terukur", "label": "nilai kepuasan tahun ini"},
]

FACTS = [
    {"term": "Waktu", "value": "Kamis, 2 Oktober 2025, 09.30 WIB"},
    {"term": "Tempat", "value": "Aula KPU Kabupaten Magelang"},
    {"term": "Yang hadir", "value": "Bawaslu, dinas kependudukan, 18 partai politik"},
    {"term": "Dokumen", "value": "Berita acara nomor 41 (PDF)", "url": "#dokumen"},
]

TIMELINE = [
    {
        "date": "Senin, 6 Oktober 2025",
        "iso": "2025-10-06",
        "text": "Permohonan diterima",
        "actor": "Petugas PPID",
    },
    {
        "date": "Selasa, 7 Oktober 2025",
        "iso": "2025-10-07",
        "text": "Diteruskan ke bagian data",
        "actor": "Petugas PPID",
    },
    {
        "date": "Hari ini",
        "iso": "2025-10-09",
        "text": "Sedang disiapkan",
        "note": "Dokumennya sudah ditemukan dan sedang diperiksa.",
        "state": "now",
    },
    {
        "date": "paling lambat Senin, 20 Oktober 2025",
        "iso": "2025-10-20",
        "text": "Jawaban dikirim kepada Anda",
        "note": "Sepuluh hari kerja sejak permohonan diterima.",
        "state": "next",
    },
]

TABLE_HEADERS = [
    {"label": "Kecamatan"},
    {"label": "Desa", "numeric": True},
    {"label": "Laki-laki", "numeric": True},
    {"label": "Perempuan", "numeric": True},
    {"label": "Jumlah pemilih", "numeric": True},
]


def table_rows() -> list[list[Any]]:
    """Three rows of invented figures whose sums agree."""
    rows = [
        ("Mungkid", "16", "29.410", "30.122", "59.532"),
        ("Muntilan", "14", "31.005", "32.218", "63.223"),
        ("Borobudur", "20", "23.870", "24.036", "47.906"),
    ]
    return [[row[0], *({"label": cell, "numeric": True} for cell in row[1:])] for row in rows]


def teasers() -> list[dict[str, Any]]:
    """One of each thing to look at or listen to."""
    return [
        {
            "title": "Jumlah pemilih dari triwulan ke triwulan",
            "kind": "Infografik",
            "icon": "image",
            "url": "#infografik",
            "image": picture("angka", ""),
        },
        {
            "title": "Dari surat suara ke kotak: cara suara Anda dihitung",
            "kind": "Video, 3 menit",
            "icon": "play",
            "url": "#video",
            "image": picture("kotak", ""),
        },
        {
            "title": "Berbincang dengan petugas yang mendatangi rumah Anda",
            "kind": "Siniar, 24 menit",
            "icon": "headphones",
            "url": "#siniar",
            "image": picture("studio", ""),
        },
    ]


def sample_page() -> Page[int]:
    """The second page of a list of fourteen."""
    return Paginator(range(140), 10).page(2)


def frame(theme: str) -> dict[str, Any]:
    """What `ui/base.html` takes."""
    return {
        "office": OFFICE,
        "opening": OPENING,
        "is_demo": True,
        "theme": theme if theme in ("light", "dark") else "",
        "search_url": "#cari",
        "home_url": "#beranda",
        "nav": [
            {"label": "Kabar", "url": "#kabar", "current": True},
            {"label": "Pengumuman", "url": "#pengumuman"},
            {"label": "Layanan", "url": "#layanan"},
            {"label": "Profil", "url": "#profil"},
            {"label": "Kontak", "url": "#kontak"},
        ],
        "footer_links": [
            {"label": "Pernyataan aksesibilitas", "url": "#aksesibilitas"},
            {"label": "Perlindungan data pribadi", "url": "#privasi"},
            {"label": "RSS", "url": "#rss"},
        ],
        "language_links": [
            {"code": "id", "label": "Indonesia", "url": "?bahasa=id", "current": True},
            {"code": "en", "label": "English", "url": "?bahasa=en", "current": False},
        ],
    }


def content() -> dict[str, Any]:
    """Everything the gallery's templates lay out."""
    wrong = RequestForm({"name": "Siti Rahayu", "email": "siti@", "year": "2025"})
    news = stories()
    return {
        "stories": news,
        "headline": news[0],
        "latest": news[1:],
        "doors": DOORS,
        "announcements": ANNOUNCEMENTS,
        "in_force": [row for row in ANNOUNCEMENTS if not row.get("is_expired")],
        "agenda": AGENDA,
        "numbers": NUMBERS,
        "teasers": teasers(),
        "facts": FACTS,
        "timeline": TIMELINE,
        "table_headers": TABLE_HEADERS,
        "table_rows": table_rows(),
        "page": sample_page(),
        "form": RequestForm(),
        "wrong_form": wrong,
        "filter_form": FilterForm({"q": "pemilih"}),
        "sign_in_form": SignInForm(),
        "closed": CLOSED,
        "photo": picture("pleno", "Lima anggota duduk di meja panjang di depan layar."),
        "portrait": picture("potret", "", 400, 500),
        "portrait_2": picture("potret-2", "", 400, 500),
        "examples": [
            {"label": "cara pindah memilih", "url": "#cari"},
            {"label": "jumlah pemilih", "url": "#cari"},
        ],
        "crumbs": [
            {"label": "Beranda", "url": "#beranda"},
            {"label": "Kabar", "url": "#kabar"},
        ],
        "years": [
            {"label": "2025", "url": "#2025", "count": 140, "current": True},
            {"label": "2024", "url": "#2024", "count": 311},
            {"label": "2023", "url": "#2023", "count": 96},
        ],
        "published": {"text": "Kamis, 2 Oktober 2025", "iso": "2025-10-02"},
        "updated": {"text": "Jumat, 3 Oktober 2025", "iso": "2025-10-03"},
        "corrections": [
            {
                "date": "Jumat, 3 Oktober 2025",
                "iso": "2025-10-03",
                "text": "Jumlah kecamatan ditulis 20; yang benar 21.",
            }
        ],
        "stage": {
            "name": "Pencocokan dan penelitian data pemilih sedang berjalan",
            "dates": "sampai Kamis, 24 Juli 2025",
            "url": "#tahapan",
        },
    }
