from django.urls import path

from . import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/papers/<slug:code>/", views.paper, name="ledger-paper"),
    path("ledger/items/<slug:code>/", views.cases, name="ledger-cases"),
]
