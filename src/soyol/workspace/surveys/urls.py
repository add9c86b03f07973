"""Addresses of surveys for staff."""

from django.urls import path

from soyol.workspace.surveys import answers, entering, files, views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.create, name="survey_new"),
    path("surveys/<slug:code>/", views.survey, name="survey"),
    path("surveys/<slug:code>/versions/", views.add_version, name="survey_version_add"),
    path("surveys/<slug:code>/versions/<int:pk>/publish/", views.publish, name="survey_publish"),
    path("surveys/<slug:code>/versions/<int:pk>/file/", files.as_uploaded, name="survey_file"),
    path("surveys/<slug:code>/versions/<int:pk>/kobo/", files.for_kobo, name="survey_kobo"),
    path("surveys/<slug:code>/close/", views.close, name="survey_close"),
    path("surveys/<slug:code>/enter/", entering.enter, name="survey_enter"),
    path("surveys/<slug:code>/export/", files.export, name="survey_export"),
    path("surveys/<slug:code>/import/", files.bring, name="survey_import"),
    path("surveys/<slug:code>/import/<int:pk>/", files.dry_run, name="survey_dry_run"),
    path("answers/<int:pk>/", answers.submission, name="submission"),
    path("answers/<int:pk>/confirm/", answers.confirm, name="submission_confirm"),
    path("answers/<int:pk>/correct/", entering.correct, name="submission_correct"),
]
