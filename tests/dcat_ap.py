"""Whether what we tell conforms to DCAT-AP: read and judged by engines that know nothing of us.

`dcat_ap_3.csv` is what DCAT-AP 3.0.0 asks, a line for each property of each class; here its lines
become SHACL. Why it is a table, and how it was made, tells ADR 8.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from pyshacl import validate
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    XSD,
    BNode,
    Graph,
    Literal,
    URIRef,
)
from rdflib.term import Node

PROFILE = Path(__file__).with_name("dcat_ap_3.csv")
SPACES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": str(DCAT),
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": str(DCTERMS),
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": str(FOAF),
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": str(PROV),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": str(XSD),
}


def faults_of(told: Mapping[str, Any]) -> list[str]:
    """What of a JSON-LD document is against the profile: class, property and constraint."""
    with catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # rdflib warns of what it uses itself
        graph = Graph().parse(data=json.dumps(told), format="json-ld")
        _, found, says = validate(graph, shacl_graph=shapes(), inference="none")
    assert (None, RDF.type, DCAT.Dataset) in graph, "no dataset was read"
    assert isinstance(found, Graph), says
    return sorted(_words(graph, found))


@cache
def shapes() -> Graph:
    """A shape for each class, in it one for each of its properties."""
    made, of_class = Graph(), defaultdict[Node, BNode](BNode)
    with PROFILE.open(newline="") as file:
        for line in csv.DictReader(row for row in file if not row.startswith("#")):
            shape, part = of_class[_term(line["class"])], BNode()
            made.add((shape, RDF.type, SH.NodeShape))
            made.add((shape, SH.targetClass, _term(line["class"])))
            made.add((shape, SH.property, part))
            made.add((part, SH.path, _term(line["property"])))
            for constraint, value in _constraints(line):
                made.add((part, constraint, value))
    return made


def _constraints(line: Mapping[str, str]) -> Iterator[tuple[URIRef, Node]]:
    yield SH.nodeKind, SH[line["node"]]
    if line["least"]:
        yield SH.minCount, Literal(int(line["least"]))
    if line["most"]:
        yield SH.maxCount, Literal(int(line["most"]))
    if line["class_of"]:
        yield SH["class"], _term(line["class_of"])
    if line["datatype"]:
        yield SH.datatype, _term(line["datatype"])


def _term(name: str) -> URIRef:
    space, _, word = name.partition(":")
    return URIRef(SPACES[space] + word)


def _short(address: object) -> str:
    return next((f"{name}:{str(address)[len(space) :]}" for name, space in SPACES.items()
                 if str(address).startswith(space)), str(address))  # fmt: skip


def _words(graph: Graph, found: Graph) -> Iterator[str]:
    for result in found.subjects(RDF.type, SH.ValidationResult):
        focus = found.value(result, SH.focusNode)
        kinds = "/".join(sorted(_short(kind) for kind in graph.objects(focus, RDF.type)))
        rule = str(found.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
        path = _short(found.value(result, SH.resultPath))
        yield f"{kinds} {path} {rule.removesuffix('ConstraintComponent')}"
