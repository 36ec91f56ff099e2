from django.urls import path

from . import api, defining_views, naming_views, redefining_views, views

app_name = "lake"

urlpatterns = [
    path("lake/", views.collections, name="collections"),
    path("lake/new", defining_views.define, name="define"),
    path("lake/sources/new", defining_views.source, name="source"),
    path("lake/runs/<int:run_id>/", views.run, name="run"),
    path("lake/runs/<int:run_id>/stop", views.stop, name="stop"),
    path("lake/holds/<int:hold_id>/<slug:decision>", views.decide, name="decide"),
    path("lake/<slug:slug>/", views.collection, name="collection"),
    path("lake/<slug:slug>/change", redefining_views.change, name="change"),
    path("lake/<slug:slug>/elements", naming_views.elements, name="elements"),
    path("lake/<slug:slug>/collect", views.collect, name="collect"),
    path("api/lake/collections", api.collections, name="api-collections"),
    path("api/lake/push/<slug:slug>", api.push, name="api-push"),
]
