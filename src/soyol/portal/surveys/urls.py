"""Addresses of surveys. The secret part of an address leads back to answers that were not sent yet."""

from django.urls import path

from soyol.portal.surveys import offline, syncing, views, writing

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/<slug:code>/", views.survey, name="survey"),
    path("surveys/<slug:code>/sync/", syncing.sync, name="survey_sync"),
    path("surveys/<slug:code>/offline/", offline.offline, name="survey_offline"),
    path("surveys/<slug:code>/offline/worker.js", offline.worker, name="survey_worker"),
    path("surveys/<slug:code>/offline/form-<int:pk>.json", offline.form, name="survey_form"),
    path("surveys/<slug:code>/offline/<slug:language>/", offline.device, name="survey_device"),
    path("surveys/<slug:code>/offline/<slug:language>/app.webmanifest", offline.manifest, name="survey_manifest"),
    path("surveys/<slug:code>/<slug:token>/", writing.overview, name="survey_answers"),
    path("surveys/<slug:code>/<slug:token>/page/<slug:step>/", writing.step, name="survey_step"),
    path("surveys/<slug:code>/<slug:token>/check/", writing.check, name="survey_check"),
    path("surveys/<slug:code>/<slug:token>/receipt/", writing.receipt, name="survey_receipt"),
    path("surveys/<slug:code>/<slug:token>/drop/", writing.drop, name="survey_drop"),
]
