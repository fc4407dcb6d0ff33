"""The room's place in the back office."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zona.backstage.backoffice.guides import explain
from zona.offices.wagtail_hooks import OwnMenuItem

from . import policies

explain("pindah-situs", "wagtailsnippets_redirects")


@hooks.register("register_office_menu_item")
def register_old_addresses() -> MenuItem:
    return OwnMenuItem(
        _("Old addresses"),
        reverse_lazy("redirects:own"),
        policies.may_redirect_anywhere,
        name="office-old-addresses",
        icon_name="redirect",
        order=70,
    )
