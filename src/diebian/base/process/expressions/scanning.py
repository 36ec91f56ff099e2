"""The text of an expression, taken piece by piece.

Names of FEEL hold spaces and signs, so where one ends depends on which are known: the longest
known name wins, and a name that nobody knows ends like an identifier.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from .refusals import Refused

SKIPPED = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
MORE = r"?\u200c\u200d\U00010000-\U000effff"  # letters for FEEL that are none for Python
WORD = re.compile(rf"(?:[^\W\d]|[{MORE}])[\w{MORE}]*")
LOOSE = re.compile(rf"[\w{MORE} \t\n./'+*-]+")  # one way to match each: nothing to try twice
SIGN = re.compile(r"\*\*|<=|>=|!=|\.\.|->|[-+*/<>=()\[\]{},:.@]")
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
ALONE = re.compile("[\ud800-\udfff]")
KEYWORDS = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or",
     "between", "instance", "of", "function", "external", "true", "false", "null"}
)  # fmt: skip
LONGEST = 10_000


class Scanner:
    def __init__(self, text: str):
        if len(text) > LONGEST:
            raise Refused(f"表达式长于 {LONGEST} 个字符")
        self.text, self.at = text, 0
        self.skip()

    def skip(self) -> None:
        found = SKIPPED.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def refuse(self, why: str, at: int | None = None) -> Refused:
        return Refused(why, text=self.text, at=self.at if at is None else at)

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.text)

    def sign(self) -> str:
        """The sign that stands here, without taking it."""
        found = SIGN.match(self.text, self.at)
        return found[0] if found else ""

    def take(self, *signs: str) -> str:
        """Takes one of the signs if it stands here."""
        sign = self.sign()
        if sign not in signs:
            return ""
        self._pass(self.at + len(sign))
        return sign

    def need(self, *signs: str) -> str:
        if not (sign := self.take(*signs)):
            raise self.refuse(f"这里应当是“{'”或“'.join(signs)}”")
        return sign

    def word(self) -> str:
        found = WORD.match(self.text, self.at)
        return found[0] if found else ""

    def take_word(self, *words: str) -> str:
        word = self.word()
        if word not in words:
            return ""
        self._pass(self.at + len(word))
        return word

    def need_word(self, word: str) -> None:
        if not self.take_word(word):
            raise self.refuse(f"这里应当是“{word}”")

    def number(self) -> str:
        return self._matched(NUMBER)

    def string(self) -> str | None:
        found = STRING.match(self.text, self.at)
        if not found:
            return None
        self._pass(found.end())
        return unescaped(found[1])

    def known(self, names: Iterable[str]) -> str:
        """The longest of the names that stands here; taken."""
        pattern = _pattern(frozenset(names))
        found = pattern.match(self.text, self.at) if pattern else None
        if not found:
            return ""
        self._pass(found.end())
        return tidy(found[0])

    def identifier(self) -> str:
        word = self.word()
        if not word or word in KEYWORDS:
            raise self.refuse("这里应当是名称")
        self._pass(self.at + len(word))
        return word

    def loose_name(self, *ends: str) -> str:
        """A name that is just being given: all until one of the signs."""
        found = LOOSE.match(self.text, self.at)
        end = found.end() if found else self.at
        if not found or not self.text.startswith(ends, end) or not self.word():
            raise self.refuse("这里应当是名称")
        self._pass(end)
        return tidy(found[0])

    def is_loose_name(self, *ends: str) -> bool:
        found = LOOSE.match(self.text, self.at)
        return bool(found and self.word() and self.text.startswith(ends, found.end()))

    def _matched(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            return ""
        self._pass(found.end())
        return found[0]

    def _pass(self, end: int) -> None:
        self.at = end
        self.skip()


def tidy(name: str) -> str:
    return " ".join(name.split())


def unescaped(text: str) -> str:
    told = ESCAPE.sub(_character, text)
    paired = PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), told)
    return ALONE.sub("\ufffd", paired)


def _character(found: re.Match[str]) -> str:
    told = found[1]
    if len(told) == 1:
        return ESCAPED.get(told, told if told in "\"'\\" else found[0])
    code = int(told[1:], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004


@lru_cache(maxsize=512)
def _pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    longest_first = sorted((name for name in names if name.strip()), key=len, reverse=True)
    if not longest_first:
        return None
    told = ("\\s+".join(re.escape(part) for part in name.split()) for name in longest_first)
    return re.compile(rf"(?:{'|'.join(told)})(?!\w|[\U00010000-\U000effff])")
