"""Numbers of a person on a screen: enough for the owner to know them again, not for others."""


def masked(text: str, *, first: int = 4, last: int = 4) -> str:
    """The ends stay; what is too short to have a middle is hidden altogether."""
    hidden = len(text) - first - last
    return text[:first] + "*" * hidden + text[len(text) - last :] if hidden > 0 else "*" * len(text)
