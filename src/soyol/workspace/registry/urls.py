"""Addresses of the registry for staff: people and bodies, matching, entries by hand."""

from django.urls import path

from soyol.workspace.registry import actor, actors, desk, earlier, hand, linkage, memberships, state, together

urlpatterns = [
    path("entries/", actors.actors, name="actors"),
    path("entries/export/", actors.export, name="actors_export"),
    path("entries/filters/", actors.save_filter, name="filter_save"),
    path("entries/filters/<int:pk>/drop/", actors.drop_filter, name="filter_drop"),
    path("entries/add/", hand.add, name="add"),
    path("entries/add/here/", hand.already_here, name="already_here"),
    path("entries/<str:number>/", actor.actor, name="actor"),
    path("entries/<str:number>/as-of/", earlier.as_of, name="actor_as_of"),
    path("entries/<str:number>/state/", state.choose, name="state_choose"),
    path("entries/<str:number>/state/<slug:field>/", state.state, name="state"),
    path("entries/<str:number>/merge/", actor.merge, name="merge"),
    path("entries/<str:number>/split/", actor.split, name="split"),
    path("entries/<str:number>/undo/<int:change>/", actor.undo, name="undo"),
    path("entries/<str:number>/memberships/", memberships.add, name="membership_add"),
    path("entries/<str:number>/memberships/<int:tie>/end/", memberships.end, name="membership_end"),
    path("entries/<str:number>/memberships/<int:tie>/take-back/", memberships.take_back, name="membership_take_back"),
    path("entries/<str:number>/reveal/<int:statement>/", actor.reveal, name="reveal"),
    path("review/", desk.following, name="review"),
    path("review/take-back/", desk.take_back, name="review_take_back"),
    path("review/<int:pk>/", desk.question, name="question"),
    path("review/<int:pk>/answer/", desk.answer, name="question_answer"),
    path("review/<int:pk>/ask/", desk.ask, name="question_ask"),
    path("review/<int:pk>/together/", together.together, name="question_together"),
    path("review/<int:pk>/give-back/", desk.give_back, name="question_give_back"),
    path("matching/", linkage.linkage, name="linkage"),
    path("matching/start/", linkage.start, name="linkage_start"),
    path("matching/<int:pk>/", linkage.run, name="run"),
]
