"""Names of papers in a text, written as people write them: with signs between, or one sign wrong.

Pure. A name that is found whole is meant; one that is nearly found has to be asked about.
"""

import re
from collections.abc import Collection, Iterator, Mapping

BETWEEN = re.compile(r"[\W_]+")  # blanks and signs put between the characters of a word
SHORTEST = 3  # of two characters one wrong is another word


def plain(text: str) -> str:
    return BETWEEN.sub("", text)


def named(text: str, names: Mapping[str, str], others: Collection[str] = ()) -> list[str]:
    """Keys of the names that stand in the text; not where it is a part of one of the others."""
    left = plain(text)
    for other in sorted((plain(one) for one in others), key=len, reverse=True):
        left = left.replace(other, "。") if other else left
    return list(dict.fromkeys(key for name, key in names.items() if name and plain(name) in left))


def alike(text: str, names: Mapping[str, str], others: Collection[str] = ()) -> list[str]:
    """Keys of the names of which a near one stands in the text: one sign more, less or another."""
    left = plain(text)
    for other in sorted((plain(one) for one in others), key=len, reverse=True):
        left = left.replace(other, "。") if other else left
    signs = set(left)
    found = (
        key
        for name, key in names.items()
        if len(word := plain(name)) >= SHORTEST
        and sum(sign in signs for sign in word) >= len(word) - 1
        and any(_is_near(word, window) for window in _windows(left, len(word)))
    )
    return list(dict.fromkeys(found))


def _windows(text: str, length: int) -> Iterator[str]:
    for size in (length - 1, length, length + 1):
        yield from (text[place : place + size] for place in range(len(text) - size + 1))


def _is_near(word: str, window: str) -> bool:
    """At most one sign apart. A window that is only shorter at an end is no near word of three."""
    if len(word) == len(window):
        return sum(one != other for one, other in zip(word, window, strict=True)) <= 1
    longer, shorter = sorted((word, window), key=len, reverse=True)
    if len(shorter) < SHORTEST:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
