"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import views as desk

app_name = "feedback_staff"
urlpatterns = [
    path("umpan-balik/", desk.show_own, name="own"),
    path("umpan-balik/<str:code>/", desk.show_list, name="list"),
    path("umpan-balik/<str:code>/<int:feedback_id>/", desk.show_one, name="show"),
]
