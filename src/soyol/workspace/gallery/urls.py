"""Address of the gallery, at ``/gallery/``."""

from django.urls import path

from soyol.workspace.gallery import views

urlpatterns = [path("", views.gallery, name="gallery")]
