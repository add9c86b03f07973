"""Addresses of long work."""

from django.urls import path

from soyol.workspace.jobs import views

urlpatterns = [
    path("work/", views.jobs, name="jobs"),
    path("work/<int:pk>/", views.job, name="job"),
    path("work/<int:pk>/stop/", views.cancel, name="job_cancel"),
    path("work/<int:pk>/file/", views.file, name="job_file"),
]
