"""Addresses about accounts and what they are granted."""

from django.urls import path

from soyol.workspace.accounts import recovering, views, workbook

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("workbooks/accounts/", workbook.take, name="accounts_take"),
    path("accounts/invite/", views.invite, name="invite"),
    path("accounts/invitations/<int:pk>/withdraw/", views.withdraw, name="invitation_withdraw"),
    path("accounts/recover/", recovering.recoveries, name="recoveries"),
    path("accounts/<int:pk>/recover/", recovering.recover, name="recover"),
    path("recoveries/<int:pk>/withdraw/", recovering.withdraw, name="recovery_withdraw"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/give/", views.give, name="grant_give"),
    path("grants/<int:pk>/", views.change, name="grant_change"),
    path("grants/<int:pk>/end/", views.end, name="grant_end"),
]
