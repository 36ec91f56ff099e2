from django.urls import path

from . import views

urlpatterns = [
    path("cross-region/", views.cross_region, name="cross-region"),
    path("window/carried/", views.carried, name="carried"),
    path("window/carried/<slug:number>/", views.carried_one, name="carried-one"),
]
