"""Addresses of claims to entries, for the officers who decide them."""

from django.urls import path

from soyol.workspace.claims import views

urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/<uuid:pk>/", views.claim, name="claim"),
    path("claims/<uuid:pk>/document/", views.document, name="claim_document"),
    path("claims/<uuid:pk>/accept/", views.accept, name="claim_accept"),
    path("claims/<uuid:pk>/refuse/", views.refuse, name="claim_refuse"),
    path("entries/<str:number>/holders/", views.holders, name="holders"),
    path("entries/<str:number>/holders/<int:pk>/end/", views.end, name="hold_end"),
]
