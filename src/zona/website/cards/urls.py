"""Where cards stand."""

from django.urls import path

from . import views

app_name = "cards"
urlpatterns = [
    path(
        "kartu/<int:page_id>-<slug:version>/<slug:size>.<slug:form>", views.show_card, name="card"
    ),
]
