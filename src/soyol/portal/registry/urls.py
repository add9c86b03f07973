"""Addresses of the public directory."""

from django.urls import path

from soyol.portal.registry import views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/<str:number>/", views.actor, name="actor"),
    path("map/", views.country_map, name="map"),
]
