from django.urls import path

from . import views

app_name = "papers"

urlpatterns = [
    path("me/papers/", views.mine, name="mine"),
    path("me/papers/<uuid:paper_id>/", views.content, name="content"),
    path("me/papers/<uuid:paper_id>/<slug:verb>", views.act, name="act"),
]
