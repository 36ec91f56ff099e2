from django.urls import path

from . import declaring_views, pair_views, record_views, sharing_views, views

app_name = "masterdata"

urlpatterns = [
    path("bases/", views.bases, name="bases"),
    path("bases/new", declaring_views.new, name="new"),
    path("bases/builds/<int:build_id>/", views.build, name="build"),
    path("bases/builds/<int:build_id>/stop", views.stop, name="stop"),
    path("bases/pairs/<int:pair_id>/", pair_views.pair, name="pair"),
    path("bases/pairs/<int:pair_id>/plain", pair_views.plain, name="pair-plain"),
    path("bases/pairs/<int:pair_id>/decide", pair_views.decide, name="decide"),
    path("bases/decisions/<int:decision_id>/revoke", pair_views.revoke, name="revoke"),
    path("bases/<slug:slug>/", views.base, name="base"),
    path("bases/<slug:slug>/alter", declaring_views.alter, name="alter"),
    path("bases/mount/<uuid:entry_id>/", sharing_views.mount, name="mount"),
    path("bases/mount-table/<uuid:entry_id>/", sharing_views.mount_table, name="mount-table"),
    path("bases/<slug:slug>/leave", sharing_views.leave, name="leave"),
    path("bases/<slug:slug>/build", views.ask, name="ask"),
    path("bases/<slug:slug>/pairs/", pair_views.pairs, name="pairs"),
    path("bases/<slug:slug>/decisions/", pair_views.decisions, name="decisions"),
    path("bases/<slug:slug>/conflicts/<slug:column>/", record_views.conflict, name="conflict"),
    path("bases/<slug:slug>/conflicts/<slug:column>/hand", record_views.hand, name="hand"),
    path("bases/<slug:slug>/find", record_views.find, name="find"),
    path("bases/<slug:slug>/records/<int:number>/", record_views.record, name="record"),
    path("bases/<slug:slug>/records/<int:number>/plain", record_views.plain, name="plain"),
]
