from django.urls import path

from . import case_views, owed_views, scan_views, sheet_views, views

urlpatterns = [
    path("window/", views.window, name="window"),
    path("window/guest/<slug:verb>", views.guest, name="guest"),
    path("desk/handovers/", owed_views.handovers, name="handovers"),
    path("sheets/", sheet_views.sheets, name="sheets"),
    path("sheets/<uuid:public_id>/", sheet_views.sheet, name="sheet"),
    path("window/cases/<slug:case_no>/", case_views.counter, name="counter"),
    path("window/cases/<slug:case_no>/scan/", scan_views.scan, name="scan"),
    path("window/cases/<slug:case_no>/<slug:verb>", case_views.act, name="counter-act"),
    path("cases/<slug:case_no>/receipt/", case_views.receipt, name="receipt"),
    path("cases/<slug:case_no>/receipt.pdf", case_views.receipt_pdf, name="receipt-pdf"),
]
