"""The proof of a customer's consents as it is handed to him, a court or an authority, and checked there without us.

Three files in a folder: `proof.json` with everything, `proof.pdf` to be read, and `verify_proof.py`, which checks the
first with nothing but Python. Each entry comes as the text its hash covers, with its path in the tree over the whole
ledger (see `merkle`), so that the proof holds for one customer without a word about any other. The tree is that of the
newest anchor behind the entries where there is one, else that of the ledger as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from nba_desktop.backend.consent.anchors import Anchor
from nba_desktop.backend.consent.canonical import canonical_text
from nba_desktop.backend.consent.ledger import LedgerEntry, effective, is_unchanged, row_of
from nba_desktop.backend.consent.merkle import Tree
from nba_desktop.backend.consent.reason_words import state_words
from nba_desktop.backend.consent.retention import retention_until
from nba_desktop.backend.consent.states import consented_points
from nba_desktop.backend.consent.verify_proof import KIND
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.errors import ProofError
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose

_OF_ALL_CHANNELS: Final = frozenset(
    {ConsentEventType.OBJECTED, ConsentEventType.OBJECTION_LIFTED, ConsentEventType.CORRECTED}
)
_VERIFIER: Final = "verify_proof.py"


@dataclass(frozen=True, slots=True)
class LedgerTree:
    """The ledger that a proof stands on: how many entries, the last one's hash, the root, and a path for each entry."""

    size: int
    hash: str
    root: str
    paths: dict[int, list[str]]
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is handed over, before it is written; `content` becomes `proof.json`."""

    content: dict[str, Any]
    entries: tuple[LedgerEntry, ...]
    wordings: tuple[Wording, ...]
    language: Language
    zone: tzinfo
    made_at: datetime
    anchor: Anchor | None


def chosen(
    ledger: Sequence[LedgerEntry], purpose: ConsentPurpose | None, channel: ConsentChannel | None
) -> tuple[LedgerEntry, ...]:
    """Return the entries that a proof of a purpose and channel needs: theirs, and what holds for all of them."""
    return tuple(
        one
        for one in ledger
        if one.event in _OF_ALL_CHANNELS
        or ((purpose is None or one.purpose is purpose) and (channel is None or one.channel is channel))
    )


def tree_over(
    positions: Sequence[int],
    size: int,
    hashes: Callable[[int], Iterable[Sequence[str]]],
    anchors: Sequence[Anchor] = (),
) -> LedgerTree:
    """Build the tree that the entries at some positions are proved with, in a ledger of `size` entries.

    Raises `ProofError` when the ledger is not the one that was anchored.
    """
    covering = [one for one in anchors if one.position >= max(positions)]
    anchor = covering[-1] if covering else None
    if anchor is not None:
        if anchor.position > size:
            raise ProofError("the ledger has fewer entries than were anchored: check it with `ledger verify`")
        size = anchor.position
    tree, last = Tree([position - 1 for position in positions], size), ""
    for batch in hashes(size):
        tree.add(batch)
        last = batch[-1]
    root = tree.root()
    if tree.size != size or (anchor is not None and (anchor.hash, anchor.root) != (last, root)):
        raise ProofError("the ledger is not the one that was anchored: check it with `ledger verify --anchors`")
    return LedgerTree(size, last, root, {one: tree.path(one - 1) for one in positions}, anchor)


def make_proof(
    entries: Sequence[LedgerEntry],
    wordings: Sequence[Wording],
    tree: LedgerTree,
    language: Language,
    zone: tzinfo,
    other_channels_years: int,
    made_at: datetime,
) -> Proof:
    """Return the proof of some entries of one customer; raise `ProofError` for entries that were changed."""
    if not is_unchanged(entries):
        raise ProofError("an entry of this customer was changed: check the ledger with `ledger verify`")
    named = {(one.wording_id, one.wording_sha256) for one in entries}
    read = tuple(one for one in wordings if (one.wording_id, one.text_sha256) in named)
    content = {
        "kind": KIND,
        "version": 1,
        "language": language,
        "made_at": made_at.isoformat(timespec="seconds"),
        "ledger": {"size": tree.size, "hash": tree.hash, "root": tree.root},
        "anchor": None if tree.anchor is None else tree.anchor.line(),
        "summary": _summary(entries, language, zone, other_channels_years),
        "entries": [
            {
                "canonical": canonical_text(row_of(one)),
                "hash": one.hash,
                "path": tree.paths[one.position],
            }
            for one in entries
        ],
        "wordings": [
            {
                "record": one.record(),
                "record_sha256": one.record_sha256(),
                "introduced_at": one.introduced_at.isoformat(),
                "retired_at": None if one.retired_at is None else one.retired_at.isoformat(),
            }
            for one in read
        ],
    }
    return Proof(content, tuple(entries), read, language, zone, made_at, tree.anchor)


def write_proof(proof: Proof, printed: bytes, folder: Path) -> None:
    """Write the three files into a folder that is not there yet, or empty; raise `ProofError` when that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProofError(f"the folder {folder} is not empty: name another with --out")
        (folder / "proof.pdf").write_bytes(printed)
        content = proof.content | {"pdf_sha256": sha256(printed).hexdigest()}
        (folder / "proof.json").write_text(
            json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
        )
        verifier = files("nba_desktop.backend.consent").joinpath(_VERIFIER).read_bytes()
        (folder / _VERIFIER).write_bytes(verifier)
    except OSError as error:
        raise ProofError(f"the proof cannot be written to {folder}: {error.strerror}") from error


def _summary(
    entries: Sequence[LedgerEntry], language: Language, zone: tzinfo, other_channels_years: int
) -> list[dict[str, str | bool | None]]:
    """Say what the entries come to, for people; what is proved are the entries themselves."""
    found: list[dict[str, str | bool | None]] = []
    said = {(one.purpose, one.channel): one for one in effective(entries) if one.event not in _OF_ALL_CHANNELS}
    for (purpose, channel), entry in sorted(said.items()):
        until = retention_until(entries, entry, other_channels_years, zone)
        for point, state in consented_points(entries, purpose, channel).items():
            found.append(
                {
                    "purpose": purpose.value,
                    "channel": channel.value,
                    "contact_point": point,
                    "state": state.state.value,
                    "state_words": state_words(state.state, language),
                    "since": None if state.since is None else state.since.isoformat(),
                    "weak_proof": state.weak_proof,
                    "retention_until": None if until is None else until.isoformat(),
                }
            )
    return found
