"""Where a form asks how a date was read, under /kantor/."""

from django.urls import path

from .views import read

urlpatterns = [path("terbaca/", read, name="typed_read")]
