from django.urls import path

from . import (
    api,
    case_api,
    console_views,
    season_views,
    upstream_address_views,
    upstream_views,
    views,
)

app_name = "exchange"

urlpatterns = [
    path("exchange/", views.inbox, name="inbox"),
    path("exchange/console/", console_views.console, name="console"),
    path("exchange/alarms/<int:alarm_id>/", console_views.look_into, name="alarm"),
    path("exchange/calls/", console_views.calls, name="calls"),
    path("exchange/calls/<str:call_id>/", console_views.call, name="call"),
    path("exchange/upstreams/", upstream_views.upstreams, name="upstreams"),
    path("exchange/upstreams/<slug:slug>/key", upstream_views.change_key, name="upstream-key"),
    path(
        "exchange/upstreams/<slug:slug>/address",
        upstream_address_views.change_address,
        name="upstream-address",
    ),
    path("exchange/seasons/", season_views.seasons, name="seasons"),
    path("exchange/seasons/<int:season_id>/", season_views.season, name="season"),
    path("exchange/seasons/<int:season_id>/end", season_views.end, name="season-end"),
    path("exchange/line/", season_views.line, name="line"),
    path("exchange/entries/<uuid:entry_id>/mount", views.mount, name="mount"),
    path("exchange/resources/<slug:slug>/", views.resource_page, name="resource"),
    path("exchange/resources/<slug:slug>/ask", views.ask, name="ask"),
    path("exchange/resources/<slug:slug>/try", views.try_again, name="try-again"),
    path("exchange/resources/<slug:slug>/unmount", views.unmount, name="unmount"),
    path("exchange/requests/<int:request_id>/", views.request_page, name="request"),
    path(
        "exchange/requests/<int:request_id>/<slug:verb>", views.act_on_request, name="request-act"
    ),
    path("exchange/grants/<int:grant_id>/<slug:verb>", views.act_on_grant, name="grant-act"),
    path("api/exchange/resources/<slug:slug>", api.resource_detail, name="api-resource"),
    path("api/exchange/cases", case_api.opened, name="api-cases"),
    path("api/exchange/cases/closed", case_api.closed, name="api-cases-closed"),
    path("api/exchange/requests", api.requests, name="api-requests"),
    path("api/exchange/requests/<int:request_id>", api.request_detail, name="api-request"),
    path(
        "api/exchange/requests/<int:request_id>/<slug:verb>",
        api.act_on_request,
        name="api-request-act",
    ),
    path("api/exchange/grants/<int:grant_id>/<slug:verb>", api.act_on_grant, name="api-grant-act"),
]
