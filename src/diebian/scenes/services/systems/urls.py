from django.urls import path

from . import api, views

urlpatterns = [
    path("desk/systems/", views.systems, name="systems"),
    path("desk/systems/<int:system_id>/", views.system, name="system"),
    path("api/case-systems/<str:name>/changes", api.changes, name="system-changes"),
]
