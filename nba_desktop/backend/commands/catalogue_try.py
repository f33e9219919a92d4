"""`catalogue try`: what one customer would be recommended with a catalogue; only that he was read is kept."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    administrator,
    code,
    codes,
    existing_store,
    has_database,
    person,
    reason,
    say,
    table,
)
from nba_desktop.backend.commands.named_catalogue import check_codes, named_catalogue
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import exposures_since
from nba_desktop.backend.decisioning.engine import DecisionOutcome, decide
from nba_desktop.backend.decisioning.reason_words import because_words, why_not_words
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.load_samples import load_samples
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.samples.named import named_customers
from nba_desktop.contract.codes import Load, ReadBasis, ReadOperation, Role, Stage
from nba_desktop.contract.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class _Tried:
    catalogue: Catalogue
    model_version: str
    request: DecisionRequest
    outcome: DecisionOutcome


def add(catalogue: Commands) -> None:
    """Declare the command."""
    trying = catalogue.add_parser("try", help="show what one customer would be recommended; no decision is kept")
    trying.add_argument("catalogue", help="catalogue file or folder; with --data a version or `live`, too")
    add_data(trying, required=False)
    trying.add_argument("--customer", required=True, metavar="NO", help="customer number; without --data a sample's")
    trying.add_argument("--concern", type=code, metavar="CODE", help="why he calls, as the catalogue names it")
    trying.add_argument("--solved", action="store_true", help="the concern is solved")
    trying.add_argument("--language", choices=("de", "en"), help="of the texts (default: the customer's)")
    trying.add_argument("--load", choices=[one.value for one in Load], default=Load.NORMAL.value, help="of the queues")
    trying.add_argument("--skills", type=codes, default=frozenset(), metavar="A,B", help="of the agent")
    trying.add_argument("--authority", type=code, metavar="LEVEL", help="of the agent, for bonuses")
    trying.add_argument("--by", type=person, metavar="NAME", help="who does this; needed for a customer of a database")
    trying.add_argument(
        "--reason", type=reason, metavar="TEXT", help="why; needed and kept for a customer of a database"
    )
    trying.set_defaults(run=_try)


def _try(args: argparse.Namespace) -> int:
    if has_database(args) and not (args.by and args.reason):
        raise ConfigurationError("a customer of a database is read with --by and --reason: both are kept")
    with _store(args) as store:
        # Before the store is read: a version is found in a transaction of its own.
        catalogue = named_catalogue(args.catalogue, store if has_database(args) else None)
        check_codes([catalogue], args.concern, args.skills, args.authority)
        with store.read() as unit:
            customer = unit.customers.by_customer_no(args.customer)
            if customer is None:
                raise ConfigurationError(_no_customer(args))
            tried = _tried(args, store, unit, catalogue, customer)
        if has_database(args):
            with store.write() as unit:
                by = administrator(unit, args.by).agent_id
                basis, operation = ReadBasis.REASON, ReadOperation.CATALOGUE_TRY
                keep_reading(
                    unit, Reading(now_utc(), by, Role.ADMIN, operation, basis, args.reason), [customer.customer_id]
                )
    say(_as_text(tried))
    return EXIT_OK


@contextmanager
def _store(args: argparse.Namespace) -> Iterator[Store]:
    if has_database(args):
        with existing_store(args) as store:
            yield store
        return
    # The samples stand in a store that is gone afterwards, so that they are decided for in the same way.
    with (
        tempfile.TemporaryDirectory(prefix="nba-try-") as folder,
        open_store(BackendConfig(data=Path(folder), resources=args.resources)) as store,
    ):
        load_samples(store, args.resources, now_utc())
        yield store


def _no_customer(args: argparse.Namespace) -> str:
    if has_database(args):
        return f"there is no customer with the number {args.customer} in the database you name"
    named = named_customers(args.resources / "sample" / "customers.yaml", now_utc())
    numbers = ", ".join(f"{one.record.customer_no} ({one.record.first_name})" for one in named)
    return f"there is no sample customer with the number {args.customer}; there are for example {numbers}"


def _tried(
    args: argparse.Namespace, store: Store, unit: Unit, catalogue: Catalogue, customer: CustomerRecord
) -> _Tried:
    now = now_utc()
    since = exposures_since(catalogue, now)
    request = DecisionRequest(
        customer=customer,
        authenticated=True,
        touchpoints=unit.customers.touchpoints(customer.customer_id),
        consents=consent_facts(unit.consents.of_customer(customer.customer_id)),
        past=unit.decisions.past_responses(customer.customer_id),
        now=now,
        language=args.language or customer.language,
        concern=args.concern,
        concern_solved=True if args.solved else None,
        agent_skills=args.skills,
        authority=args.authority,
        waiting=unit.arrivals.waiting(customer.customer_id, now),
        exposures=() if since is None else unit.decisions.past_exposures(customer.customer_id, since),
        load=Load(args.load),
        seed="try",
    )
    model = Learner(store, LiveCatalogues().of_version, now_utc).model_for(unit, catalogue)
    return _Tried(catalogue, model.version, request, decide(catalogue, model, request))


def _as_text(tried: _Tried) -> str:
    request, outcome = tried.request, tried.outcome
    solved = ", solved" if request.concern_solved else ""
    number = "" if request.customer is None else request.customer.customer_no
    lines = [
        f"customer {number}, concern {request.concern or '–'}{solved}, load {request.load.value}",
        f"catalogue {tried.catalogue.version}, model {tried.model_version}; nothing is recorded",
        "",
    ]
    if outcome.none_because is not None:
        lines.append(f"no recommendation: {outcome.none_because.value}")
    if outcome.recommendations:
        heads = ("RANK", "ACTION", "ISSUE", "PRIORITY", "PROPENSITY", "CONTEXT", "VALUE", "LEVERS", "BONUS", "TITLE")
        lines.append(table([heads, *(_row(one) for one in outcome.recommendations)]))
        lines += ["", "PRIORITY = PROPENSITY × CONTEXT × VALUE × LEVERS"]
    for one in outcome.recommendations:
        lines += ["", f"{one.rank}. {one.action_id}: {one.reason}"]
        lines += [
            f"   {'+' if reason.speaks == 'for' else '−'} {because_words(reason, 'en')}" for reason in one.because
        ]
    if outcome.why_not:
        lines += ["", "Not shown:"]
        for stage in Stage:
            rows = [(f"    {one.action_id}", why_not_words(one, "en")) for one in outcome.why_not if one.stage is stage]
            if rows:
                lines += [f"  {stage.value.replace('_', ' ')}", table(rows)]
    return "\n".join(lines)


def _row(one: Recommendation) -> tuple[str, ...]:
    factors = one.factors
    quiet = " (quiet)" if one.quiet else ""
    numbers = ("–",) * 6
    if factors is not None:
        numbers = (
            f"{factors.priority:.3f}",
            f"{factors.propensity:.1%}",
            f"{factors.context:.2f}",
            f"{factors.value:.2f}",
            f"{factors.levers:.2f}",
            "–" if factors.bonus_eur is None else f"{factors.bonus_eur:g} EUR",
        )
    return (str(one.rank), one.action_id, one.kind.value, *numbers, f"{one.title}{quiet}")
