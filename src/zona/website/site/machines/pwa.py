"""The website as an app of the phone: manifest, service worker, page for when there is no network.

The worker keeps the pages last read on the device itself and tells nobody. A room above that needs
a part in the worker (web push) gives a static file of its own:

    from zona.website.site.machines.pwa import register_worker_script
    register_worker_script("subscriptions/push-worker.js")   # in apps.ready()

The file is a classic script (no modules) with handlers such as
`self.addEventListener("push", ...)`; it is imported by the worker under its hashed address, so a
change of it reaches every device. A file that does not exist is left out. Pages wait for the worker
with `navigator.serviceWorker.ready`; `static/site/pwa/register.js` registers it after the load.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zona.ground.drawing import drawing
from zona.ground.drawing.keeping import keep
from zona.ground.ui.rules import LIGHT_PAPER, check_accent
from zona.offices.models import Office

from ..models import DirectoryPage, HomePage
from ..pages.doors import list_doors
from ..pages.frame import language_links

TEMPLATES = Path(__file__).parent.parent / "templates" / "site"
ICONS = {
    "192": (192, False),
    "512": (512, False),
    "penuh-512": (512, True),
    "penuh-180": (180, True),
}
"""Names of the icons: side in px, and whether the ground reaches the edges (maskable)."""
OFFLINE = "/luring/"
SHELL = ("ui/css/base.css", "ui/css/components.css", "ui/fonts/plus-jakarta-sans.woff2",
         "ui/icon.svg", "ui/icons.svg", "ui/js/page.js", "ui/js/comfort.js",
         "site/pwa/register.js", "site/pwa/offline.js")  # fmt: skip

KEPT = "public, max-age=31536000, immutable"

_scripts: list[str] = []


def register_worker_script(path: str) -> None:
    """Let the service worker import a static file of a room; the path is that for `static()`."""
    if path not in _scripts:
        _scripts.append(path)


@require_safe
def show_worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it changes whenever a file changes that it keeps or imports."""
    parts = [static(path) for path in SHELL]
    imports = [static(path) for path in _scripts if finders.find(path)]
    told = json.dumps([parts, _template_state()])
    script = render_to_string(
        "site/pwa/worker.js",
        {
            "version": hashlib.sha256(told.encode()).hexdigest()[:12],
            "parts": json.dumps([OFFLINE, f"/en{OFFLINE}", *parts]),
            "imports": json.dumps(imports),
        },
    )
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def show_offline(request: HttpRequest) -> HttpResponse:
    """What is shown where neither the network nor a kept copy has the page."""
    context = {
        "page_title": _("You are offline"),
        "language_links": language_links(request),
        "noindex": True,
    }
    return TemplateResponse(request, "site/pwa/offline.html", context)


@require_safe
def show_manifest(request: HttpRequest, code: str) -> HttpResponse:
    """The web app manifest of an office's home (W3C Application Manifest)."""
    home = _home_of(code)
    office, start = home.office, home.get_url(request)
    scope = "/" if office.host or _is_front(office) else start
    data = {
        "id": start,
        "name": office.long_name,
        "short_name": office.short_name,
        "description": home.lead,
        "lang": get_language(),
        "dir": "ltr",
        "start_url": start,
        "scope": scope,
        "display": "minimal-ui",
        "background_color": LIGHT_PAPER,
        "theme_color": check_accent(office.accent).light,
        "icons": [
            {
                "src": icon_url(office, name),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": "maskable" if is_full else "any",
            }
            for name, (side, is_full) in ICONS.items()
            if side >= 192
        ],
        "shortcuts": [
            {"name": str(door["title"]), "description": str(door["sentence"]), "url": door["url"]}
            for door in list_doors(request, home)
            if str(door["url"]).startswith(scope)
        ],
    }
    response = JsonResponse(
        {key: value for key, value in data.items() if value},
        json_dumps_params={"ensure_ascii": False},
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def show_icon(request: HttpRequest, code: str, version: str, name: str) -> HttpResponse:
    """An icon of an office: its logo, else Zona's mark in its accent."""
    if name not in ICONS:
        raise Http404
    office = _home_of(code).office
    if version != icon_version(office):
        raise Http404
    side, is_full = ICONS[name]
    context = {
        "side": side,
        "is_full": is_full,
        "accent": check_accent(office.accent).light,
        "paper": LIGHT_PAPER,
        "logo_name": office.logo.name or "",
        "logo_place": "xMidYMid meet",
    }
    picture = keep(
        f"aplikasi/{office.pk}/{version}-{name}.png",
        office.pk,
        lambda: drawing.draw("site/pwa/icon.svg", context),
        kept=f"{version}-",
    )
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = KEPT
    return response


def head_links(office: Office) -> dict[str, str]:
    """What the head of an office's pages names: the manifest, and the icon that iOS wants."""
    return {
        "manifest": reverse("site:manifest", args=[office.code]),
        "icon": icon_url(office, "penuh-180"),
    }


def icon_url(office: Office, name: str) -> str:
    url = reverse("site:app_icon", args=[office.code, icon_version(office), name])
    return url.removeprefix("/en") if url.startswith("/en/") else url


def icon_version(office: Office) -> str:
    told = json.dumps([office.accent, office.logo.name or "", _template_state()])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _home_of(code: str) -> HomePage:
    homes = HomePage.objects.live().public().select_related("office")
    return get_object_or_404(homes, office__code=code)


def _is_front(office: Office) -> bool:
    """Whether the installation is run for this office alone."""
    return DirectoryPage.objects.filter(front_office=office).exists()


@cache
def _template_state() -> str:
    """The state of worker, offline page and icon."""
    state = hashlib.sha256()
    for path in sorted((TEMPLATES / "pwa").iterdir()):
        state.update(Path(path).read_bytes())
    return state.hexdigest()
