"""The gallery alone, so that its tests need no other room."""

from django.urls import include, path

urlpatterns = [path("ui/", include("zona.ground.ui.urls"))]
