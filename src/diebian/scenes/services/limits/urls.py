from django.urls import path

from . import views

urlpatterns = [
    path("desk/limits/", views.limits, name="limits"),
    path("desk/limits/items/<slug:code>/", views.item, name="limits-item"),
    path("desk/limits/cases/<slug:case_no>/", views.case, name="limits-case"),
    path("desk/limits/cases/<slug:case_no>/<slug:verb>", views.act, name="limits-act"),
]
