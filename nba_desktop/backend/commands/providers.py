"""`providers`: check the systems that are asked during a call, and try them."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import monotonic

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_BROKEN,
    EXIT_OK,
    Commands,
    add_data,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.decisioning.asked import attributes_asked
from nba_desktop.backend.errors import UnknownCustomer
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.providers.asking import HttpAsking
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.reading import read_providers


def add(commands: Commands) -> None:
    """Declare the command."""
    checking = family(commands, "providers", "the systems that are asked during a call").add_parser(
        "check", help="check the file, and with --customer ask once; no value is shown"
    )
    checking.add_argument("file", type=Path, metavar="FILE", help="the file, such as resources/sample/providers.yaml")
    add_data(checking)
    checking.add_argument("--customer", metavar="NUMBER", help="ask about this customer, once")
    checking.set_defaults(run=_check)


def _check(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        in_force = LiveCatalogues().in_force(unit)
        ramped = () if in_force.ramp is None else in_force.ramp[:1]
        providers = read_providers(args.file, in_force.live, *ramped)
        used = attributes_asked(in_force.live)
        rows = [("provider", "attribute", "used by the live catalogue")]
        for one in providers.listed:
            rows += [(one.name, name, "yes" if name in used else "no: never asked for") for name in one.readers]
        say(table(rows))
        if args.customer is None:
            return EXIT_OK
        customer = unit.customers.by_customer_no(args.customer)
        if customer is None:
            raise UnknownCustomer("no customer has that number")
        catalogue = in_force.decides_for(customer.customer_id)
        consents = consent_facts(unit.consents.of_customer(customer.customer_id))
    live = LiveFacts(providers, HttpAsking, now_utc)
    question = live.question(catalogue, customer, consents)
    begun = monotonic()
    live.ask(question)
    waited = round((monotonic() - begun) * 1000)
    facts = live.facts(question)
    live.close()
    say("")
    say(table([("attribute", "provider", "what became of it"), *((f.attribute, f.provider, f.state) for f in facts)]))
    say(f"waited {waited} ms of at most {round(providers.timeout_s * 1000)} ms")
    return EXIT_OK if all(one.state in {"answered", "nothing", "not_asked"} for one in facts) else EXIT_BROKEN
