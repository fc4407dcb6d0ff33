"""The room's screens in the back office, under /kantor/."""

from django.urls import path

from . import views as desk

app_name = "subscriptions_staff"
urlpatterns = [
    path("langganan/", desk.show_own, name="own"),
    path("langganan/<str:code>/", desk.show, name="show"),
]
