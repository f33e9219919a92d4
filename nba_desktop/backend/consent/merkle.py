"""A tree over the hashes of all entries: a short path proves that one entry stands at its place among millions.

The hash of an entry covers that of the one before, and so everything before it. But to show somebody else that an entry
belongs to a chain whose end he knows, one would have to hand him every entry in between, with the data of other
customers. So the end that is known outside names the root of a tree (as Certificate Transparency does, RFC 6962): the
path from an entry to the root is one hash for each doubling of the ledger, twenty of them for a million entries, and
tells nothing about anybody.

Leaves are the hashes of the entries in their order, so that the entry at position p is leaf p - 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").hexdigest()

_Node = tuple[int, int]
"""The first leaf under a node, and the leaf behind its last."""


class Tree:
    """Takes hashes in order and holds no more of them than a root and the wanted paths need.

    `wanted` are the leaves that `path` will be asked for, in a tree of `size` leaves.
    """

    def __init__(self, wanted: Collection[int] = (), size: int = 0) -> None:
        self._wanted = {node for leaf in wanted for node in _path_nodes(leaf, size)}
        self._kept: dict[_Node, bytes] = {}
        # Complete subtrees from left to right, each smaller than the one before.
        self._edge: list[tuple[int, int, bytes]] = []
        self.size = 0

    def add(self, hashes: Iterable[str]) -> None:
        """Add the next leaves."""
        for one in hashes:
            start, end, node = self.size, self.size + 1, _leaf(one)
            self._keep(start, end, node)
            while self._edge and self._edge[-1][1] - self._edge[-1][0] == end - start:
                left_start, _, left = self._edge.pop()
                start, node = left_start, _parent(left, node)
                self._keep(start, end, node)
            self._edge.append((start, end, node))
            self.size = end

    def root(self) -> str:
        """Return the root of the tree as it is now."""
        return self._from(0).hex() if self._edge else EMPTY_ROOT

    def path(self, leaf: int) -> list[str]:
        """Return the hashes beside the way from a wanted leaf to the root, from the leaf on."""
        return [
            (self._kept[node] if node in self._kept else self._from(node[0])).hex()
            for node in _path_nodes(leaf, self.size)
        ]

    def _keep(self, start: int, end: int, node: bytes) -> None:
        if (start, end) in self._wanted:
            self._kept[(start, end)] = node

    def _from(self, start: int) -> bytes:
        """The node over all leaves from `start` on, where that is one of the tree's."""
        parts = [node for first, _, node in self._edge if first >= start]
        node = parts.pop()
        while parts:
            node = _parent(parts.pop(), node)
        return node


def _path_nodes(leaf: int, size: int) -> list[_Node]:
    """Return the nodes beside the way from a leaf to the root, from the leaf on."""
    start, end = 0, size
    nodes: list[_Node] = []
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if leaf < middle:
            nodes.append((middle, end))
            end = middle
        else:
            nodes.append((start, middle))
            start = middle
    return nodes[::-1]


def _leaf(entry_hash: str) -> bytes:
    return sha256(b"\x00" + bytes.fromhex(entry_hash)).digest()


def _parent(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
