from django.urls import path

from . import views

app_name = "elements"

urlpatterns = [
    path("elements/", views.elements, name="elements"),
    path("elements/new", views.propose, name="propose"),
    path("elements/<uuid:element_id>/", views.element, name="element"),
    path("elements/<uuid:element_id>/<slug:verb>", views.act, name="act"),
]
