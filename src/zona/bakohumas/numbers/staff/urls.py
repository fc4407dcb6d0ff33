"""The room's screens in the back office, under /kantor/."""

from django.urls import URLPattern, path

from . import freshness, measures, periodic

app_name = "numbers"
urlpatterns: list[URLPattern] = [
    path("kesegaran/", freshness.show_own, name="own_freshness"),
    path("kesegaran/<str:code>/", freshness.show, name="freshness"),
    path("kesegaran/<str:code>/unduh.csv", freshness.export, name="freshness_csv"),
    path("kesegaran/<str:code>/data.json", freshness.show_data, name="freshness_json"),
    path("kesegaran/<str:code>/data-berkala/", periodic.show, name="periodic"),
    path("peliputan/<str:code>/", measures.show, name="coverage"),
    path("peliputan/<str:code>/unduh.csv", measures.export, name="coverage_csv"),
    path("peliputan/<str:code>/data.json", measures.show_data, name="coverage_json"),
]
