"""The directory's own parts of a city's folder: each compares, tells, and then writes."""
