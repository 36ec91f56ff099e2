from django.urls import path

from . import views

urlpatterns = [
    path("desk/items/", views.items, name="items"),
    path("desk/items/file.<slug:kind>", views.download, name="items-file"),
    path("desk/items/upload/", views.upload, name="items-upload"),
    path("desk/items/<slug:code>/", views.item, name="item-desk"),
    path("desk/items/<slug:code>/edit/", views.edit, name="item-edit"),
    path("desk/items/<slug:code>/<slug:verb>", views.act, name="item-act"),
]
