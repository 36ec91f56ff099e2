"""PDFs: opened once to see that they open, and refused where they would act by themselves."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from .refusals import PaperBroken, PaperDangerous, PaperLocked

ACTIVE = re.compile(rb"/JavaScript\b|/Launch\b|/RichMedia\b")
DOES = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
PAGES_LOOKED_AT = 200


def refuse_active(content: bytes) -> None:
    if ACTIVE.search(content):
        raise PaperDangerous("PDF 里有脚本")
    from pypdf import PdfReader  # slow to load: not for every process that knows this component

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise PaperLocked
        if len(reader.pages) == 0:
            raise PaperBroken("一页也没有")
        acts = [_plain(one) for one in _actions(reader)]
    except (PaperBroken, PaperLocked):
        raise
    except Exception as error:  # of a reader that was handed anything at all, by anybody
        raise PaperBroken from error
    if any(isinstance(one, dict) and one.get("/S") in DOES for one in acts):
        raise PaperDangerous("PDF 打开时会自己做事")


def _actions(reader: Any) -> Iterator[Any]:
    """What happens when the document or a page of it is opened."""
    root = reader.trailer["/Root"]
    yield root.get("/OpenAction")
    yield from _plain(root.get("/AA", {})).values()
    if "/JavaScript" in _plain(root.get("/Names", {})):
        yield {"/S": "/JavaScript"}
    for page in reader.pages[:PAGES_LOOKED_AT]:
        yield from _plain(page.get("/AA", {})).values()


def _plain(told: Any) -> Any:
    return told.get_object() if hasattr(told, "get_object") else told
