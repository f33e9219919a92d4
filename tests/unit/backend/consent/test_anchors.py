"""The tree over the ledger and its anchors: what is proved of one entry, and that history is not written anew."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.consent.anchors import AnchorCheck, anchor_file, append_anchor, file_to_append, read_anchors
from nba_desktop.backend.consent.ledger import LedgerHead
from nba_desktop.backend.consent.merkle import EMPTY_ROOT, Tree
from nba_desktop.backend.consent.verify_proof import root_of
from nba_desktop.backend.errors import AnchorError

HASHES = [sha256(str(number).encode()).hexdigest() for number in range(70)]


def defined(hashes: list[str]) -> bytes:
    """The root as RFC 6962 defines it."""
    if len(hashes) == 1:
        return sha256(b"\x00" + bytes.fromhex(hashes[0])).digest()
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return sha256(b"\x01" + defined(hashes[:middle]) + defined(hashes[middle:])).digest()


@pytest.mark.parametrize("size", range(1, 34))
def test_the_root_is_the_one_that_the_rfc_defines(size: int) -> None:
    tree = Tree()
    tree.add(HASHES[:size])
    assert tree.root() == defined(HASHES[:size]).hex()


def test_a_tree_of_nothing_has_a_root_of_its_own() -> None:
    assert Tree().root() == EMPTY_ROOT


@given(st.data())
def test_a_path_leads_from_its_entry_to_the_root_and_from_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(HASHES)))
    wanted = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=4))
    tree = Tree(wanted, size)
    cut = data.draw(st.integers(0, size))
    tree.add(HASHES[:cut])
    tree.add(HASHES[cut:size])
    for leaf in wanted:
        path = tree.path(leaf)
        assert root_of(path, HASHES[leaf], leaf, size) == tree.root()
        assert len(path) <= size.bit_length()
        other = data.draw(st.integers(1, size))
        other = (leaf + other) % (size + 1)
        assert root_of(path, HASHES[leaf], other, size) != tree.root()
        if path:
            assert root_of(path[::-1] if path != path[::-1] else path[1:], HASHES[leaf], leaf, size) != tree.root()
            assert root_of([*path, HASHES[0]], HASHES[leaf], leaf, size) == ""
        assert root_of(path, HASHES[(leaf + 1) % 70], leaf, size) != tree.root()


def anchored(file: Path, *sizes: int, hashes: list[str] = HASHES) -> None:
    for day, size in enumerate(sizes, start=1):
        tree = Tree()
        tree.add(hashes[:size])
        before = read_anchors(file) if file.exists() else []
        append_anchor(file, before, f"2026-03-{day:02}", LedgerHead(size, hashes[size - 1]), tree.root())


def compared(file: Path, hashes: list[str], at_once: int = 7) -> AnchorCheck:
    check = AnchorCheck(read_anchors(file))
    for first in range(0, len(hashes), at_once):
        check.take(hashes[first : first + at_once])
    check.end()
    return check


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return anchor_file(tmp_path)


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_a_ledger_that_only_grew_is_the_one_that_was_anchored(file: Path, at_once: int) -> None:
    anchored(file, 3, 20, 20, 41)
    assert compared(file, HASHES, at_once).fault == ""


def test_history_that_was_written_anew_is_seen_and_between_which_anchors(file: Path) -> None:
    anchored(file, 3, 20, 41)
    forged = [*HASHES[:10], *(sha256(one.encode()).hexdigest() for one in HASHES[10:])]
    check = compared(file, forged)
    assert check.broken_at == 4
    assert "entries 4 to 20" in check.fault
    assert "2026-03-02" in check.fault


def test_entries_that_are_gone_are_seen_though_the_rest_is_a_good_chain(file: Path) -> None:
    anchored(file, 3, 20)
    check = compared(file, HASHES[:12])
    assert check.broken_at == 13
    assert "20 entries, now it has 12" in check.fault


def test_the_same_is_not_anchored_twice(file: Path) -> None:
    anchored(file, 3)
    (anchor,) = read_anchors(file)
    again = append_anchor(file, [anchor], anchor.date, LedgerHead(anchor.position, anchor.hash), anchor.root)
    assert again is None
    assert len(read_anchors(file)) == 1


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [lines[0].replace("2026-03-01", "2026-03-09"), *lines[1:]], 2),
        (lambda lines: [*lines[:2], lines[2].replace('"position":41', '"position":1')], 3),
        (lambda lines: [lines[0], "{}", lines[2]], 2),
        (lambda lines: [lines[0] + " ", *lines[1:]], 1),
    ],
)
def test_anchors_that_were_changed_are_refused(file: Path, spoil: object, line: int) -> None:
    anchored(file, 3, 20, 41)
    assert callable(spoil)
    file.write_text("".join(f"{one}\n" for one in spoil(file.read_text().splitlines())))
    with pytest.raises(AnchorError, match=f":{line}: "):
        read_anchors(file)


def test_anchors_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(AnchorError, match="cannot be read"):
        read_anchors(tmp_path / "none.jsonl")
    anchored(tmp_path / "a.jsonl", 3)
    (anchor,) = read_anchors(tmp_path / "a.jsonl")
    with pytest.raises(AnchorError, match="cannot be written"):
        append_anchor(tmp_path / "no" / "a.jsonl", [anchor], "2026-03-09", LedgerHead(9, "0" * 64), "0" * 64)


def test_a_line_is_written_one_way_only(file: Path) -> None:
    anchored(file, 3)
    (anchor,) = read_anchors(file)
    assert replace(anchor).line() + "\n" == file.read_text()


@pytest.mark.parametrize("named", ["anchors", "anchors/", "anchors.d/"])
def test_a_folder_that_is_not_there_is_no_file_to_begin(tmp_path: Path, named: str) -> None:
    with pytest.raises(AnchorError, match="does not exist: mount or make it"):
        file_to_append(f"{tmp_path}/{named}")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / named).mkdir()
    assert file_to_append(f"{tmp_path}/{named}") == tmp_path / named / "consent-anchors.jsonl"


def test_a_file_of_anchors_may_begin_or_go_on(tmp_path: Path) -> None:
    assert file_to_append(f"{tmp_path}/new.jsonl") == tmp_path / "new.jsonl"
    (tmp_path / "kept").touch()
    assert file_to_append(f"{tmp_path}/kept") == tmp_path / "kept"
