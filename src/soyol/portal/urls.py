"""Addresses of the public pages."""

from django.urls import include, path

from soyol.portal.pages import views as pages

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("language/<str:code>/", pages.language, name="language"),
    path("", include("soyol.portal.registry.urls")),
    path("", include("soyol.portal.opendata.urls")),
    path("", include("soyol.portal.sources.urls")),
    path("", include("soyol.portal.surveys.urls")),
    path("", include("soyol.portal.mine.profile_urls")),
    path("", include("soyol.portal.mine.urls")),
    path("", include("soyol.portal.mine.correct_urls")),
    path("", include("soyol.portal.certificates.urls")),
    path("", include("soyol.portal.mine.rights_urls")),
    path("", include("soyol.portal.letters.urls")),
]
