"""The tree against its definition in RFC 6962, written a second time and naively."""

import pytest

from diebian.security.audit.tree import Peaks, inclusion_path, leads_to, leaf_hash, node_hash
from diebian.security.keys.public import sm3

SIZES = range(1, 34)


def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sm3(b"")
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


def some_leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


@pytest.mark.parametrize("size", [0, *SIZES])
def test_the_peaks_give_the_root_of_the_definition(size: int) -> None:
    leaves = some_leaves(size)
    assert Peaks.of(leaves).root == naive_root(leaves)
    assert len(Peaks.of(leaves).hashes) == size.bit_count()


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_at_its_own_position_only(size: int) -> None:
    leaves = some_leaves(size)
    root = naive_root(leaves)
    for position, leaf in enumerate(leaves):
        path = inclusion_path(position, size, lambda low, high: naive_root(leaves[low:high]))
        assert leads_to(root, leaf=leaf, position=position, size=size, path=path)
        for other in range(size + 1):
            is_own = leads_to(root, leaf=leaf, position=other, size=size, path=path)
            assert is_own == (other == position)
        assert not leads_to(root, leaf=leaf, position=position, size=size, path=[*path, root])


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = some_leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)
