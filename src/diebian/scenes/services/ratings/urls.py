from django.urls import path

from . import views

urlpatterns = [
    path("cases/<slug:case_no>/rate", views.rate, name="rate"),
    path("cases/<slug:case_no>/rate-again", views.rate_again, name="rate-again"),
    path("rate/", views.by_code, name="rate-code"),
    path("rate/<slug:code>/", views.rate_slip, name="rate-slip"),
    path("ratings/", views.ratings, name="ratings"),
    path("ratings/<slug:department>/", views.ratings_department, name="ratings-of"),
    path("window/cases/<slug:case_no>/slip/", views.slip, name="rating-slip"),
    path("desk/ratings/", views.desk, name="ratings-desk"),
    path("desk/ratings/words/<int:rating>", views.words, name="rating-words"),
    path("desk/ratings/<uuid:public_id>/", views.order, name="rating-order"),
    path("desk/ratings/<uuid:public_id>/contact", views.reveal, name="rating-contact"),
    path("desk/ratings/<uuid:public_id>/<slug:verb>", views.act, name="rating-act"),
]
