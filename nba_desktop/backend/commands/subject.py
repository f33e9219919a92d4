"""`subject`: hand a customer all that is known about him, correct it, or erase him."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_by,
    add_data,
    administrator,
    complain,
    existing_store,
    family,
    reason,
    say,
    table,
)
from nba_desktop.backend.errors import ConfigurationError, InvalidMessage, StoreUnavailable
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.subject.correction import FIELDS
from nba_desktop.backend.subject.erasure import ErasureAnswer, ErasureService
from nba_desktop.backend.subject.export import ExportService, as_json
from nba_desktop.backend.subject.page import as_page
from nba_desktop.backend.subject.records import ErasureRow
from nba_desktop.backend.subject.requests import SubjectRequests
from nba_desktop.backend.subject.wishes import MOST, WishService
from nba_desktop.contract.codes import ReadOperation
from nba_desktop.contract.wish import LONGEST_WISH_ANSWER, WishAnswered

_FILES = ("data.json", "data.html", "data.pdf")


def add(commands: Commands) -> None:
    """Declare the commands."""
    subject = family(commands, "subject", "what the law gives a customer: his data, their correction and erasure")

    exporting = subject.add_parser("export", help="write everything known about a customer (Art. 15 GDPR)")
    add_data(exporting)
    add_by(exporting)
    _add_whom(exporting)
    exporting.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, made if missing")
    exporting.add_argument("--language", choices=("de", "en"), default="de", help="language of the export")
    exporting.set_defaults(run=_export)

    correcting = subject.add_parser("correct", help="correct a customer's master data (Art. 16 GDPR)")
    add_data(correcting)
    add_by(correcting)
    correcting.add_argument("--customer", required=True, metavar="NO", help="the customer's number")
    correcting.add_argument(
        "--set",
        action="append",
        required=True,
        type=_change,
        metavar="FIELD=VALUE",
        help=f"what is right; repeat it. Fields: {', '.join(FIELDS)}; an empty value removes what may be missing",
    )
    correcting.set_defaults(run=_correct)

    erasing = subject.add_parser("erase", help="erase a customer (Art. 17 GDPR)")
    add_data(erasing)
    add_by(erasing)
    _add_whom(erasing)
    erasing.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    erasing.add_argument("--json", action="store_true", help="say it as JSON")
    erasing.set_defaults(run=_erase)

    wishes = subject.add_parser("wishes", help="list what customers asked for their data in calls, oldest first")
    add_data(wishes)
    add_by(wishes)
    wishes.set_defaults(run=_wishes)

    answering = subject.add_parser("answer", help="say what became of such a wish; the agent who heard it reads it")
    answering.add_argument("id", type=_id, metavar="ID", help="which, as `subject wishes` names it")
    what = answering.add_mutually_exclusive_group(required=True)
    what.add_argument("--done", action="store_true", help="it was carried out")
    what.add_argument("--refused", action="store_true", help="it was not; say why with --text")
    answering.add_argument("--text", type=_answer, default="", metavar="TEXT", help="what the agent reads")
    add_data(answering)
    add_by(answering)
    answering.set_defaults(run=_reply)

    erased = subject.add_parser("erased", help="say whether the customer of a number was erased")
    add_data(erased)
    erased.add_argument("--customer", required=True, metavar="NO", help="the customer's number")
    erased.set_defaults(run=_erased)


def _add_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customer", required=True, metavar="NO", help="the customer's number")
    parser.add_argument(
        "--reason", type=reason, required=True, metavar="TEXT", help="why; it is kept, so name nobody in it"
    )


def _change(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("say FIELD=VALUE, such as city=Radebeul")
    return name.strip(), value.strip() or None


def _correct(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        requests = SubjectRequests(store, ErasureService(store, now_utc), now_utc)
        try:
            changed = requests.correct_here(args.by, args.customer, dict(args.set))
        except InvalidMessage as refusal:
            raise ConfigurationError(_wrong_fields(refusal)) from refusal
    say(f"corrected: {', '.join(changed)}" if changed else "there was nothing to correct: it is there already")
    return EXIT_OK


def _wrong_fields(refusal: InvalidMessage) -> str:
    """Say which fields are wrong and how; values are the customer's data and are not repeated."""
    wrong = {one.where.removeprefix("changes."): one.message for one in refusal.errors}
    said = "; ".join(f"{name}: {message}" for name, message in wrong.items())
    # Of a field that does not exist the message names those that do.
    fields = f". Fields: {', '.join(FIELDS)}" if wrong.keys() <= set(FIELDS) else ""
    return f"{refusal}, and nothing was changed – {said}{fields}"


