"""Addresses at which strangers check certificates. The last part of one is the secret in the QR code of a sheet."""

from django.urls import path

from soyol.portal.certificates import views

urlpatterns = [
    path("certificates/", views.check, name="certificate_check"),
    path("certificates/<str:token>/", views.certificate, name="certificate"),
]
