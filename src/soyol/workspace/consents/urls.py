"""Addresses of what people agree to: its words, and what somebody told an officer."""

from django.urls import path

from soyol.workspace.consents import noting, wording

urlpatterns = [
    path("consents/", wording.texts, name="consent_texts"),
    path("consents/<slug:purpose>/", wording.write, name="consent_text"),
    path("entries/<str:number>/consents/", noting.note, name="consents"),
]
