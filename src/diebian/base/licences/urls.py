from django.urls import path

from . import views

app_name = "licences"

urlpatterns = [
    path("licences/check/", views.check, name="check"),
    path("licences/<uuid:public_id>.json", views.data, name="data"),
    path("licences/<uuid:public_id>.pdf", views.pdf, name="pdf"),
]
