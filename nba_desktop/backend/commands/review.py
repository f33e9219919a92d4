"""`review`: how far the review goes, who looked at it, and its facts."""

from __future__ import annotations

import argparse
from datetime import date

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    complain,
    existing_store,
    family,
    person,
    say,
    table,
)
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.log import LOOKED_BACK, display_names
from nba_desktop.backend.review.rules import mode_now
from nba_desktop.backend.rows.review_log import AccessRow, ReviewModeRow
from nba_desktop.backend.subject.retention import last_agreement
from nba_desktop.contract.codes import ReviewMode


def add(commands: Commands) -> None:
    """Declare the commands."""
    review = family(commands, "review", "the review of recommendations by team leads")
    mode = review.add_parser("mode", help="show how far the review goes, or set it")
    add_data(mode)
    mode.add_argument("mode", nargs="?", choices=[one.value for one in ReviewMode], help="what counts from now on")
    mode.add_argument(
        "--agreement", type=_reference, help="with coaching: the works agreement that allows figures of one person"
    )
    mode.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE", help="with coaching: the last day of the agreement"
    )
    mode.add_argument("--by", type=person, metavar="NAME", help="who does this")
    mode.set_defaults(run=_mode)
    accesses = review.add_parser("accesses", help="list who looked in the last year, newest first")
    add_data(accesses)
    accesses.set_defaults(run=_accesses)
    rebuild = review.add_parser("rebuild", help="work out the facts of every call anew")
    add_data(rebuild)
    rebuild.set_defaults(run=_rebuild)


def _mode(args: argparse.Namespace) -> int:
    if args.mode is None:
        return _show_modes(args)
    mode = ReviewMode(args.mode)
    if args.by is None:
        raise ConfigurationError("say who sets the mode: --by NAME")
    if mode is ReviewMode.COACHING and (args.agreement is None or args.until is None):
        raise ConfigurationError(
            "figures of one person need a works agreement: name it with --agreement and its last day with --until"
        )
    if mode is not ReviewMode.COACHING and (args.agreement is not None or args.until is not None):
        raise ConfigurationError(f"the mode {mode.value} needs no works agreement: leave --agreement and --until out")
    if args.until is not None and args.until < now_utc().date():
        raise ConfigurationError(f"the agreement ended on {args.until}: name one that is in force")
    with existing_store(args) as store, store.write() as unit:
        unit.review_log.add_mode(ReviewModeRow(mode, args.agreement, args.until, now_utc(), args.by))
        agreement = last_agreement(unit.review_log.modes())
    say(f"mode: {mode.value}")
    if agreement is not None and agreement.until is not None:
        complain(_goes(agreement.agreement or "–", agreement.until))
    return EXIT_OK


def _goes(agreement: str, until: date) -> str:
    """What retention will remove, and when: the figures of teams and of the site are counted from the same facts."""
    facts = "the facts of calls up to that day that are older than the catalogue's agent_days"
    if until < now_utc().date():
        return (
            f"the agreement ({agreement}) ended on {until}: the next run of the retention removes {facts}, and with "
            "them the figures of agents, teams and the site; a new agreement keeps them: review mode coaching"
        )
    return (
        f"whatever the mode is, no fact is removed until the agreement ({agreement}) ends on {until}; then, unless "
        f"another one is in force, the retention removes {facts}, and with them the figures of agents, teams and the "
        "site"
    )


def _show_modes(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        modes = unit.review_log.modes()
    now = mode_now(modes, now_utc().date())
    until = f" ({now.agreement}, until {now.until})" if now.agreement else ""
    say(f"mode: {now.mode.value}{until}")
    if modes:
        say("")
        say(table([("SET", "BY", "MODE", "AGREEMENT", "UNTIL"), *map(_mode_row, modes)]))
    return EXIT_OK


def _accesses(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        rows = unit.review_log.accesses(now_utc() - LOOKED_BACK)
        names = display_names(unit)
    heads = ("AT (UTC)", "BY", "REASON", "TEAM", "AGENT", "PERIOD", "FILTER", "EXPORTED", "NOTE")
    say(table([heads, *(_access_row(one, names[one.by_agent_id]) for one in rows)]))
    return EXIT_OK


def _rebuild(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        with store.write() as unit:
            unit.review.changed_all(now_utc())
        with store.read() as unit:
            left, _ = unit.review.waiting()
        catching_up = CatchingUp(store, LiveCatalogues(), now_utc)
        done = 0
        while number := catching_up.run():
            done += number
            complain(f"{done} of {max(left, done)}")
    say(f"facts of {done} calls and changes worked out")
    return EXIT_OK


def _mode_row(row: ReviewModeRow) -> tuple[str, ...]:
    until = "–" if row.until is None else row.until.isoformat()
    return f"{row.at:%Y-%m-%d %H:%M}", row.actor, row.mode.value, row.agreement or "–", until


def _access_row(row: AccessRow, by: str) -> tuple[str, ...]:
    sieve = [one for one in (row.action_id, row.queue, row.concern) if one]
    return (
        f"{row.at:%Y-%m-%d %H:%M}",
        by,
        row.reason.value,
        row.team_id,
        row.agent or "–",
        f"{row.first_day}..{row.last_day}",
        ",".join(sieve) or "–",
        "yes" if row.exported else "no",
        row.note or "–",
    )


def _reference(text: str) -> str:
    if not 1 <= len(text.strip()) <= 200 or not text.isprintable():
        raise argparse.ArgumentTypeError("a works agreement is named with 1 to 200 printable characters")
    return text.strip()
