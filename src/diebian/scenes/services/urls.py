from django.urls import include, path, re_path

from . import desk_views, handing_views, handover_views, question_views, verify_views, views

app_name = "services"
ROOMS = (
    "applications",
    "charges",
    "citywide",
    "crossregion",
    "face",
    "items",
    "ledger",
    "limits",
    "paying",
    "ratings",
    "systems",
    "tasks",
    "themes",
    "window",
)

urlpatterns = [
    path("items/<slug:code>/", views.guide, name="guide"),
    path("items/<slug:code>/versions/", views.versions, name="versions"),
    path("items/<slug:code>/versions/<int:number>/", views.version, name="version"),
    path("items/<slug:code>/apply/", views.apply, name="apply"),
    path("cases/<slug:case_no>/", views.track, name="track"),
    path("cases/<slug:case_no>/questions/", question_views.questions, name="questions"),
    path("cases/<slug:case_no>/renew/", question_views.renew, name="renew"),
    path("cases/<slug:case_no>/papers/", handing_views.papers, name="papers"),
    path("cases/<slug:case_no>/papers/<uuid:paper_id>/", handing_views.paper, name="paper"),
    path("cases/<slug:case_no>/form/", views.form, name="form"),
    path("cases/<slug:case_no>/check/", views.check, name="check"),
    path("cases/<slug:case_no>/discard", views.discard, name="discard"),
    path("cases/<slug:case_no>/supplement", views.supplement, name="supplement"),
    path("cases/<slug:case_no>/handover", handover_views.handover, name="handover"),
    path("cases/<slug:case_no>/withdraw", views.withdraw, name="withdraw"),
    path("cases/<slug:case_no>/doubt/", views.doubt, name="doubt"),
    path("me/cases/", views.mine, name="mine"),
    path("me/reads/", views.reads, name="reads"),
    path("desk/cases/", desk_views.queue, name="desk"),
    path("desk/cases/<slug:case_no>/", desk_views.work, name="work"),
    path("desk/cases/<slug:case_no>/licences/<str:material>/", desk_views.licence, name="licence"),
    path("desk/cases/<slug:case_no>/verify/", verify_views.verify, name="verify"),
    re_path(
        r"^desk/cases/(?P<case_no>\d+)/(?P<verb>approve|refuse|supplement)$",
        desk_views.decide,
        name="decide",
    ),
    *(path("", include(f"diebian.scenes.services.{room}.urls")) for room in ROOMS),
]