def _export(args: argparse.Namespace) -> int:
    # Only this command prints.
    from nba_desktop.backend.subject.pdf import as_pdf

    folder: Path = args.out
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        service = ExportService(store, LiveCatalogues(), now_utc)
        with service.export(caller, ReadOperation.SUBJECT_EXPORT, args.customer, args.reason, args.language) as export:
            _make(folder)
            _write(folder / "data.json", lambda: as_json(export))
            _write(folder / "data.html", lambda: as_page(export))
            _write(folder / "data.pdf", lambda: [as_pdf(export, args.resources / "fonts")])
    say(f"everything known about the customer is in {folder}: {', '.join(_FILES)}")
    return EXIT_OK


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigurationError(f"the folder {folder} is not empty: name another with --out")
    except OSError as error:
        raise ConfigurationError(f"the export cannot be written to {folder}: {error.strerror}") from error


def _write(file: Path, content: Callable[[], Iterable[str | bytes]]) -> None:
    try:
        with file.open("xb") as out:
            for piece in content():
                out.write(piece.encode() if isinstance(piece, str) else piece)
    except OSError as error:
        raise ConfigurationError(f"the export cannot be written to {file}: {error.strerror}") from error


def _erase(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        answer = ErasureService(store, now_utc).erase(args.by, args.customer, args.reason, args.dry_run)
        say(json.dumps(answer.to_json(), ensure_ascii=False) if args.json else _in_words(answer))
        if not args.dry_run:
            _tidy(store)
    return EXIT_OK


def _tidy(store: SqlStore) -> None:
    """The file may hold what earlier versions of the program left of rows that were changed or removed."""
    try:
        store.tidy()
    except StoreUnavailable as error:
        raise StoreUnavailable(
            f"the erasure holds, but the file may still keep traces of removed rows ({error}): give the same command "
            "again when nothing else uses the data, such as after the server was stopped"
        ) from error


def _in_words(answer: ErasureAnswer) -> str:
    first = answer.first
    before = "" if first is None else f"the customer was erased already: {_when_and_why(first)}\n"
    if answer.nothing_left:
        return f"{before}there was nothing left to erase"
    touched = [one for one in answer.parts if one.rows]
    if first is None:
        lines = ["this would be erased:" if answer.dry_run else "the customer is erased:"]
    else:
        lines = [f"{before}this came since and {'would be' if answer.dry_run else 'is'} erased:"]
    lines.append(
        table([("WHERE", "ROWS", "WHAT"), *((one.table, str(one.rows), one.erasure.value) for one in touched)])
    )
    lines += [f"{kind.value}: {why}" for kind, why in dict.fromkeys((one.erasure, one.why) for one in touched)]
    return "\n".join(lines)


def _wishes(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        with store.write() as unit:
            caller = administrator(unit, args.by)
        found = WishService(store, now_utc).open(caller, ReadOperation.SUBJECT_WISHES)
    heading = ("ID", "AT", "WISH", "ABOUT", "CUSTOMER", "WORDS")
    rows = [
        (
            str(one.wish_id),
            f"{one.at:%Y-%m-%d %H:%M}",
            one.kind.value,
            one.about.value if one.about else "–",
            one.customer_no or "–",
            one.words or "–",
        )
        for one in found
    ]
    say(table([heading, *rows]) if rows else "nobody asked for anything that was not answered")
    if len(found) == MOST:
        say("There may be more: answer these first.")
    return EXIT_OK


def _reply(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        verdict = WishService(store, now_utc).answer(args.by, args.id, WishAnswered(done=args.done, answer=args.text))
    say("answered" if verdict.verdict == "accepted" else "it was answered so before")
    return EXIT_OK


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not an id: `subject wishes` shows them") from None


def _answer(text: str) -> str:
    if len(text.strip()) > LONGEST_WISH_ANSWER or not text.isprintable():
        raise argparse.ArgumentTypeError(f"an answer has at most {LONGEST_WISH_ANSWER} printable characters")
    return text.strip()


def _erased(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        found = ErasureService(store, now_utc).was_erased(args.customer)
    if found is None:
        say("no customer of that number was erased here")
    else:
        complain("whoever had that number was erased: he should not be added again by mistake")
        say(f"erased {_when_and_why(found)}")
    return EXIT_OK


def _when_and_why(erasure: ErasureRow) -> str:
    return f"at {erasure.at:%Y-%m-%d %H:%M} UTC by {erasure.actor}: {erasure.reason}"
