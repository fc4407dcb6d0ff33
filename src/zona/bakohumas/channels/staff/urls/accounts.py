"""Accounts, groups, places for alerts."""

from django.urls import path

from .. import accounts, alerts, recipients

urlpatterns = [
    path("kanal/<str:code>/akun/", accounts.show_accounts, name="accounts"),
    path("kanal/<str:code>/akun/tambah/", accounts.choose_service, name="add"),
    path("kanal/<str:code>/akun/tambah/<slug:kind>/", accounts.add, name="add_kind"),
    path("kanal/<str:code>/akun/<int:channel_id>/", accounts.show_account, name="account"),
    path("kanal/<str:code>/akun/<int:channel_id>/ubah/", accounts.edit, name="edit"),
    path("kanal/<str:code>/akun/<int:channel_id>/tindakan/", accounts.act, name="account_act"),
    path("kanal/<str:code>/akun/<int:channel_id>/grup/", accounts.edit_group, name="add_group"),
    path(
        "kanal/<str:code>/akun/<int:channel_id>/grup/<int:group_id>/",
        accounts.edit_group,
        name="group",
    ),
    path(
        "kanal/<str:code>/akun/<int:channel_id>/penerima/",
        recipients.show_recipients,
        name="recipients",
    ),
    path("kanal/<str:code>/peringatan/", alerts.show_alerts, name="alerts"),
    path("kanal/<str:code>/peringatan/<int:target_id>/", alerts.act, name="alert_act"),
]
