"""Addresses of the website that are no pages."""

from django.urls import path, re_path

from . import media, sitemap

app_name = "showcase"
urlpatterns = [
    path("robots.txt", sitemap.show_robots, name="robots"),
    path("sitemap.xml", sitemap.show_index, name="sitemap_index"),
    re_path(
        r"^sitemap-(?P<code>[0-9.]{2,5})-(?P<number>[0-9]{1,5})\.xml$",
        sitemap.show_file,
        name="sitemap",
    ),
    re_path(r"^media/(?P<name>[\w./-]+)$", media.show_file, name="media"),
]
