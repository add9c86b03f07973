"""Addresses of the whole site. Every route declares its door; a test walks them all."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("soyol.accounts.urls")),
    path("enter/", include("soyol.accounts.entry_urls")),
    path("desk/", include("soyol.workspace.urls")),
    path("gallery/", include("soyol.workspace.gallery.urls")),
    path("", include("soyol.portal.urls")),
]

handler500 = "config.busy.failed"
