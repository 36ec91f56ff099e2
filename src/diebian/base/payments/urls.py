from django.urls import path

from . import api, views

app_name = "payments"

urlpatterns = [
    path("desk/payments/", views.account, name="account"),
    path("api/payments/told", api.told, name="told"),
]
