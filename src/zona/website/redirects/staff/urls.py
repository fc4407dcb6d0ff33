"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import views

app_name = "redirects"

urlpatterns = [
    path("alamat-lama/", views.show_own, name="own"),
    path("alamat-lama/<str:code>/", views.list_redirects, name="list"),
    path("alamat-lama/<str:code>/tambah/", views.edit_redirect, name="add"),
    path("alamat-lama/<str:code>/<int:pk>/", views.edit_redirect, name="edit"),
    path("alamat-lama/<str:code>/<int:pk>/hapus/", views.remove_redirect, name="remove"),
    path("alamat-lama/<str:code>/tidak-ditemukan/", views.list_missing, name="missing"),
    path("alamat-lama/<str:code>/arahkan/", views.point, name="point"),
    path("alamat-lama/<str:code>/lupakan/", views.forget, name="forget"),
    path("alamat-lama/<str:code>/unduh/", views.export, name="export"),
    path("alamat-lama/<str:code>/muat/", views.load, name="load"),
]
