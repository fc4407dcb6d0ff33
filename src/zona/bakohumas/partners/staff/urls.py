"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import views

app_name = "partners"
urlpatterns = [
    path("mitra/", views.show_own, name="own"),
    path("mitra/<str:code>/", views.show_list, name="list"),
    path("mitra/<str:code>/baru/", views.edit, name="add"),
    path("mitra/<str:code>/daftar-media.csv", views.export_press, name="press"),
    path("mitra/<str:code>/<int:contact_id>/", views.show, name="show"),
    path("mitra/<str:code>/<int:contact_id>/ubah/", views.edit, name="edit"),
    path("mitra/<str:code>/<int:contact_id>/tindakan/", views.act, name="act"),
]
