"""`ledger`: check the proof of the consents, anchor it outside, and let what was not confirmed expire."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands import ledger_proof
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    complain,
    existing_store,
    family,
    say,
)
from nba_desktop.backend.consent.anchors import (
    Anchor,
    AnchorCheck,
    anchor_file,
    append_anchor,
    file_to_append,
    read_anchors,
)
from nba_desktop.backend.consent.checking import ChainCheck, Fault, LedgerCheck
from nba_desktop.backend.consent.ledger import LedgerHead
from nba_desktop.backend.consent.merkle import Tree
from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.backend.consent.retention import KeptProof, may_go
from nba_desktop.backend.errors import StoreUnavailable, UnreadableEntry
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.consents import ConsentStore
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role


def add(commands: Commands) -> None:
    """Declare the commands."""
    ledger = family(commands, "ledger", "the consent ledger")

    verifying = ledger.add_parser(
        "verify", help="check the chain of the consent ledger and its tables, and say where they are broken"
    )
    add_data(verifying)
    verifying.add_argument("--anchors", type=Path, metavar="FILE", help="check it against its anchors, too")
    verifying.add_argument("--json", action="store_true", help="say it as JSON")
    verifying.set_defaults(run=_verify)

    anchoring = ledger.add_parser("anchor", help="append what the ledger is now to a file that is kept elsewhere")
    add_data(anchoring)
    # As it was typed: a path forgets the separator at its end, which says that a folder is meant.
    anchoring.add_argument("--to", required=True, metavar="FILE|DIR", help="the file of anchors, or a folder for it")
    anchoring.set_defaults(run=_anchor)

    expiring = ledger.add_parser("expire", help="end the consents that were not confirmed in time")
    add_data(expiring)
    expiring.set_defaults(run=_expire)

    due = ledger.add_parser("due", help="list the proofs that need not be kept any longer")
    add_data(due)
    add_by(due)
    due.add_argument("--json", action="store_true", help="say it as JSON")
    due.set_defaults(run=_due)

    ledger_proof.add(ledger)


_UNREADABLE: Final = LedgerCheck(0, None, Fault.UNREADABLE, "the ledger cannot be read")
"""What is found where nothing can be read."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A proof that need not be kept any longer, since which day at the site, and of which customer's number."""

    proof: KeptProof
    customer_no: str | None
    since: date


@dataclass(frozen=True, slots=True)
class LedgerFound:
    """What a check of database, ledger, anchors and wordings came to; `seconds` is how long the entries took."""

    damage: str
    check: LedgerCheck
    anchors: AnchorCheck
    head: LedgerHead | None
    root: str
    wordings: tuple[str, ...]
    seconds: float

    def complaint(self) -> str:
        """Say what is wrong; empty when all holds."""
        if self.check.broken_at is not None:
            broken = f"the ledger is broken at entry {self.check.broken_at}: {self.check.reason}"
            return f"{broken}; {self._damaged()}" if self.damage else broken
        if self.damage:
            return self._damaged()
        if self.anchors.fault:
            return f"the ledger holds, but not its anchors: {self.anchors.fault}"
        if self.wordings:
            return f"the ledger holds, but wordings its entries name were changed: {', '.join(self.wordings)}"
        return ""

    def _damaged(self) -> str:
        held = "the ledger cannot be read"
        if self.check.fault is None:
            held = f"the chain of {self.check.entries} entries can be read and holds, but a proof may lack entries"
        elif self.check.broken_at is not None:
            held = f"the {self.check.entries} entries before hold"
        return f"the database is damaged ({self.damage}): {held}; copy the file away, then put a backup back"


def _verify(args: argparse.Namespace) -> int:
    anchors = [] if args.anchors is None else read_anchors(anchor_file(args.anchors))
    with existing_store(args) as store:
        found = _examined(store, anchors)
    complaint = found.complaint()
    if args.json:
        say(json.dumps(_as_json(found, anchors), ensure_ascii=False))
    elif complaint:
        complain(complaint)
    else:
        kept = f", {len(anchors)} anchors hold, the last of {anchors[-1].date}" if anchors else ""
        say(f"the ledger holds: {found.check.entries} entries{kept}")
    return EXIT_BROKEN if complaint else EXIT_OK


def _anchor(args: argparse.Namespace) -> int:
    file = file_to_append(args.to)
    anchors = read_anchors(file) if file.exists() else []
    with existing_store(args) as store:
        found = _examined(store, anchors, rooted=True)
    complaint = found.complaint()
    if found.damage or found.check.broken_at is not None or found.anchors.fault:
        complain(f"nothing was anchored: {complaint}")
        return EXIT_BROKEN
    if found.head is None or found.head.position == 0:
        say("the ledger has no entries yet: there is nothing to anchor")
        return EXIT_OK
    # In UTC, so that machines in several zones agree on the day.
    day = now_utc().date().isoformat()
    anchor = append_anchor(file, anchors, day, found.head, found.root)
    say(f"the last anchor says this already: {file}" if anchor is None else f"{anchor.line()}\nanchored in {file}")
    if complaint:
        complain(complaint)
    return EXIT_BROKEN if complaint else EXIT_OK


