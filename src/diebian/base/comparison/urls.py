from django.urls import path

from . import declaring_views, views

app_name = "comparison"

urlpatterns = [
    path("comparisons/", views.comparisons, name="comparisons"),
    path("comparisons/new", declaring_views.new, name="new"),
    path("comparisons/runs/<int:run_id>/", views.run, name="run"),
    path("comparisons/runs/<int:run_id>/stop", views.stop, name="stop"),
    path("comparisons/runs/<int:run_id>/repeat", views.repeat, name="repeat"),
    path("comparisons/runs/<int:run_id>/<slug:outcome>/hand", views.hand, name="hand"),
    path("comparisons/runs/<int:run_id>/<slug:outcome>.<slug:kind>", views.file, name="file"),
    path("comparisons/<slug:slug>/", views.comparison, name="comparison"),
    path("comparisons/<slug:slug>/run", views.ask, name="ask"),
]
