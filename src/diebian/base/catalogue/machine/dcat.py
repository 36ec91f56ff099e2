"""The catalogue as DCAT-AP 3.0 in JSON-LD, in pages (Hydra), for harvesters.

Frequencies and access rights are those of the vocabularies that DCAT-AP names; themes are our own
concepts, with their names. What is named by its address alone says its class as well: the profile's
shapes (SHACL) ask for it, and a harvester does not fetch every vocabulary to learn it.
"""

from collections.abc import Mapping
from typing import Any

from diebian.base.catalogue.offers import Offer
from diebian.base.directory.public import city
from diebian.kernel.errors import NotFound
from diebian.standards.metadata import UpdateCycle
from diebian.standards.sharing import OpenType
from diebian.standards.themes import Theme

from .published import Told, a_page, format_of, published

A_PAGE = 500
IANA = "https://www.iana.org/assignments/media-types"
FILE_TYPES = {"CSV", "JSON"}  # of those that are offered, the vocabulary's own
EU = "http://publications.europa.eu/resource/authority"
FREQUENCY = {
    UpdateCycle.LIVE: "UPDATE_CONT",
    UpdateCycle.DAY: "DAILY",
    UpdateCycle.WEEK: "WEEKLY",
    UpdateCycle.MONTH: "MONTHLY",
    UpdateCycle.QUARTER: "QUARTERLY",
    UpdateCycle.TERM: "ANNUAL_2",
    UpdateCycle.YEAR: "ANNUAL",
    UpdateCycle.IRREGULAR: "IRREG",
}
RIGHTS = {
    OpenType.UNCONDITIONAL: "PUBLIC",
    OpenType.CONDITIONAL: "RESTRICTED",
    OpenType.CLOSED: "NON_PUBLIC",
}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = Mapping[str, Any]


def catalogue(base: str, page: int) -> Node:
    """`base`: this installation's address with a slash at its end."""
    rows = published()
    count = rows.count()
    last = max((count + A_PAGE - 1) // A_PAGE, 1)
    here, own = f"{base}api/dcat/catalog.jsonld", city()
    name = own.name if own else ""
    if page > last:
        raise NotFound
    links = {"first": 1, "last": last, "previous": page - 1, "next": page + 1}
    view = {
        f"hydra:{word}": {"@id": f"{here}?page={number}"}
        for word, number in links.items()
        if 1 <= number <= last
    }
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _said(f"{name}政务信息资源目录"),
        "dct:description": _said("本市各部门已发布的政务信息资源目录"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _said(f"{name}人民政府")},
        "dct:language": _thing(f"{EU}/language/ZHO", "dct:LinguisticSystem"),
        "hydra:totalItems": count,
        "hydra:view": {
            "@id": f"{here}?page={page}",
            "@type": "hydra:PartialCollectionView",
            **view,
        },
        "dcat:dataset": [dataset(base, one) for one in a_page(rows, (page - 1) * A_PAGE, A_PAGE)],
    }


def dataset(base: str, one: Told) -> Node:
    entry = one.entry
    page = f"{base}catalogue/{entry.public_id}/"
    return {
        "@id": f"{base}api/dcat/datasets/{entry.public_id}",
        "@type": "dcat:Dataset",
        "dct:identifier": str(entry.public_id),
        "dct:title": _said(entry.title),
        "dct:description": _said(one.description),
        "dct:publisher": _agent(base, one),
        "dcat:contactPoint": {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": entry.provider.name,
        },
        "dct:issued": _moment(entry.published_at),
        "dct:modified": _moment(one.modified),
        "dct:accrualPeriodicity": _thing(
            f"{EU}/frequency/{FREQUENCY[UpdateCycle(entry.update_cycle)]}", "dct:Frequency"
        ),
        "dct:accessRights": _thing(
            f"{EU}/access-right/{RIGHTS[OpenType(entry.open_type)]}", "dct:RightsStatement"
        ),
        "dct:spatial": {"@type": "dct:Location", "skos:prefLabel": _said(one.place)},
        "dcat:theme": [_theme(base, entry.theme)] if entry.theme else [],
        "dcat:keyword": [_said(item) for item in one.items],
        "dcat:landingPage": _thing(page, "foaf:Document"),
        "dcat:distribution": [
            {
                "@id": f"{base}api/dcat/datasets/{entry.public_id}#{resource.slug}",
                "@type": "dcat:Distribution",
                "dct:title": _said(resource.title),
                "dcat:accessURL": _thing(page, "rdfs:Resource"),
                "dct:format": _format(format_of(resource)),
            }
            for resource in entry.resources.all()
        ]
        + [_offered(base, one, offer) for offer in one.offers],
    }


def _offered(base: str, one: Told, offer: Offer) -> Node:
    """What everybody may take at once: files with their size, the API with its page."""
    address = _thing(f"{base}{offer.path[1:]}", "rdfs:Resource")
    is_file = offer.format in FILE_TYPES or offer.size is not None
    told = {
        "@id": f"{base}api/dcat/datasets/{one.entry.public_id}#{offer.slug}",
        "@type": "dcat:Distribution",
        "dct:title": _said(offer.title),
        "dcat:accessURL": _thing(f"{base}{offer.page[1:]}", "rdfs:Resource"),
        "dcat:mediaType": _thing(f"{IANA}/{offer.media_type}", "dct:MediaType"),
        "dct:license": _thing(offer.licence_url, "dct:LicenseDocument"),
        "dct:modified": _moment(offer.modified),
    }
    if is_file:
        told["dcat:downloadURL"] = address
    else:
        told["dcat:accessURL"] = address
    if offer.format in FILE_TYPES:
        told["dct:format"] = _format(offer.format)
    if offer.size is not None:
        told["dcat:byteSize"] = {"@value": offer.size, "@type": "xsd:nonNegativeInteger"}
    return told


def _agent(base: str, one: Told) -> Node:
    code = one.entry.provider.credit_code
    return {
        "@id": f"{base}api/dcat/catalog.jsonld#{code}",
        "@type": "foaf:Agent",
        "foaf:name": _said(one.entry.provider.name),
        "dct:identifier": code,
    }


def _theme(base: str, theme: str) -> Node:
    label = _said(Theme(theme).label)
    key = f"{base}api/dcat/catalog.jsonld#{theme}"
    return {"@id": key, "@type": "skos:Concept", "skos:prefLabel": label}


def _thing(address: str, of: str) -> Node:
    return {"@id": address, "@type": of}


def _format(name: str) -> Node:
    return _thing(f"{EU}/file-type/{name}", "dct:MediaTypeOrExtent")


def _said(text: str) -> Node:
    return {"@value": text, "@language": "zh"}


def _moment(at: Any) -> Node:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
