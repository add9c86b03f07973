"""Addresses of letters to many for those who write them."""

from django.urls import path

from soyol.workspace.letters import views

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/ask/", views.ask, name="letters_ask"),
    path("letters/new/", views.new, name="letter_new"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/change/", views.change, name="letter_change"),
    path("letters/<int:pk>/count/", views.count, name="letter_count"),
    path("letters/<int:pk>/release/", views.release, name="letter_release"),
    path("letters/<int:pk>/stop/", views.stop, name="letter_stop"),
    path("letters/<int:pk>/go-on/", views.go_on, name="letter_go_on"),
]
