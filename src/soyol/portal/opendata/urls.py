"""Addresses of the open data."""

from django.urls import path

from soyol.portal.opendata import views

urlpatterns = [
    path("open-data/", views.open_data, name="open_data"),
    path("open-data/register.csv", views.register_csv, name="open_register_csv"),
    path("open-data/register.jsonl", views.register_jsonl, name="open_register_jsonl"),
    path("open-data/figures.csv", views.figures_csv, name="open_figures"),
    path("open-data/datapackage.json", views.datapackage, name="open_package"),
    path("open-data/register.json", views.register, name="open_register"),
    path("open-data/register/<str:number>.json", views.entry, name="open_entry"),
]
