"""What the gallery lays out: sample content in the shapes that the components take."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.templatetags.static import static

from . import texts as texts
from .forms import FilterForm, RequestForm, SignInForm

SAMPLES = ("home", "article", "list", "case", "sign-in", "missing")


def picture(name: str, alt: str, width: int = 960, height: int = 640) -> dict[str, Any]:
    """An image as `image.html` takes it."""
    return {
        "src": static(f"ui/gallery/{name}.svg"),
        "width": width,
        "height": height,
        "alt": alt,
    }


def stories() -> list[dict[str, Any]]:
    """Five stories, the newest first."""
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
        for image, title, rubric, date, iso, summary in texts.STORIES
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
        "office": texts.OFFICE,
        "opening": texts.OPENING,
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


def page_of(name: str, theme: str = "") -> tuple[str, dict[str, Any]]:
    """Template and context of a sample page; the empty name is the gallery itself."""
    context = frame(theme) | content() | {"samples": SAMPLES}
    if name == "home":
        context["hide_search"] = True
    else:
        del context["stage"]
    return f"ui/gallery/{name.replace('-', '_') or 'index'}.html", context


def content() -> dict[str, Any]:
    """Everything the gallery's templates lay out."""
    wrong = RequestForm({"name": "Siti Rahayu", "email": "siti@", "year": "2025"})
    news = stories()
    return {
        "stories": news,
        "headline": news[0],
        "latest": news[1:],
        "doors": texts.DOORS,
        "announcements": texts.ANNOUNCEMENTS,
        "in_force": [row for row in texts.ANNOUNCEMENTS if not row.get("is_expired")],
        "agenda": texts.AGENDA,
        "numbers": texts.NUMBERS,
        "teasers": teasers(),
        "facts": texts.FACTS,
        "timeline": texts.TIMELINE,
        "table_headers": texts.TABLE_HEADERS,
        "table_rows": table_rows(),
        "page": sample_page(),
        "form": RequestForm(),
        "wrong_form": wrong,
        "filter_form": FilterForm({"q": "pemilih"}),
        "sign_in_form": SignInForm(),
        "closed": texts.CLOSED,
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
