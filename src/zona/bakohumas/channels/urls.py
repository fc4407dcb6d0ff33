"""The room's public addresses: short links."""

from django.urls import path

from . import views as views_public

app_name = "short_links"
urlpatterns = [path("s/<slug:code>", views_public.follow, name="follow")]
