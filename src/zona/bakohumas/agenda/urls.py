"""The public addresses of the agenda."""

from django.urls import URLPattern, path

from . import views

app_name = "agenda"
urlpatterns: list[URLPattern] = [
    path("agenda/langganan/<secret:token>.ics", views.show_staff_feed, name="staff_feed"),
    path("agenda/<str:code>.ics", views.show_feed, name="feed"),
    path("agenda/<str:code>/", views.show_month, name="office"),
    path("agenda/<str:code>/<str:month>/", views.show_month, name="month"),
]
