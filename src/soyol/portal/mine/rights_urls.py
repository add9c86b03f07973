"""Addresses under one's own page where something is asked about one's data."""

from django.urls import path

from soyol.portal.mine import corrections, erasure, taking

urlpatterns = [
    path("me/<str:number>/erase/", erasure.erase, name="erase"),
    path("me/<str:number>/take-along/", taking.take_along, name="take_along"),
    path("me/<str:number>/take-along/file/", taking.file, name="take_along_file"),
    path("me/<str:number>/corrections/", corrections.corrections, name="corrections"),
    path("me/<str:number>/corrections/closed/", corrections.closed, name="correction_closed"),
    path("me/<str:number>/corrections/row/<int:record>/", corrections.row, name="correction_row"),
    path("me/<str:number>/corrections/<uuid:pk>/withdraw/", corrections.withdraw, name="correction_withdraw"),
    path("me/<str:number>/corrections/<slug:field>/", corrections.value, name="correction_value"),
]
