"""Addresses of lists and their files."""

from django.urls import path

from soyol.workspace.sources import batches, mapping, views, workbook

urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("workbooks/sources/", workbook.take, name="sources_take"),
    path("sources/new/", views.create, name="source_new"),
    path("sources/<slug:code>/", views.source, name="source"),
    path("sources/<slug:code>/change/", views.change, name="source_change"),
    path("sources/<slug:code>/upload/", views.upload, name="upload"),
    path("sources/<slug:code>/give-back/", views.give_back, name="give_back"),
    path("files/<int:pk>/", batches.batch, name="batch"),
    path("files/<int:pk>/columns/", mapping.columns, name="columns"),
    path("files/<int:pk>/columns/preview/", mapping.preview, name="columns_preview"),
    path("files/<int:pk>/read/", batches.read_again, name="read_again"),
    path("files/<int:pk>/check/", batches.check, name="check"),
    path("files/<int:pk>/import/", batches.import_rows, name="import"),
    path("files/<int:pk>/withdraw/", batches.withdraw, name="withdraw"),
    path("files/<int:pk>/problems/", batches.problems, name="problems"),
    path("files/<int:pk>/problems/take/", batches.take_problems, name="take_problems"),
]
