from django.urls import path

from . import views

urlpatterns = [
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:code>/", views.theme, name="theme"),
    path("desk/themes/", views.desk, name="themes-desk"),
    path("desk/themes/<slug:code>/", views.report, name="theme-report"),
    path("desk/themes/<slug:code>/drawing.bpmn", views.drawing, name="theme-drawing"),
]
