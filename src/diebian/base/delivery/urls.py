from django.urls import path

from . import views

app_name = "delivery"

urlpatterns = [
    path("delivery/entries/<uuid:entry_id>/table", views.table, name="mount-table"),
    path("delivery/entries/<uuid:entry_id>/file", views.file, name="mount-file"),
]
