"""Addresses of the room: what the public sees."""

from django.urls import path

from zona.ground.guard.views import show_challenge

from . import views

app_name = "feedback"
urlpatterns = [
    path("tantangan/", show_challenge, name="challenge"),
    path("nilai/<int:page_id>/", views.vote, name="vote"),
    path("terima-kasih/<int:page_id>/", views.thank, name="thanks"),
    path("kesalahan/<int:page_id>/", views.report, name="report"),
]
