from django.urls import path, re_path

from . import desk_views, verify_views, views
from .items import views as items
from .ledger import views as ledger
from .limits import views as limits
from .themes import views as themes

app_name = "services"

urlpatterns = [
    path("items/<slug:code>/", views.guide, name="guide"),
    path("items/<slug:code>/versions/", views.versions, name="versions"),
    path("items/<slug:code>/versions/<int:number>/", views.version, name="version"),
    path("items/<slug:code>/apply/", views.apply, name="apply"),
    path("cases/<slug:case_no>/", views.track, name="track"),
    path("cases/<slug:case_no>/form/", views.form, name="form"),
    path("cases/<slug:case_no>/check/", views.check, name="check"),
    path("cases/<slug:case_no>/discard", views.discard, name="discard"),
    path("cases/<slug:case_no>/supplement", views.supplement, name="supplement"),
    path("cases/<slug:case_no>/withdraw", views.withdraw, name="withdraw"),
    path("cases/<slug:case_no>/doubt/", views.doubt, name="doubt"),
    path("cases/<slug:case_no>/rate", views.rate, name="rate"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/papers/<slug:code>/", ledger.paper, name="ledger-paper"),
    path("ledger/items/<slug:code>/", ledger.cases, name="ledger-cases"),
    path("desk/items/", items.items, name="items"),
    path("desk/items/file.<slug:kind>", items.download, name="items-file"),
    path("desk/items/upload/", items.upload, name="items-upload"),
    path("desk/items/<slug:code>/", items.item, name="item-desk"),
    path("desk/items/<slug:code>/edit/", items.edit, name="item-edit"),
    path("desk/items/<slug:code>/<slug:verb>", items.act, name="item-act"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<slug:code>/", themes.theme, name="theme"),
    path("desk/themes/", themes.desk, name="themes-desk"),
    path("desk/themes/<slug:code>/", themes.report, name="theme-report"),
    path("desk/themes/<slug:code>/drawing.bpmn", themes.drawing, name="theme-drawing"),
    path("me/cases/", views.mine, name="mine"),
    path("me/reads/", views.reads, name="reads"),
    path("window/", desk_views.window, name="window"),
    path("desk/limits/", limits.limits, name="limits"),
    path("desk/limits/items/<slug:code>/", limits.item, name="limits-item"),
    path("desk/limits/cases/<slug:case_no>/", limits.case, name="limits-case"),
    path("desk/limits/cases/<slug:case_no>/<slug:verb>", limits.act, name="limits-act"),
    path("desk/cases/", desk_views.queue, name="desk"),
    path("desk/cases/<slug:case_no>/", desk_views.work, name="work"),
    path("desk/cases/<slug:case_no>/verify/", verify_views.verify, name="verify"),
    re_path(
        r"^desk/cases/(?P<case_no>\d+)/(?P<verb>approve|refuse|supplement)$",
        desk_views.decide,
        name="decide",
    ),
]
