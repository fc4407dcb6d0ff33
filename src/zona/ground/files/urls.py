"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import views

app_name = "files"

urlpatterns = [
    path("berkas-terkirim/<uuid:number>/", views.show_file, name="sent"),
    path("berkas-terkirim/<uuid:number>/keadaan/", views.tell_state, name="state"),
]
