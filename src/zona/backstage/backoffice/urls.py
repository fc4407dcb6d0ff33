"""The guides, under /kantor/."""

from django.urls import path

from . import views

app_name = "backoffice"
urlpatterns = [
    path("bantuan/", views.list_guides, name="guides"),
    path("bantuan/gambar/<str:name>", views.send_picture, name="guide_picture"),
    path("bantuan/<slug:slug>/", views.show_guide, name="guide"),
]
