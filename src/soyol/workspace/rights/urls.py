"""Addresses of what people ask about their data."""

from django.urls import path

from soyol.workspace.rights import views

urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/<uuid:pk>/", views.asked, name="request"),
    path("requests/<uuid:pk>/accept/", views.accept, name="request_accept"),
    path("requests/<uuid:pk>/refuse/", views.refuse, name="request_refuse"),
    path("requests/<uuid:pk>/evidence/<int:number>/", views.evidence, name="request_evidence"),
]
