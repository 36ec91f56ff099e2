from django.urls import path

from . import views

app_name = "corrections"

urlpatterns = [
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", views.correction, name="correction"),
    path("corrections/<uuid:correction_id>/<slug:verb>", views.act, name="act"),
]
