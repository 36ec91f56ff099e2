"""A proof that one entry is in the trail: made here, checked anywhere with the published key."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from diebian.security.keys.public import Verifier

from .canonical import EntryFacts, HeadFacts
from .heads import SignedHead
from .refusals import ProofWrong
from .selectors import place_of
from .tree import leads_to, leaf_hash

FORMAT = "diebian-audit-proof-v1"


@dataclass(frozen=True)
class Proven:
    entry: EntryFacts
    position: int
    head: HeadFacts


def proof_of(entry: int) -> str:
    """The proof as JSON. It holds no more than the entry, its way up and the signed head."""
    place = place_of(entry)
    told = {
        "format": FORMAT,
        "entry": asdict(place.entry.facts),
        "position": place.position,
        "path": [neighbour.hex() for neighbour in place.path],
        "head": {
            **asdict(place.head.facts),
            "signature": bytes(place.head.signature).hex(),
            "key_id": place.head.key_id,
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def check_proof(raw: str, trusted: Iterable[Verifier]) -> Proven:
    """Needs no database and no network. Refuses with ProofWrong, saying which link is broken."""
    try:
        told = json.loads(raw)
        if told["format"] != FORMAT:
            raise ProofWrong(f"不认识的格式：{told['format']}")
        entry, position = EntryFacts(**told["entry"]), int(told["position"])
        path = [bytes.fromhex(neighbour) for neighbour in told["path"]]
        head = SignedHead.from_line(json.dumps(told["head"]))
    except (ValueError, TypeError, KeyError) as error:
        raise ProofWrong("读不出证明，文件可能不完整") from error
    if not any(head.is_signed_by(key) for key in trusted):
        raise ProofWrong("树头的签名不对，或者签名的公钥不在信任的名单里")
    root, leaf = bytes.fromhex(head.facts.root), leaf_hash(entry.content)
    if not leads_to(root, leaf=leaf, position=position, size=head.facts.size, path=path):
        raise ProofWrong("这一条与签名的树头对不上，内容被改动过")
    return Proven(entry, position, head.facts)
