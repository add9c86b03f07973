"""Addresses of one's own pages: what one holds, and everything about it."""

from django.urls import path

from soyol.portal.mine import certificates, claiming, enrolling, entry, handing, leaving, looking, stating, views

urlpatterns = [
    path("me/", views.mine, name="mine"),
    path("me/find/", claiming.find, name="mine_find"),
    path("me/find/take/", claiming.take, name="mine_take"),
    path("me/find/<int:pk>/", claiming.code, name="mine_code"),
    path("me/claim/", claiming.claim, name="mine_claim"),
    path("me/claims/<uuid:pk>/withdraw/", claiming.withdraw, name="mine_claim_withdraw"),
    path("me/state/", stating.by_state, name="mine_by_state"),
    path("me/account/delete/", leaving.delete_account, name="delete_account"),
    path("me/enrol/", enrolling.enrol, name="mine_enrol"),
    path("me/enrol/here/", enrolling.here, name="mine_enrol_here"),
    path("me/take-over/<str:token>/", handing.take_over, name="mine_take_over"),
    path("me/<str:number>/", entry.entry, name="mine_entry"),
    path("me/<str:number>/choose/", entry.choose, name="mine_choose"),
    path("me/<str:number>/certificate/", certificates.certify, name="mine_certify"),
    path("me/<str:number>/certificate/<str:certificate>/", certificates.sheet, name="mine_sheet"),
    path("me/<str:number>/looks/", looking.looked, name="mine_looks"),
    path("me/<str:number>/looks/data/", looking.as_data, name="mine_looks_data"),
    path("me/<str:number>/leave/", handing.leave, name="mine_leave"),
    path("me/<str:number>/hand-over/", handing.hand_over, name="mine_hand_over"),
    path("me/<str:number>/hand-over/<int:pk>/withdraw/", handing.withdraw, name="mine_hand_over_withdraw"),
]
