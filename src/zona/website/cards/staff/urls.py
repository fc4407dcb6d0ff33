"""The cards' screens in the back office, under /kantor/."""

from django.urls import path

from . import views

app_name = "cards_staff"
urlpatterns = [
    path("kartu/<int:page_id>/", views.show_cards, name="cards"),
    path("kartu/<int:page_id>/<str:size>.png", views.show_picture, name="picture"),
    path("kartu/<int:page_id>/unduh.zip", views.download_all, name="download"),
]
