"""Data centre, clouds, systems, network, prices. Every block may be absent in another city."""

from .shapes import Either, ListOf, MapOf, Nothing, Number, Record, Shape, Text, Whole
from .words import CODE, DAY, DIVISION, FREE, SLUG, TOLD_MARK, one_of

WORDS, MARKED, FIGURE = Text(), Text(TOLD_MARK), Number()
STATE = Text(one_of(("done", "building", "planned")))
NUMBERED = Whole(1)
DAY_OR_NOTHING: Shape = Either((Text(DAY), Nothing()))


def _measured(**more: Shape) -> Record:
    return Record({"value": FIGURE, "status": MARKED}, {"unit": Text(FREE), "note": WORDS, **more})


STAGE = Record(
    {"no": NUMBERED, "racks": Whole(), "done_on": DAY_OR_NOTHING, "state": STATE},
    {"status": MARKED},
)
DATA_CENTRE = Record(
    {
        "code": Text(CODE),
        "name": WORDS,
        "location_division": Text(DIVISION),
        "location_name": WORDS,
        "racks_planned": Whole(),
        "phases": ListOf(
            Record(
                {"no": NUMBERED, "racks_planned": Whole(), "status": MARKED},
                {"stages": ListOf(STAGE), "state": STATE},
            )
        ),
    },
    {
        "investment": _measured(),
        "pue": _measured(),
        "rack_power_kw": _measured(),
        "cooperation": Record(
            {"parties": ListOf(WORDS), "status": MARKED},
            {"companies": Record({"names": ListOf(WORDS), "status": MARKED})},
        ),
        "technology": Record({"cooling": WORDS, "status": MARKED}),
        "energy": Record(
            {"scheme": WORDS, "status": MARKED},
            {
                "photovoltaic": Record(
                    {"expected_kwh_per_year": FIGURE, "status": MARKED},
                    {
                        "coal_saved_tonnes_per_year": FIGURE,
                        "co2_saved_tonnes_per_year": FIGURE,
                        "grid_connected": WORDS,
                    },
                ),
                "wind_kw": _measured(),
                "storage_kwh": _measured(),
            },
        ),
        "pue_model": MapOf(_measured(formula=WORDS)),
    },
)
CLOUD = Record(
    {"code": Text(SLUG), "name": WORDS, "state": STATE, "status": MARKED},
    {
        "provider": WORDS,
        "technology": WORDS,
        "network": WORDS,
        "role": WORDS,
        "addressing": WORDS,
        "data_centre": Text(CODE),
        "managed_by": Text(SLUG),
        "capacity": Record(
            {"vcpu": Whole(), "memory_gb": Whole(), "storage_tb": Whole(), "status": MARKED}
        ),
    },
)
SYSTEM = Record(
    {
        "code": Text(SLUG),
        "name": WORDS,
        "cloud": Text(SLUG),
        "owner_org": Text(CODE),
        "status": MARKED,
    }
)
NETWORK = Record(
    {
        "status": MARKED,
        "levels": ListOf(Record({"level": WORDS, "nodes": Whole()}, {"note": WORDS})),
    },
    {
        "links": ListOf(
            Record(
                {"from": WORDS, "to": WORDS, "mbps": FIGURE, "status": MARKED},
                {"previous_mbps": FIGURE},
            )
        ),
        "security_added": Record({"items": ListOf(WORDS), "status": MARKED}, {"operator": WORDS}),
    },
)
PRICES = Record(
    {"status": MARKED, "vcpu_month": FIGURE, "memory_gb_month": FIGURE, "storage_tb_month": FIGURE},
    {"note": WORDS},
)
INFRASTRUCTURE = Record(
    {},
    {
        "data_centre": DATA_CENTRE,
        "clouds": ListOf(CLOUD),
        "systems": ListOf(SYSTEM),
        "egov_network": NETWORK,
        "unit_prices": PRICES,
    },
)
