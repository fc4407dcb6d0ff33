"""Addresses of the website that are no pages."""

from django.urls import path, re_path

from .files import views as media
from .machines import pwa, sitemap

app_name = "site"
urlpatterns = [
    path("robots.txt", sitemap.show_robots, name="robots"),
    path("sitemap.xml", sitemap.show_index, name="sitemap_index"),
    re_path(
        r"^sitemap-(?P<code>[0-9.]{2,5})-(?P<number>[0-9]{1,5})\.xml$",
        sitemap.show_file,
        name="sitemap",
    ),
    re_path(r"^media/(?P<name>[\w./-]+)$", media.show_file, name="media"),
    path("sw.js", pwa.show_worker, name="worker"),
    path("luring/", pwa.show_offline, name="offline"),
    path("aplikasi/<str:code>.webmanifest", pwa.show_manifest, name="manifest"),
    path("aplikasi/<str:code>-<str:version>/<str:name>.png", pwa.show_icon, name="app_icon"),
]
