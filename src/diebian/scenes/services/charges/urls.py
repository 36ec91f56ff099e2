from django.urls import path

from . import views

urlpatterns = [
    path("charges/", views.all_charges, name="charges-all"),
    path("items/<slug:code>/charges/", views.charges, name="charges"),
    path("desk/items/<slug:code>/charges/", views.edit, name="item-charges"),
]
