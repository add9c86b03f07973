"""Addresses of what people agree to: its words, for who writes them for the whole country."""

from django.urls import path

from soyol.workspace.consents import wording

urlpatterns = [
    path("consents/", wording.texts, name="consent_texts"),
    path("consents/<slug:purpose>/", wording.write, name="consent_text"),
]
