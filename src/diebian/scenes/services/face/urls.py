from django.urls import path

from . import views

urlpatterns = [
    path("record/", views.front, name="face"),
    path("record/items/<slug:code>/", views.item, name="face-item"),
    path("record/<slug:department>/", views.department, name="face-department"),
]
