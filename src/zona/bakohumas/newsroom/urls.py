"""The room's public addresses: the agenda, and the door of reviewers without an account."""

from django.urls import URLPattern, path

from .views import public, reviewing

app_name = "agenda"
urlpatterns: list[URLPattern] = [
    path("tinjau/<secret:token>/", reviewing.show, name="review_link"),
    path("agenda/langganan/<secret:token>.ics", public.show_staff_feed, name="staff_feed"),
    path("agenda/<str:code>.ics", public.show_feed, name="feed"),
    path("agenda/<str:code>/", public.show_month, name="office"),
    path("agenda/<str:code>/<str:month>/", public.show_month, name="month"),
]
