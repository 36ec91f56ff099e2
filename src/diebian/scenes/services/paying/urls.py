from django.urls import path

from . import views

urlpatterns = [
    path("cases/<slug:case_no>/fee/", views.fee, name="fee"),
    path("cases/<slug:case_no>/fee/receipt/", views.receipt, name="fee-receipt"),
]
