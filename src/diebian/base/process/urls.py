from django.urls import path

from .console import views

app_name = "process"

urlpatterns = [
    path("process/", views.processes, name="processes"),
    path("process/incidents/", views.incidents, name="incidents"),
    path("process/incidents/<int:incident_id>/again", views.try_again, name="try-again"),
    path("process/drawings/<str:key>/", views.process, name="process"),
    path("process/drawings/<str:key>/<int:number>.bpmn", views.file, name="file"),
]
