"""The room's public addresses: short links."""

from django.urls import URLPattern

app_name = "short_links"
urlpatterns: list[URLPattern] = []
