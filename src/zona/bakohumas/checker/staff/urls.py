"""The room's screens in the back office, under /kantor/."""

from django.urls import URLPattern, path

from . import views as checking

app_name = "checker"
urlpatterns: list[URLPattern] = [path("periksa/<str:code>/", checking.check, name="check")]
