"""XML as foreign systems write it, in the encodings that Chinese systems use.

Python's parser reads none of more than one byte but UTF-8 and UTF-16. So what is declared is
decoded first (GB 18030-2022 has all characters of GBK and GB 2312, and files that say one of them
often hold characters of the next), and the parser is given text. Entities and outside references
stay refused.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Any

from defusedxml import ElementTree

DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
MARKS = (BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)
SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
        "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}  # fmt: skip
ParseError = ElementTree.ParseError


def read_xml(body: bytes, *, otherwise: str = "utf-8") -> Any:
    """The root element. `otherwise`: the encoding where the document names none.

    Raises `ParseError`, or `ValueError` for bytes that are not of their encoding and for what is
    refused (entities, outside references); `LookupError` for an encoding that nobody knows.
    """
    if body.startswith(MARKS):
        return ElementTree.fromstring(body)
    found = DECLARED.match(body)
    named = (found[1].decode() if found else otherwise).lower()
    if found and named not in SAME:
        return ElementTree.fromstring(body)
    return ElementTree.fromstring(text_of(body, named))


def text_of(body: bytes, encoding: str) -> str:
    """Any text of a foreign system, without the mark that some begin it with. Raises `ValueError`,
    `LookupError`.
    """
    return body.decode(SAME.get(encoding.lower(), encoding)).removeprefix("\ufeff")
