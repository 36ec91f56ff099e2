from django.urls import path

from . import api, views

app_name = "corrections"

urlpatterns = [
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/new/<slug:slug>/", views.new, name="new"),
    path("corrections/<uuid:correction_id>/", views.correction, name="correction"),
    path("corrections/<uuid:correction_id>/<slug:verb>", views.act, name="act"),
    path("api/corrections/resources/<slug:slug>", api.doubt, name="api-doubt"),
    path("api/corrections/<uuid:correction_id>", api.correction, name="api-one"),
]
