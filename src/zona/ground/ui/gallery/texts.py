"""Sample texts of the gallery: an election office as it could be. Invented, and marked so."""

from types import SimpleNamespace
from typing import Any

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
OPENING = SimpleNamespace(is_open=True, sentence="Buka sampai pukul 16.00 WIB", today="Kamis")
CLOSED = SimpleNamespace(is_open=False, sentence="Tutup, buka lagi Senin pukul 08.00 WIB")

DOORS = [
    {
        "icon": "file-text",
        "title": "Minta informasi",
        "text": "Ajukan permohonan dokumen atau data, dijawab paling lambat 10 hari kerja.",
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

ANNOUNCEMENTS: list[dict[str, Any]] = [
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

# picture, title, rubric, date, ISO date, summary; the last has no picture and a long title
STORIES = [
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
