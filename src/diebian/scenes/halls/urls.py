from django.urls import path

from .bookings import views as bookings
from .places import views as places
from .queue import desk_views
from .queue import views as queue
from .visits import views as visits

app_name = "halls"

urlpatterns = [
    path("halls/", places.halls, name="halls"),
    path("desk/halls/", desk_views.desk, name="desk"),
    path("desk/halls/<slug:verb>", desk_views.act, name="act"),
    path("halls/bookings/", bookings.mine, name="mine"),
    path("halls/bookings/<uuid:public_id>/", bookings.booking, name="booking"),
    path("halls/bookings/<uuid:public_id>/move", bookings.move, name="booking-move"),
    path("halls/bookings/<uuid:public_id>/cancel", bookings.cancel, name="booking-cancel"),
    path("halls/bookings/<uuid:public_id>/called", bookings.called, name="booking-called"),
    path("halls/tickets/<uuid:public_id>/", queue.ticket, name="ticket"),
    path("halls/tickets/<uuid:public_id>/give-up", queue.give_up, name="give-up"),
    path("halls/machine/<slug:key>/", queue.machine, name="machine"),
    path("halls/machine/<slug:key>/<uuid:public_id>/", queue.slip, name="slip"),
    path("halls/visits/<uuid:public_id>/", visits.visit, name="visit"),
    path("halls/visits/<uuid:public_id>/<slug:verb>", visits.act, name="visit-act"),
    path("halls/at/<slug:code>/", queue.hall, name="hall"),
    path("halls/at/<slug:code>/book/", bookings.book, name="book"),
    path("halls/at/<slug:code>/screen/", queue.screen, name="screen"),
    path("halls/at/<slug:code>/day/", queue.day, name="day"),
    path("halls/at/<slug:code>/visit/", visits.ask, name="visit-ask"),
    path("halls/at/<slug:code>/route/", visits.route, name="route"),
    path("halls/at/<slug:code>/phone/", bookings.phone, name="phone"),
]
