"""Public addresses that stand in letters; the last part of each is a secret of whoever got the letter."""

from django.urls import path

from soyol.portal.letters import views

urlpatterns = [
    path("letters/end/<str:token>/", views.end, name="letters_end"),
    path("letters/still/<str:token>/", views.still, name="letters_still"),
]
