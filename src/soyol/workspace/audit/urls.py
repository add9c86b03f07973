"""Addresses of the audit."""

from django.urls import path

from soyol.workspace.audit import views, workbook

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("workbooks/audit/", workbook.take, name="audit_take"),
]
