"""All tables of the halls, for Django. Each room keeps its own."""

from .bookings.models import Booking, Slot
from .places.models import Hall, Window, WindowKind
from .queue.models import Ticket
from .visits.models import HomeVisit

__all__ = ["Booking", "Hall", "HomeVisit", "Slot", "Ticket", "Window", "WindowKind"]
