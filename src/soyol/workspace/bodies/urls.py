"""Addresses of public bodies."""

from django.urls import path

from soyol.workspace.bodies import views

urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/new/", views.create, name="body_new"),
    path("bodies/<int:pk>/", views.change, name="body"),
]
