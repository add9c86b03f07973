"""Addresses of the public directory."""

from django.urls import path

from soyol.portal.registry import photos, views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/<str:number>/", views.actor, name="actor"),
    path("directory/<str:number>/photo/<slug:size>/<slug:digest>.jpg", photos.photo, name="actor_photo"),
    path("map/", views.country_map, name="map"),
]
