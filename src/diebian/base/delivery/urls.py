from django.urls import path

from . import receiving_views, views

app_name = "delivery"

urlpatterns = [
    path("delivery/", receiving_views.deliveries, name="deliveries"),
    path("delivery/targets/new", receiving_views.target, name="target"),
    path("delivery/entries/<uuid:entry_id>/table", views.table, name="mount-table"),
    path("delivery/entries/<uuid:entry_id>/file", views.file, name="mount-file"),
    path("delivery/grants/<int:grant_id>/arrange", receiving_views.arrange, name="arrange"),
    path("delivery/grants/<int:grant_id>/download", receiving_views.download, name="download"),
    path("delivery/<uuid:public_id>/", receiving_views.delivery, name="delivery"),
    path("delivery/<uuid:public_id>/send", receiving_views.send, name="send"),
    path("api/delivery/grants/<int:grant_id>/download", receiving_views.api_download,
         name="api-download"),
    path("api/delivery/<uuid:public_id>", receiving_views.api_delivery, name="api-delivery"),
]  # fmt: skip
