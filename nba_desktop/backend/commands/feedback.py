"""`feedback`: what agents say against recommendations, and the owner's answers."""

from __future__ import annotations

import argparse
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.codes import ReadOperation
from nba_desktop.contract.feedback import LONGEST_ANSWER, OpenFeedback


def add(commands: Commands) -> None:
    """Declare the commands."""
    feedback = family(commands, "feedback", "what agents say against recommendations")
    listing = feedback.add_parser("list", help="list what waits for an answer, oldest first")
    add_data(listing)
    add_by(listing)
    listing.set_defaults(run=_list)
    answering = feedback.add_parser("answer", help="answer; the agent reads it")
    answering.add_argument("id", type=_id, metavar="ID", help="which, as `feedback list` names it")
    answering.add_argument("answer", type=_answer, metavar="TEXT", help="what the agent reads")
    add_data(answering)
    add_by(answering)
    answering.set_defaults(run=_reply)


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        found = FeedbackService(store, LiveCatalogues(), now_utc).open(caller, ReadOperation.FEEDBACK_LIST, "en")
    heading = ("ID", "AT", "ACTION", "VERSION", "REASON", f"IN {found.days} DAYS", "BECAUSE", "NOTE")
    say(table([heading, *map(_row, found.feedback)]) if found.feedback else "nothing waits for an answer")
    if found.more:
        say("There is more: answer these first.")
    return EXIT_OK


def _reply(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        service = FeedbackService(store, LiveCatalogues(), now_utc)
        answered = service.answer(caller, ReadOperation.FEEDBACK_ANSWER, args.id, args.answer, "en")
    say(f"answered: {answered.action_id}, {answered.reason.value}")
    return EXIT_OK


def _row(one: OpenFeedback) -> tuple[str, ...]:
    return (
        str(one.feedback_id),
        f"{one.at:%Y-%m-%d %H:%M}",
        one.action_id,
        f"{one.catalogue_version}{'' if one.is_live else ' (old)'}",
        one.reason.value,
        str(one.times),
        ",".join(one.because) or "–",
        one.note or "–",
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not an id: `feedback list` shows them") from None


def _answer(text: str) -> str:
    if not 1 <= len(text.strip()) <= LONGEST_ANSWER:
        raise argparse.ArgumentTypeError(f"an answer has 1 to {LONGEST_ANSWER} characters")
    return text.strip()
