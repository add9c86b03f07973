"""Address of the audit."""

from django.urls import path

from soyol.workspace.audit import views

urlpatterns = [path("audit/", views.audit, name="audit")]
