from django.urls import URLPattern, path

from ..views import checking

urlpatterns: list[URLPattern] = [path("periksa/<str:code>/", checking.check, name="check")]
