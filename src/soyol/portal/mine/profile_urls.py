"""Addresses at which people write who they are."""

from django.urls import path

from soyol.portal.mine import profile

urlpatterns = [
    path("me/<str:number>/profile/", profile.profile, name="profile"),
    path("me/<str:number>/profile/back/", profile.take_back, name="profile_back"),
    path("me/<str:number>/photo/", profile.photo, name="photo"),
    path("me/<str:number>/photo/remove/", profile.remove_photo, name="photo_remove"),
]
