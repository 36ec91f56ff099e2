from django.urls import path

from . import desk_views, views

urlpatterns = [
    path("themes/", views.themes, name="themes"),
    path("desk/themes/", desk_views.desk, name="themes-desk"),
    path("desk/themes/<slug:code>/", desk_views.report, name="theme-report"),
    path("desk/themes/<slug:code>/drawing.bpmn", desk_views.drawing, name="theme-drawing"),
    path("desk/themes/<slug:code>/edit/", desk_views.edit, name="theme-edit"),
    path("desk/themes/<slug:code>/<slug:verb>", desk_views.act, name="theme-act"),
]
