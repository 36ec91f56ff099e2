from django.urls import path

from . import views

urlpatterns = [
    path("desk/tasks/<slug:case_no>/<slug:verb>", views.act, name="task-act"),
    path("desk/words/<slug:case_no>/<int:task>/", views.word, name="word"),
    path("desk/batch", views.batch, name="batch"),
    path("cases/<slug:case_no>/way/", views.way, name="way"),
    path("cases/<slug:case_no>/urge", views.urge, name="urge"),
]
