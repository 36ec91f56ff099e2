from django.urls import path

from . import views

app_name = "wall"

urlpatterns = [
    path("brain/", views.wall, name="wall"),
    path("brain/figures/<slug:slug>/", views.figure, name="figure"),
    path("brain/acts/<slug:kind>/<slug:number>/", views.act, name="act"),
]
