from django.urls import path

from . import views

app_name = "messages"

urlpatterns = [
    path("me/messages/", views.notices, name="notices"),
    path("me/messages/read", views.read_all, name="read_all"),
    path("me/messages/<uuid:public_id>/read", views.read, name="read"),
]
