"""The address at which a holder says that everything is still right."""

from django.urls import path

from soyol.portal.mine import correct

urlpatterns = [path("me/<str:number>/still-correct/", correct.still_correct, name="still_correct")]
