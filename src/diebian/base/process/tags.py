"""XML as elements that know their line. Entities, DTDs and outside references are refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from diebian.kernel.errors import DiebianError

DEEPEST = 200
LARGEST = 4 * 1024 * 1024


class NotXml(DiebianError):
    code, status, title = "process.not_xml", 400, "读不出这个文件"


@dataclass
class Tag:
    space: str
    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    inside: list["Tag"] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.attributes.get("id", "")

    def named(self, *names: str) -> Iterator["Tag"]:
        """Children of this one's own namespace."""
        return (one for one in self.inside if one.space == self.space and one.name in names)

    def first(self, *names: str) -> "Tag | None":
        return next(self.named(*names), None)


class _Builder:
    """What the parser tells, as tags; its line is asked at each beginning."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.root: Tag | None = None
        self._open: list[Tag] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        made = Tag(space.lstrip("{"), name, dict(attributes), self.parser.CurrentLineNumber)
        if len(self._open) >= DEEPEST:
            raise NotXml(f"第 {made.line} 行：嵌套超过 {DEEPEST} 层")
        if self._open:
            self._open[-1].inside.append(made)
        else:
            self.root = made
        self._open.append(made)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def end(self, tag: str) -> None:
        del tag
        self._open.pop()

    def close(self) -> Tag | None:
        return self.root


def tags_of(body: bytes) -> Tag:
    """The root. Raises `NotXml` for whatever is no XML, or XML that reaches outside of itself."""
    if len(body) > LARGEST:
        raise NotXml(f"文件超过 {LARGEST // 1024**2} MB")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(body)
        parser.close()
    except ParseError as error:
        raise NotXml(f"第 {error.position[0]} 行：不是格式正确的 XML") from error
    except DefusedXmlException as error:
        raise NotXml("文件里有 DTD、实体或外部引用，一律不收") from error
    except (ValueError, LookupError) as error:  # bytes that are not of their encoding
        raise NotXml("文件的编码读不出来") from error
    if builder.root is None:
        raise NotXml("文件是空的")
    return builder.root
