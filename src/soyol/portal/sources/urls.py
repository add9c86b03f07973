"""Address of the page about sources."""

from django.urls import path

from soyol.portal.sources import views

urlpatterns = [path("sources/", views.sources, name="sources")]
