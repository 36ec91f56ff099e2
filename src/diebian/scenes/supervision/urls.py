from django.urls import path

from . import sheet_views, views

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.tasks, name="tasks"),
    path("supervision/new/", views.new, name="new"),
    path("supervision/bulletin/", views.bulletin_page, name="bulletin"),
    path("supervision/bulletin.csv", views.bulletin_file, name="bulletin-file"),
    path("supervision/tasks/<uuid:public_id>/", views.task, name="task"),
    path(
        "supervision/tasks/<uuid:public_id>/files/<uuid:paper_id>/",
        views.evidence_file,
        name="file",
    ),
    path("supervision/tasks/<uuid:public_id>/<slug:verb>", views.act, name="act"),
    path("supervision/sheets/", sheet_views.sheets, name="sheets"),
    path("supervision/sheets/draw", sheet_views.draw, name="draw"),
    path("supervision/sheets/<uuid:public_id>/", sheet_views.sheet, name="sheet"),
]
