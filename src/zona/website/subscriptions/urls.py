"""Addresses of the room: what the public sees."""

from django.urls import path

from zona.ground.guard.views import show_challenge

from .views import mail as views
from .views import push as views_push

app_name = "subscriptions"
urlpatterns = [
    path("tantangan/", show_challenge, name="challenge"),
    path("periksa-surel/", views.check_mail, name="check_mail"),
    path("sudah-berhenti/", views.show_left, name="left"),
    path("konfirmasi/<secret:token>/", views.confirm, name="confirm"),
    path("atur/<secret:token>/", views.manage, name="manage"),
    path("berhenti/<secret:token>/", views.leave, name="leave"),
    path("dorong/kunci/", views_push.show_key, name="push_key"),
    path("dorong/daftar/", views_push.register, name="push_register"),
    path("dorong/hapus/", views_push.unregister, name="push_unregister"),
    path("<str:code>/", views.follow, name="follow"),
]
