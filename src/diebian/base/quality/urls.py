from django.urls import path

from . import declaring_views, order_views, views

app_name = "quality"

urlpatterns = [
    path("quality/", views.tables, name="tables"),
    path("quality/orders/", order_views.orders, name="orders"),
    path("quality/orders/<uuid:order_id>/", order_views.order, name="order"),
    path("quality/orders/<uuid:order_id>/<slug:verb>", order_views.act, name="act"),
    path("quality/rules/<uuid:rule_id>/", views.rule, name="rule"),
    path("quality/rules/<uuid:rule_id>/rows", views.rows, name="rows"),
    path("quality/rules/<uuid:rule_id>/end", views.end, name="end"),
    path("quality/tables/<slug:slug>/", views.table, name="table"),
    path("quality/tables/<slug:slug>/lineage", views.lineage, name="lineage"),
    path("quality/tables/<slug:slug>/check", views.check, name="check"),
    path("quality/tables/<slug:slug>/declare", declaring_views.declare, name="declare"),
    path("quality/tables/<slug:slug>/suggested", views.suggested, name="suggested"),
]
