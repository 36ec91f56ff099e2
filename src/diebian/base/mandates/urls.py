from django.urls import path

from . import views, window_views

app_name = "mandates"

urlpatterns = [
    path("me/mandates/", views.mine, name="mine"),
    path("me/mandates/give/", views.give, name="give"),
    path("me/companies/claim", views.claim, name="claim"),
    path("me/companies/<uuid:company_key>/give/", views.company_give, name="company-give"),
    path("me/mandates/ask/", views.ask, name="ask"),
    path("me/mandates/<uuid:mandate_id>/", views.mandate, name="mandate"),
    path("me/mandates/<uuid:mandate_id>/sheet/", views.sheet, name="sheet"),
    path("mandates/paper/", views.paper, name="paper"),
    path("mandates/window/", window_views.desk, name="desk"),
    path("mandates/window/find", window_views.find, name="find"),
    path("mandates/window/uses/<int:use_id>/told", window_views.told, name="told"),
    path("mandates/window/<uuid:mandate_id>/scan", window_views.scan, name="scan"),
    path(
        "me/mandates/<uuid:mandate_id>/signed/<uuid:paper_id>/",
        window_views.signed,
        name="signed",
    ),
    path("mandates/window/<uuid:mandate_id>/<slug:verb>", window_views.act, name="desk-act"),
    path("me/mandates/<uuid:mandate_id>/<slug:verb>", views.act, name="act"),
]