def _expire(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        ended = ConsentReports(store, LiveCatalogues(), now_utc).expire(now_utc())
    say(f"{ended} consents were not confirmed in time and have expired")
    return EXIT_OK


def _due(args: argparse.Namespace) -> int:
    now, catalogues = now_utc(), LiveCatalogues()
    found: list[_Due] = []
    with existing_store(args) as store:
        with store.read() as unit:
            for customer_id in unit.consents.customer_ids():
                catalogue = catalogues.for_customer(unit, customer_id)
                years = catalogue.entry.consent_proof.other_channels_years
                due = may_go(unit.consents.of_customer(customer_id), years, catalogue.zone, now)
                if due:
                    number = _number_of(unit, customer_id)
                    found += [_Due(one, number, one.retention_until.astimezone(catalogue.zone).date()) for one in due]
        with store.write() as unit:
            caller = administrator(unit, args.by)
            reading = Reading(now, caller.agent_id, Role.ADMIN, ReadOperation.LEDGER_DUE, ReadBasis.DUTY)
            keep_reading(unit, reading, [one.proof.customer_id for one in found])
    if args.json:
        say(json.dumps([_kept(one) for one in found]))
    else:
        for one in found:
            proof = one.proof
            say(f"{one.customer_no or '–'} {proof.purpose.value} {proof.channel.value}: since {one.since.isoformat()}")
        proofs = "1 proof" if len(found) == 1 else f"{len(found)} proofs"
        say(f"{proofs} need not be kept any longer")
    return EXIT_OK


def _examined(store: Store, anchors: Sequence[Anchor], rooted: bool = False) -> LedgerFound:
    """Check the tables of the ledger, then the ledger; whatever of it can be read."""
    found = LedgerFound("", _UNREADABLE, AnchorCheck(()), None, "", (), 0.0)
    # SQLite looks through its pages while the chain is computed here.
    with ThreadPoolExecutor(1) as beside:
        damage = beside.submit(_damage, store)
        try:
            with store.read() as unit:
                found = check_ledger(unit, anchors, rooted)
        except StoreUnavailable:
            # What was found before is kept: SQLite ends no transaction any more in which it met a page it cannot read.
            if not damage.result():
                raise
    return replace(found, damage=damage.result())


def _damage(store: Store) -> str:
    with store.read() as unit:
        return unit.consents.damage()


def check_ledger(unit: Unit, anchors: Sequence[Anchor] = (), rooted: bool = False) -> LedgerFound:
    """Read the ledger once and check all of it; the root is built where it is asked for, because it takes time."""
    chain, anchored, tree = ChainCheck(), AnchorCheck(anchors), Tree()
    began = perf_counter()
    try:
        for batch in unit.consents.batches():
            chain.take(batch)
            if chain.broken:
                break
            if anchors or rooted:
                hashes = batch.hashes()
                anchored.take(hashes)
                if rooted:
                    tree.add(hashes)
    except UnreadableEntry as error:
        chain.unreadable(error.position)
    seconds = perf_counter() - began
    head = unit.consents.end()
    check = chain.end(head)
    if check.broken_at is None:
        anchored.end()
    return LedgerFound("", check, anchored, head, tree.root(), _changed_wordings(unit.consents), seconds)


def _changed_wordings(consents: ConsentStore) -> tuple[str, ...]:
    """Return the names of wordings that are not as they were read, or that are gone."""
    wordings = consents.wordings()
    changed = {
        f"{one.wording_id} {one.language} version {one.version}"
        for one in wordings
        if sha256(one.text.encode()).hexdigest() != one.text_sha256
    }
    known = {(one.wording_id, one.text_sha256): one for one in wordings}
    for wording_id, text_sha256, record_sha256 in consents.named_wordings():
        one = known.get((wording_id, text_sha256 or ""))
        if one is None:
            changed.add(f"{wording_id} (missing)")
        elif record_sha256 is not None and one.record_sha256() != record_sha256:
            changed.add(f"{one.wording_id} {one.language} version {one.version}")
    return tuple(sorted(changed))


def _as_json(found: LedgerFound, anchors: Sequence[Anchor]) -> dict[str, Any]:
    check = found.check
    return {
        "holds": not found.complaint(),
        "entries": check.entries,
        "broken_at": check.broken_at if check.broken_at is not None else found.anchors.broken_at,
        "fault": _fault(found),
        "damage": found.damage,
        "reason": found.complaint(),
        "anchors": len(anchors),
        "wordings_changed": list(found.wordings),
        "entries_per_s": round(check.entries / found.seconds) if found.seconds else None,
    }


def _fault(found: LedgerFound) -> str | None:
    """The first thing that is wrong, None where it is no more than a wording."""
    if found.check.fault is not None:
        return found.check.fault.value
    if found.damage:
        return "damaged"
    return "rewritten" if found.anchors.fault else None


def _number_of(unit: Unit, customer_id: str) -> str | None:
    """The number that `ledger proof` knows a customer by, also one who was erased."""
    known = unit.customers.by_id(customer_id) or unit.consents.restriction(customer_id)
    return None if known is None else known.customer_no


def _kept(one: _Due) -> dict[str, str | int | None]:
    proof = one.proof
    return {
        "customer_id": proof.customer_id,
        "customer_no": one.customer_no,
        "purpose": proof.purpose.value,
        "channel": proof.channel.value,
        "entries": proof.entries,
        "retention_until": proof.retention_until.isoformat(),
    }
