"""Addresses of one-time sign-in links."""

from django.urls import path

from soyol.accounts import views

urlpatterns = [path("<str:token>/", views.enter, name="enter")]
