from collections.abc import Mapping


def in_circles(parents: Mapping[str, str]) -> set[str]:
    """Those who are, over their parents, above themselves. A parent that is absent ends a line."""
    settled: set[str] = set()
    found: set[str] = set()
    for start in parents:
        trail: dict[str, int] = {}
        one = start
        while one in parents and one not in settled and one not in trail:
            trail[one] = len(trail)
            one = parents[one]
        if one in trail:
            found |= {code for code, place in trail.items() if place >= trail[one]}
        settled |= set(trail)
    return found
