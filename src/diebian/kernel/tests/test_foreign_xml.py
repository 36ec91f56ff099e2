"""XML in the encodings of Chinese systems is read; what was refused in UTF-8 is refused in them."""

import pytest
from defusedxml.common import DefusedXmlException

from diebian.kernel.foreign_xml import ParseError, read_xml, text_of

NAME = "样例镕堃"  # GB 2312 has no 镕: systems that say GB 2312 send GBK all the same
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'
FILE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>'


def written(encoding: str, body: str, quote: str = '"') -> bytes:
    told = f"<?xml version={quote}1.0{quote} encoding={quote}{encoding}{quote}?>\n{body}"
    return told.encode({"GB2312": "gbk"}.get(encoding, encoding))


@pytest.mark.parametrize("encoding", ["GBK", "GB2312", "GB18030", "gbk", "UTF-8", "utf-16", "Big5"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_declared_is_read(encoding: str, quote: str) -> None:
    name = "樣例" if encoding == "Big5" else NAME
    assert read_xml(written(encoding, f"<r><n>{name}</n></r>", quote))[0].text == name


def test_letters_that_only_gb18030_has_are_read() -> None:
    assert read_xml(written("GB18030", "<r>𠮷</r>")).text == "𠮷"


def test_what_names_no_encoding_is_read_as_agreed() -> None:
    body = f"<r>{NAME}</r>".encode("gb18030")
    assert read_xml(body, otherwise="gbk").text == NAME
    with pytest.raises(ValueError, match="utf-8"):
        read_xml(body)


def test_bytes_of_another_encoding_than_declared_are_no_document() -> None:
    with pytest.raises(ValueError, match="gb18030"):
        read_xml(b'<?xml version="1.0" encoding="GBK"?><r>\xff\xff</r>')
    with pytest.raises(ParseError):
        read_xml(b'<?xml version="1.0" encoding="UTF-8"?><r>\xff\xff</r>')


@pytest.mark.parametrize("encoding", ["GBK", "GB18030", "UTF-8", "utf-16"])
@pytest.mark.parametrize("body", [BOMB, FILE])
def test_entities_are_refused_in_every_encoding(encoding: str, body: str) -> None:
    with pytest.raises(DefusedXmlException):
        read_xml(written(encoding, body))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "GBK"])
def test_the_mark_that_some_begin_a_text_with_is_no_part_of_it(encoding: str) -> None:
    body = "\ufeffKEY=样例".encode("gb18030" if encoding == "GBK" else encoding)
    assert text_of(body, encoding) == "KEY=样例"
