"""`site`: the site's figures week by week."""

from __future__ import annotations

import argparse
from datetime import date
from time import monotonic

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import EXIT_OK, Commands, add_data, existing_store, family, say, table
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.site.service import SiteService
from nba_desktop.contract.review import Duration, Rate, SiteWeek

_HEAD = (
    "WEEK",
    "CALLS",
    "TALK",
    "HANDLING",
    "RESOLVED",
    "TRANSFERRED",
    "IN TIME",
    "ABANDONED",
    "AVAILABLE",
    "LATENCY P95",
    "UPLIFT",
    "CONSENT ASKED",
)


def add(commands: Commands) -> None:
    """Declare the commands."""
    site = family(commands, "site", "the site's figures: all teams together, no person among them")
    weeks = site.add_parser("weeks", help="show the figures week by week; a dash where nothing is known")
    add_data(weeks)
    weeks.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar="DATE",
        help="a day of the first week; else half a year ago",
    )
    weeks.add_argument(
        "--to",
        dest="last",
        type=date.fromisoformat,
        metavar="DATE",
        help="a day of the last week; else the last that is over",
    )
    weeks.add_argument("--json", action="store_true", help="everything, as GET /v1/site/weeks answers it")
    weeks.set_defaults(run=_weeks)


def _weeks(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        catalogues = LiveCatalogues()
        catching_up = CatchingUp(store, catalogues, now_utc)
        figures = SiteService(store, catalogues, catching_up, Weeks(store, monotonic), now_utc).weeks(
            args.first, args.last
        )
    if args.json:
        say(figures.model_dump_json(indent=2))
        return EXIT_OK
    say(table([_HEAD, *map(_row, figures.weeks)]))
    if figures.left_out_weeks:
        say(f"\n{figures.left_out_weeks} weeks of too few agents are left out")
    return EXIT_OK


def _row(week: SiteWeek) -> tuple[str, ...]:
    latency = "-" if week.panel_latency_p95_ms is None else f"{week.panel_latency_p95_ms:.0f} ms"
    uplift = "-" if week.uplift is None else f"{week.uplift:+.1f} ({week.uplift_low:+.1f} to {week.uplift_high:+.1f})"
    return (
        week.monday.isoformat(),
        str(week.calls),
        _mean(week.handling.talk),
        _mean(week.handling.handling),
        _share(week.first_contact_resolution),
        _share(week.transferred),
        _share(week.service_level),
        _share(week.abandoned),
        _share(week.decision_availability),
        latency,
        uplift,
        _share(week.consent_asked),
    )


def _share(rate: Rate) -> str:
    return "-" if rate.value is None else f"{100 * rate.value:.1f} %"


def _mean(duration: Duration) -> str:
    return "-" if duration.mean_s is None else f"{duration.mean_s:.0f} s"
