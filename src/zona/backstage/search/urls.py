"""Addresses of the room: search in all offices."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("", views.show_search, name="search"),
    path("saran/", views.show_suggestions, name="suggestions"),
]
