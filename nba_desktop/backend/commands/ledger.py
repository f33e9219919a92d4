"""`ledger`: check the proof of the consents."""

from __future__ import annotations

import argparse
from hashlib import sha256

from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_data,
    complain,
    existing_store,
    family,
    say,
)
from nba_desktop.backend.consent.ledger import verify


def add(commands: Commands) -> None:
    """Declare the commands."""
    verifying = family(commands, "ledger", "the consent ledger").add_parser(
        "verify", help="check the chain of the consent ledger"
    )
    add_data(verifying)
    verifying.set_defaults(run=_verify)


def _verify(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        check = verify(unit.consents.all(), unit.consents.head())
        changed = [one for one in unit.consents.wordings() if sha256(one.text.encode()).hexdigest() != one.text_sha256]
    if check.broken_at is not None:
        complain(f"the ledger is broken at entry {check.broken_at}: {check.reason}")
        return EXIT_BROKEN
    if changed:
        names = ", ".join(f"{one.wording_id} {one.language} version {one.version}" for one in changed)
        complain(f"the ledger holds, but wordings its entries name were changed: {names}")
        return EXIT_BROKEN
    say(f"the ledger holds: {check.entries} entries")
    return EXIT_OK
