"""The room's public address: the door of reviewers without an account."""

from django.urls import URLPattern, path

from . import views

app_name = "newsroom"
urlpatterns: list[URLPattern] = [
    path("tinjau/<secret:token>/", views.show, name="review_link"),
]
