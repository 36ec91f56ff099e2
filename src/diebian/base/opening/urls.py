from django.urls import path

from . import views

app_name = "opening"

urlpatterns = [
    path("opening/", views.desk, name="desk"),
    path("opening/new/<slug:slug>/", views.propose, name="propose"),
    path("opening/<uuid:dataset_id>/", views.dataset, name="dataset"),
    path("opening/<uuid:dataset_id>/<slug:verb>", views.act, name="act"),
]
