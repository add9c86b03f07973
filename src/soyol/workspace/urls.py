"""Addresses of the signed-in pages, all under ``/desk/``."""

from django.urls import include, path

from soyol.workspace.start import views as start

app_name = "desk"

urlpatterns = [
    path("", start.start, name="start"),
    path("me/", start.me, name="me"),
    path("", include("soyol.workspace.sources.urls")),
    path("", include("soyol.workspace.surveys.urls")),
    path("", include("soyol.workspace.claims.urls")),
    path("", include("soyol.workspace.consents.urls")),
    path("", include("soyol.workspace.certificates.urls")),
    path("", include("soyol.workspace.letters.urls")),
    path("", include("soyol.workspace.registry.urls")),
    path("", include("soyol.workspace.accounts.urls")),
    path("", include("soyol.workspace.bodies.urls")),
    path("", include("soyol.workspace.audit.urls")),
    path("", include("soyol.workspace.jobs.urls")),
    path("", include("soyol.workspace.outbox.urls")),
    path("", include("soyol.workspace.rights.urls")),
    path("", include("soyol.workspace.protection.urls")),
]
