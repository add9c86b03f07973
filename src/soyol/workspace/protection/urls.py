"""Addresses of how long data is kept, and of losses."""

from django.urls import path

from soyol.workspace.protection import views

urlpatterns = [
    path("keeping/", views.keeping, name="keeping"),
    path("losses/", views.losses, name="losses"),
    path("losses/<int:pk>/", views.loss, name="loss"),
]
