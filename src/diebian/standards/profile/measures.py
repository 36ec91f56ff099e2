"""Targets of the plan, and figures that were published. Both may be absent."""

from .shapes import ListOf, Number, Record, Text, Whole
from .words import CODE, DAY, FREE, NAME, TOLD_MARK, one_of

WORDS, ANY_TEXT = Text(), Text(FREE)
MARKED, DATED = Text(TOLD_MARK), Text(DAY)
TARGET = Record({"year": Whole(2000, 2100), "target": Number(), "deadline": DATED})
INDICATORS = Record(
    {
        "tasks": ListOf(
            Record(
                {
                    "no": Whole(1),
                    "name": WORDS,
                    "name_status": MARKED,
                    "indicators": ListOf(
                        Record(
                            {
                                "code": Text(CODE),
                                "name": WORDS,
                                "unit": ANY_TEXT,
                                "measure": WORDS,
                                "responsible_org": Text(CODE),
                                "responsible_name": WORDS,
                                "targets": ListOf(TARGET, least=1),
                                "status": MARKED,
                            },
                            {"note": ANY_TEXT},
                        )
                    ),
                }
            )
        )
    },
    {
        "plan": Record(
            {"title": WORDS, "status": MARKED},
            {
                "number": WORDS,
                "adopted": DATED,
                "adopted_by": WORDS,
                "issued_by": WORDS,
                "published": DATED,
                "sources": ListOf(WORDS),
                "facts_from_public_page": ListOf(WORDS),
                "not_found": WORDS,
            },
        ),
        "related_documents": ListOf(
            Record(
                {"title": WORDS, "status": MARKED},
                {
                    "number": WORDS,
                    "date": DATED,
                    "published": DATED,
                    "issuer": WORDS,
                    "facts": ListOf(WORDS),
                },
            )
        ),
    },
)
FIGURES = Record(
    {
        "document": Record(
            {"title": WORDS, "issuer": WORDS, "signed": DATED, "published": DATED},
            {"publisher": WORDS, "use": WORDS},
        ),
        "figures": ListOf(
            Record(
                {
                    "id": Text(NAME),
                    "value": Number(),
                    "unit": ANY_TEXT,
                    "counts": WORDS,
                    "published_text": WORDS,
                    "sentence": WORDS,
                    "compute_from": WORDS,
                    "bound": Text(one_of(("exact", "at_least"))),
                    "status": MARKED,
                },
                {"note": WORDS},
            )
        ),
    },
    {
        "not_numbers": ListOf(WORDS),
        "known_mismatch": ListOf(WORDS),
        "relations": ListOf(
            Record(
                {
                    "id": Text(CODE),
                    "kind": Text(one_of(("rule", "observation"))),
                    "expression": WORDS,
                    "arithmetic": WORDS,
                }
            )
        ),
    },
)
