"""The room's screens in the back office, under /kantor/."""

from . import accounts, sharing

app_name = "channels_staff"
urlpatterns = [*accounts.urlpatterns, *sharing.urlpatterns]
