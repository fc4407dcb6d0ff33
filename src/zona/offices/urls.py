"""The room's screens in the back office, under /kantor/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import calendar, office, people, setup

app_name = "offices"

urlpatterns = [
    path(
        "profil-kantor/",
        office.choose_office,
        {"target": "offices:office", "title": _("Office")},
        name="own_office",
    ),
    path("profil-kantor/<str:code>/", office.edit_office, name="office"),
    path(
        "jam-layanan/",
        office.choose_office,
        {"target": "offices:hours", "title": _("Service hours")},
        name="own_hours",
    ),
    path("jam-layanan/<str:code>/", office.edit_hours, name="hours"),
    path("jam-layanan/<str:code>/tutup/", office.add_closed_day, name="add_closed_day"),
    path(
        "jam-layanan/<str:code>/tutup/<int:pk>/hapus/",
        office.remove_closed_day,
        name="remove_closed_day",
    ),
    path("persiapan/<str:code>/", setup.start, name="setup"),
    path("persiapan/<str:code>/<slug:step>/", setup.show_step, name="setup_step"),
    path("hari-libur/", calendar.list_holidays, name="holidays"),
    path("hari-libur/tambah/", calendar.edit_holiday, name="add_holiday"),
    path("hari-libur/<str:day>/", calendar.edit_holiday, name="holiday"),
    path("hari-libur/<str:day>/hapus/", calendar.remove_holiday, name="remove_holiday"),
    path("tahapan/", calendar.list_stages, name="stages"),
    path("tahapan/tambah/", calendar.edit_stage, name="add_stage"),
    path("tahapan/<int:pk>/", calendar.edit_stage, name="stage"),
    path("tahapan/<int:pk>/hapus/", calendar.remove_stage, name="remove_stage"),
    path("orang/", people.choose_people, name="own_people"),
    path("orang/<str:code>/", people.list_people, name="people"),
    path("orang/<str:code>/undang/", people.invite_person, name="invite"),
    path(
        "orang/<str:code>/undangan/<int:pk>/tarik/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("orang/<str:code>/peran/", people.give_role, name="give_role"),
    path("orang/<str:code>/peran/<int:pk>/akhiri/", people.end_role, name="end_role"),
]
