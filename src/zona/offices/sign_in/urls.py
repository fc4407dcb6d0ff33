"""Addresses of sign-in: allauth's, without what has no use where nobody registers."""

from django.urls import include, path, re_path, reverse_lazy
from django.views.generic import RedirectView

from ..views import account

to_sign_in = RedirectView.as_view(pattern_name="account_login")
past_keys = RedirectView.as_view(url=reverse_lazy("account_login"))  # whatever was in the address
to_home = RedirectView.as_view(pattern_name="account_home")

urlpatterns = [
    path("", account.show_home, name="account_home"),
    path("tautan/<secret:token>/", account.follow_login_link, name="login_link"),
    path("undangan/<secret:token>/", account.answer_invitation, name="invitation"),
    # The address of an account is its name here; changing it is not the person's own act.
    path("signup/", to_sign_in, name="account_signup"),
    path("email/", to_home, name="account_email"),
    path("confirm-email/", to_sign_in, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", past_keys, name="account_confirm_email"),
    path("login/code/confirm/", to_sign_in, name="account_confirm_login_code"),
    path("", include("allauth.urls")),
]
