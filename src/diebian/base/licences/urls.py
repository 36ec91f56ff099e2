from django.urls import path

from . import desk_views, my_views, table_views, views

app_name = "licences"

urlpatterns = [
    path("licences/", my_views.mine, name="mine"),
    path("licences/held/<int:held_id>/", my_views.held, name="held"),
    path("licences/copies/<uuid:public_id>.pdf", my_views.copy, name="copy"),
    path("licences/desk/", desk_views.desk, name="desk"),
    path("licences/desk/<uuid:public_id>/", desk_views.licence, name="desk-licence"),
    path("licences/desk/<uuid:public_id>/act", desk_views.act, name="desk-act"),
    path("licences/tables/", table_views.tables, name="tables"),
    path("licences/tables/new", table_views.new, name="table-new"),
    path("licences/tables/<slug:slug>/", table_views.table, name="table"),
    path("licences/tables/<slug:slug>/alter", table_views.alter, name="table-alter"),
    path("licences/check/", views.check, name="check"),
    path("licences/<uuid:public_id>.json", views.data, name="data"),
    path("licences/<uuid:public_id>.pdf", views.pdf, name="pdf"),
]
