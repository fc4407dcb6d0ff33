"""All addresses of the house."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from zona.ground.house import gather
from zona.website.site.files.views import show_document

# Wagtail brings sign-in pages of its own, which ask for no second factor.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
no_second_way_in = [
    path("kantor/login/", to_sign_in, name="elsewhere"),
    path(
        "kantor/password_reset/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="elsewhere",
    ),
    path(
        "kantor/password_reset/<path:rest>",
        RedirectView.as_view(url="/akun/password/reset/"),
        name="elsewhere",
    ),
    path("kantor/account/", RedirectView.as_view(pattern_name="account_home"), name="elsewhere"),
    path("_util/login/", to_sign_in, name="elsewhere"),
]

handler500 = "zona.config.web.full_disk.answer_failure"
urlpatterns = [
    *no_second_way_in,
    path("kantor/", include(wagtailadmin_urls)),
    re_path(r"^dokumen/(\d+)/(.*)$", show_document),  # in front of Wagtail's, which has no ranges
    path("dokumen/", include(wagtaildocs_urls)),
    *(path(one.prefix, include(one.urls)) for one in gather("addresses")),
    path("", include(wagtail_urls)),
]
