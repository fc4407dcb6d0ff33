"""The room's public addresses: the agenda, and the door of reviewers without an account."""

from django.urls import URLPattern

app_name = "agenda"
urlpatterns: list[URLPattern] = []
