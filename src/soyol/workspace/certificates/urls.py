"""Addresses of certificates for those who issue them."""

from django.urls import path

from soyol.workspace.certificates import views

urlpatterns = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<str:number>/sheet/", views.sheet, name="certificate_sheet"),
    path("certificates/<str:number>/renew/", views.renew, name="certificate_renew"),
    path("certificates/<str:number>/revoke/", views.revoke, name="certificate_revoke"),
    path("entries/<str:number>/certificates/issue/", views.issue, name="certificate_issue"),
]
