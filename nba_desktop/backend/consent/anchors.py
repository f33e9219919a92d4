"""Anchors: what the ledger was on a day, kept where whoever could rewrite the ledger cannot reach.

A file of JSON lines that is only ever appended to. Each line names the number of entries, the hash of the last one, the
root of the tree over all of them, and the hash of the line before, so that no line can be taken out or changed alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from nba_desktop.backend.consent.ledger import GENESIS, LedgerHead
from nba_desktop.backend.consent.merkle import Tree
from nba_desktop.backend.errors import AnchorError

FILE_NAME: Final = "consent-anchors.jsonl"
"""What the file is called in a folder."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The ledger at a moment: `date` is the site's day, `position` how many entries there were."""

    date: str
    position: int
    hash: str
    root: str
    previous: str = GENESIS

    def line(self) -> str:
        """Return the line of the file, without its end."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


class AnchorCheck:
    """Compares a ledger, read in order, with what was anchored of it."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._left = list(anchors)
        self._tree = Tree()
        self._held: Anchor | None = None
        self._last_hash = GENESIS
        self.fault = ""
        self.broken_at: int | None = None

    def take(self, hashes: Sequence[str]) -> None:
        """Compare with the next entries."""
        while self._left and not self.fault and self._left[0].position <= self._tree.size + len(hashes):
            anchor = self._left.pop(0)
            count = anchor.position - self._tree.size
            last = hashes[count - 1] if count else self._last_hash
            self._tree.add(hashes[:count])
            hashes = hashes[count:]
            self._last_hash = last
            self._compare(anchor, last)
        if self._left and not self.fault:
            self._tree.add(hashes)
            self._last_hash = hashes[-1] if hashes else self._last_hash

    def end(self) -> None:
        """Say that there are no more entries."""
        if self._left and not self.fault:
            anchor = self._left[0]
            self.broken_at = self._tree.size + 1
            self.fault = f"on {anchor.date} the ledger had {anchor.position} entries, now it has {self._tree.size}"

    def _compare(self, anchor: Anchor, last: str) -> None:
        if last == anchor.hash and self._tree.root() == anchor.root:
            self._held = anchor
            return
        self.broken_at = 1 if self._held is None else self._held.position + 1
        self.fault = (
            f"the entries {self.broken_at} to {anchor.position} are not those that were anchored on {anchor.date}: "
            "the ledger was written anew"
        )


def anchor_file(target: Path) -> Path:
    """Return the file that is meant by a file or a folder."""
    return target / FILE_NAME if target.is_dir() else target


def file_to_append(said: str) -> Path:
    """Return the file that anchors are appended to; raise `AnchorError` for a folder that is not there.

    A folder is what ends as one, or has no suffix: a disk that is not mounted must not look like a file to begin.
    """
    target = Path(said)
    named_as_folder = said.endswith(("/", os.sep)) or not target.suffix
    if named_as_folder and not target.exists():
        raise AnchorError(
            f"the folder {target} does not exist: mount or make it, or name a file in a folder that is there, "
            f"such as {FILE_NAME}"
        )
    return anchor_file(target)


def read_anchors(file: Path) -> list[Anchor]:
    """Return the anchors of a file in order; raise `AnchorError` for one that was not only appended to."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnchorError(f"the anchors in {file} cannot be read") from error
    anchors: list[Anchor] = []
    previous = GENESIS
    for number, line in enumerate(lines, start=1):
        anchor = _anchor(file, number, line)
        if anchor.previous != previous:
            raise AnchorError(f"{file}:{number}: the line before it is not the one it was written behind")
        if anchors and anchor.position < anchors[-1].position:
            raise AnchorError(f"{file}:{number}: the ledger had more entries in the line before")
        anchors.append(anchor)
        previous = sha256(line.encode()).hexdigest()
    return anchors


def append_anchor(file: Path, before: Sequence[Anchor], date: str, head: LedgerHead, root: str) -> Anchor | None:
    """Append the ledger as it is, on the disk when this returns; None when the last line says the same."""
    if before and (before[-1].date, before[-1].position) == (date, head.position):
        return None
    previous = sha256(before[-1].line().encode()).hexdigest() if before else GENESIS
    anchor = Anchor(date, head.position, head.hash, root, previous)
    try:
        with file.open("a", encoding="utf-8") as written:
            written.write(anchor.line() + "\n")
            written.flush()
            os.fsync(written.fileno())
    except OSError as error:
        raise AnchorError(f"the anchor cannot be written to {file}: {error.strerror}") from error
    return anchor


def _anchor(file: Path, number: int, line: str) -> Anchor:
    try:
        said: dict[str, Any] = json.loads(line)
        anchor = Anchor(**said)
        if anchor.line() != line or anchor.position < 1:
            raise ValueError("the line is not written as an anchor is")
    except (ValueError, TypeError) as error:
        raise AnchorError(f"{file}:{number}: this is no anchor") from error
    return anchor
