"""All addresses of the house."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("kantor/", include(wagtailadmin_urls)),
    path("akun/", include("allauth.urls")),
    path("dokumen/", include(wagtaildocs_urls)),
    path("galeri-komponen/", include("zona.ui.urls")),
    path("", include("zona.showcase.urls")),
    path("", include(wagtail_urls)),
]
