"""The room's screens in the back office, under /kantor/."""

from . import agenda, approval, checking, numbers, writing

app_name = "newsroom"
urlpatterns = [
    *agenda.urlpatterns,
    *writing.urlpatterns,
    *approval.urlpatterns,
    *checking.urlpatterns,
    *numbers.urlpatterns,
]
