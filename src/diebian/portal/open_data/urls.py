from django.urls import path

from . import api, ask_views, feed, views

app_name = "open-data"

urlpatterns = [
    path("open-data/", views.datasets, name="datasets"),
    path("open-data/feed.atom", feed.all_changes, name="feed"),
    path("open-data/requests/", ask_views.requests, name="requests"),
    path("open-data/requests/new", ask_views.new, name="request-new"),
    path("open-data/requests/<uuid:ask_id>/", ask_views.request, name="request"),
    path("open-data/requests/<uuid:ask_id>/<slug:verb>", ask_views.act, name="request-act"),
    path("open-data/<uuid:dataset_id>/", views.dataset, name="dataset"),
    path("open-data/<uuid:dataset_id>/feed.atom", feed.changes, name="dataset-feed"),
    path("open-data/<uuid:dataset_id>/download/<slug:form>", views.download, name="download"),
    path("api/open-data/datasets", api.datasets, name="api-datasets"),
    path("api/open-data/datasets/<uuid:dataset_id>", api.dataset, name="api-dataset"),
    path("api/open-data/datasets/<uuid:dataset_id>/rows", api.rows, name="api-rows"),
]
