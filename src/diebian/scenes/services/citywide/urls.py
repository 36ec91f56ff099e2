from django.urls import path

from . import views

urlpatterns = [
    path("city-wide/", views.city_wide, name="city-wide"),
    path("city-wide/<slug:code>/", views.city_wide_item, name="city-wide-item"),
    path("window/received/", views.received, name="received"),
    path("window/received/<slug:case_no>/", views.received_case, name="received-case"),
    path("desk/cases/<slug:case_no>/wrong-body/", views.wrong_body, name="wrong-body"),
]
