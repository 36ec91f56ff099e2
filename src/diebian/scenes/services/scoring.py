"""How near a name is to what somebody typed: whole, by pairs of characters, by initials. Pure."""

from diebian.standards.pinyin import initials


def plain(words: str) -> str:
    return "".join(words.split()).lower()


def score(asked: str, name: str, words: str) -> float:
    """`asked` is plain; `words`: what people call it besides, apart by blanks. 0: not at all."""
    if asked in words.split() or asked == name:
        return 100
    if asked.isascii():
        return 50 if asked in initials(name) else 0
    pairs = {asked[place : place + 2] for place in range(len(asked) - 1)} or {asked}
    text = name + words
    hits = sum(pair in text for pair in pairs)
    return hits / len(pairs) * 40 + (10 if asked in text else 0) - len(name) / 1000
