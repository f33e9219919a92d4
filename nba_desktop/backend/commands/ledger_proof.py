"""`ledger proof`: hand over what proves a customer's consents, in a folder that is checked anywhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    existing_store,
    reason,
    say,
)
from nba_desktop.backend.consent.anchors import anchor_file, read_anchors
from nba_desktop.backend.consent.bundle import write_proof
from nba_desktop.backend.consent.handing_over import HandOver, ProofRequest
from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ReadOperation


def add(ledger: Commands) -> None:
    """Declare the command."""
    proving = ledger.add_parser("proof", help="hand over what proves a customer's consents (§ 7a UWG)")
    add_data(proving)
    add_by(proving)
    proving.add_argument("--customer", required=True, metavar="NO", help="the customer's number")
    proving.add_argument("--purpose", type=ConsentPurpose, choices=list(ConsentPurpose), help="only this purpose")
    proving.add_argument("--channel", type=ConsentChannel, choices=list(ConsentChannel), help="only this channel")
    proving.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, made if missing")
    proving.add_argument("--reason", type=reason, required=True, metavar="TEXT", help="why; it is kept")
    proving.add_argument("--anchors", type=Path, metavar="FILE", help="the file of anchors to prove it with")
    proving.add_argument("--language", choices=("de", "en"), default="de", help="language of the proof")
    proving.set_defaults(run=_prove)


def _prove(args: argparse.Namespace) -> int:
    # Only this command prints.
    from nba_desktop.backend.consent.proof_pdf import proof_pdf

    anchors = [] if args.anchors is None else read_anchors(anchor_file(args.anchors))
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        request = ProofRequest(args.customer, args.reason, args.purpose, args.channel, args.language)
        proof = HandOver(store, LiveCatalogues(), now_utc).proof(caller, ReadOperation.LEDGER_PROOF, request, anchors)
    write_proof(proof, proof_pdf(proof, args.resources / "fonts"), args.out)
    anchored = "without an anchor" if proof.anchor is None else f"with the anchor of {proof.anchor.date}"
    count = len(proof.entries)
    entries = "1 entry" if count == 1 else f"{count} entries"
    say(f"the proof of {entries}, {anchored}, is in {args.out}: check it with verify_proof.py there")
    return EXIT_OK
