"""Addresses of mail and text messages."""

from django.urls import path

from soyol.workspace.outbox import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.message, name="message"),
    path("outbox/<int:pk>/drop/", views.drop, name="message_drop"),
    path("outbox/<int:pk>/again/", views.again, name="message_again"),
]
