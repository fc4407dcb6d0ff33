from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("contoh/<slug:name>/", views.gallery, name="sample"),
]
