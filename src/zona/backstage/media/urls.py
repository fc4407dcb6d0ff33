"""Addresses of the room: stable, because feeds and players keep them."""

from django.urls import re_path

from . import views as public

app_name = "media"
urlpatterns = [
    re_path(
        r"^(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        r"\.(?P<what>mp3|mp4|jpg|svg|vtt|(?:id|en)\.vtt)$",
        public.show,
        name="file",
    )
]
