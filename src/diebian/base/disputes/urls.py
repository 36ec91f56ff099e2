from django.urls import path

from . import views

app_name = "disputes"

urlpatterns = [
    path("disputes/", views.disputes, name="disputes"),
    path("disputes/new/<slug:kind>/<slug:about>/", views.new, name="new"),
    path("disputes/<uuid:dispute_id>/", views.dispute, name="dispute"),
    path("disputes/<uuid:dispute_id>/decision", views.decide, name="decide"),
    path("disputes/<uuid:dispute_id>/<slug:verb>", views.act, name="act"),
]
