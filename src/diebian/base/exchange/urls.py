from django.urls import path

from .alarms import views as alarms
from .cases import api as cases_api
from .console import views as console
from .interfaces import views as interfaces
from .requests import api as requests_api
from .requests import views as requests
from .seasons import views as seasons
from .upstreams import views as upstreams

app_name = "exchange"

urlpatterns = [
    path("exchange/", requests.inbox, name="inbox"),
    path("exchange/console/", console.console, name="console"),
    path("exchange/alarms/<int:alarm_id>/", alarms.look_into, name="alarm"),
    path("exchange/calls/", console.calls, name="calls"),
    path("exchange/calls/<str:call_id>/", console.call, name="call"),
    path("exchange/upstreams/", upstreams.upstreams, name="upstreams"),
    path("exchange/upstreams/<slug:slug>/key", upstreams.change_key, name="upstream-key"),
    path(
        "exchange/upstreams/<slug:slug>/address",
        upstreams.change_address,
        name="upstream-address",
    ),
    path("exchange/seasons/", seasons.seasons, name="seasons"),
    path("exchange/seasons/<int:season_id>/", seasons.season, name="season"),
    path("exchange/seasons/<int:season_id>/end", seasons.end, name="season-end"),
    path("exchange/line/", seasons.line, name="line"),
    path("exchange/entries/<uuid:entry_id>/mount", interfaces.mount, name="mount"),
    path("exchange/resources/<slug:slug>/", requests.resource_page, name="resource"),
    path("exchange/resources/<slug:slug>/ask", requests.ask, name="ask"),
    path("exchange/resources/<slug:slug>/try", interfaces.try_again, name="try-again"),
    path("exchange/resources/<slug:slug>/unmount", interfaces.unmount, name="unmount"),
    path("exchange/requests/<int:request_id>/", requests.request_page, name="request"),
    path(
        "exchange/requests/<int:request_id>/<slug:verb>",
        requests.act_on_request,
        name="request-act",
    ),
    path("exchange/grants/<int:grant_id>/<slug:verb>", requests.act_on_grant, name="grant-act"),
    path("api/exchange/resources/<slug:slug>", requests_api.resource_detail, name="api-resource"),
    path("api/exchange/cases", cases_api.opened, name="api-cases"),
    path("api/exchange/cases/closed", cases_api.closed, name="api-cases-closed"),
    path("api/exchange/requests", requests_api.requests, name="api-requests"),
    path("api/exchange/requests/<int:request_id>", requests_api.request_detail, name="api-request"),
    path(
        "api/exchange/requests/<int:request_id>/<slug:verb>",
        requests_api.act_on_request,
        name="api-request-act",
    ),
    path(
        "api/exchange/grants/<int:grant_id>/<slug:verb>",
        requests_api.act_on_grant,
        name="api-grant-act",
    ),
]
