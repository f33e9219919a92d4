"""A file of completions: every line is judged, nothing counts twice, and what was begun is ended."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.decisions.completion_file import Mapping, look_through, read_mapping
from nba_desktop.backend.decisions.importing import CompletionImport
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.rows.imports import ImportRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from nba_desktop.contract.events import ContactEnded
from tests.fakes.backend_calls import in_call, response, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

pytestmark = pytest.mark.usefixtures("each_store")
HEADING = "customer_no,action_id,outcome,at,reference"
GOOD = "K-104233,SALES_SOLAR,COMPLETED,2026-03-12,A-1"


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend.decisions.importing._AT_A_TIME", 2)


class Folder:
    def __init__(self, services: Services, folder: Path) -> None:
        self.services = services
        self.path = folder / "completions.csv"
        self.verdicts = folder / "completions.csv.verdicts.csv"
        self.importing = CompletionImport(services.store, services.catalogues, services.outcomes, services.clock)

    def write(self, *lines: str, heading: str = HEADING, encoding: str = "utf-8") -> None:
        self.path.write_text("\n".join((heading, *lines)) + "\n", encoding=encoding)

    def run(
        self, mapping: Mapping | None = None, again: bool = False, tell: Callable[[ImportRow], None] = lambda _: None
    ) -> ImportRow:
        file = look_through(self.path, "crm", mapping or Mapping())
        return self.importing.run(file, self.verdicts, tell, again)

    def judged(self) -> list[tuple[str, str]]:
        with self.verdicts.open(encoding="utf-8", newline="") as text:
            rows = list(csv.reader(text))
        assert rows[0] == ["line", "verdict", "reason"]
        assert all((verdict == "refused") is bool(reason) for _, verdict, reason in rows[1:])
        return [(line, verdict) for line, verdict, _ in rows[1:]]

    def reason(self, line: int) -> str:
        with self.verdicts.open(encoding="utf-8", newline="") as text:
            return next(reason for number, _, reason in csv.reader(text) if number == str(line))


@pytest.fixture
def folder(real: Services, tmp_path: Path) -> Folder:
    return Folder(real, tmp_path)


def kept(services: Services, action_id: str = "SALES_SOLAR") -> list[OutcomeCode | ResponseCode]:
    with services.store.read() as unit:
        return [one.code for one in unit.decisions.past_responses("c-lisa") if one.action_id == action_id]


def counts(result: ImportRow) -> tuple[int, int, int, int]:
    return result.lines, result.accepted, result.duplicate, result.refused


def test_each_line_gets_a_verdict_beside_the_file(folder: Folder) -> None:
    folder.write(
        GOOD,
        "K-NOBODY,SALES_SOLAR,COMPLETED,2026-03-12,A-2",
        GOOD,
        "",
        "K-104233,SALES_SOLAR,SOLD,2026-03-12,A-3",
        "K-104233,SALES_SOLAR,REVOKED,12.03.2026,A-4",
        "K-104233,SALES_SOLAR,REVOKED,2026-03-13,A-5",
        "K-104233,SALES SOLAR,REVOKED,2026-03-12,A-6",
        "K-104233,SALES_SOLAR,REVOKED",
        "K-104233,SALES_SOLER,COMPLETED,2026-03-12,A-7",
    )
    result = folder.run()
    assert (counts(result), result.finished) == ((9, 1, 1, 7), True)
    verdicts = ["accepted", "refused", "duplicate", *["refused"] * 6]
    assert folder.judged() == list(zip(["2", "3", "4", "6", "7", "8", "9", "10", "11"], verdicts, strict=True))
    assert folder.reason(3) == "Unknown customer: no customer has the id or number of the outcome"
    assert "none of CANCELLED_BY_CUSTOMER, COMPLETED" in folder.reason(6)
    assert "not written as 2026-03-12" in folder.reason(7)
    assert folder.reason(8) == "'at' lies in the future"
    assert folder.reason(9).startswith("action_id: ")
    assert folder.reason(10) == "it has 3 columns, the heading has 5"
    assert "did you mean 'SALES_SOLAR'?" in folder.reason(11)
    assert kept(folder.services) == [OutcomeCode.COMPLETED]


def test_a_completion_belongs_to_what_was_accepted_on_the_telephone(folder: Folder) -> None:
    view = in_call(folder.services)
    tell(folder.services, response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING))
    folder.services.clock.now = NOW + timedelta(days=7)
    folder.write("K-104233,SALES_SOLAR,COMPLETED,2026-03-19,A-1")
    folder.run()
    with folder.services.store.read() as unit:
        codes = unit.decisions.codes(view.decision.decision_id, "SALES_SOLAR")
    assert codes == (ResponseCode.ACCEPTED_PENDING, OutcomeCode.COMPLETED)


def test_a_completion_that_nobody_spoke_of_counts_for_the_customer_s_calls(folder: Folder) -> None:
    view = in_call(folder.services)
    ended = ContactEnded(event_id=new_id(), contact_id=view.contact_id, seq=90, at=NOW, cause="normal", duration_s=60)
    assert tell(folder.services, ended) == ["accepted"]
    with folder.services.store.write() as unit:
        unit.review.done(unit.review.pending(10))
    folder.write(GOOD, "K-104233,SALES_STORAGE,COMPLETED,2026-03-13,A-2", "K-104233,SALES_SOLAR,REVOKED,1999-03-12,A-3")
    folder.run()
    assert folder.judged() == [("2", "accepted"), ("3", "refused"), ("4", "refused")]
    with folder.services.store.read() as unit:
        assert {one.contact_id for one in unit.review.pending(10)} == {view.contact_id}
    assert kept(folder.services) == [OutcomeCode.COMPLETED]


def test_the_same_file_again_changes_nothing(folder: Folder) -> None:
    folder.write(GOOD, "K-200111,SALES_SOLAR,COMPLETED,2026-03-12,A-2", "K-X,SALES_SOLAR,COMPLETED,2026-03-12,A-3")
    first = folder.run()
    before = folder.verdicts.read_bytes()
    told: list[ImportRow] = []
    assert folder.run(tell=told.append) == first
    assert (told, folder.verdicts.read_bytes()) == ([], before)
    assert counts(folder.run(again=True)) == (3, 0, 2, 1)
    assert kept(folder.services) == [OutcomeCode.COMPLETED]


def test_another_file_with_the_same_rows_counts_none_of_them_again(folder: Folder) -> None:
    folder.write(GOOD)
    folder.run()
    folder.write(GOOD, "K-104233,SALES_SOLAR,REVOKED,2026-03-12,A-1")
    assert counts(folder.run()) == (2, 1, 1, 0)
    assert sorted(kept(folder.services)) == ["COMPLETED", "REVOKED"]


def test_without_a_reference_a_row_is_known_by_what_it_says(folder: Folder) -> None:
    rows = ("K-104233,SALES_SOLAR,COMPLETED,2026-03-11", "K-104233,SALES_SOLAR,COMPLETED,2026-03-12")
    folder.write(*rows, rows[0], heading="customer_no,action_id,outcome,at")
    assert counts(folder.run()) == (3, 2, 1, 0)


class Stopped(Exception):
    pass


def test_what_was_interrupted_goes_on_where_it_was(folder: Folder) -> None:
    folder.write(*(f"K-104233,SALES_SOLAR,COMPLETED,2026-03-12,A-{number}" for number in range(7)))

    def stop(progress: ImportRow) -> None:
        if progress.lines == 4:
            raise Stopped

    with pytest.raises(Stopped):
        folder.run(tell=stop)
    # Verdicts that were written for lines that were not: cut off.
    with folder.verdicts.open("a", encoding="utf-8") as text:
        text.write("6,accepted,\n7,acc")
    told: list[ImportRow] = []
    result = folder.run(tell=told.append)
    assert [one.lines for one in told] == [6, 7]
    assert counts(result) == (7, 7, 0, 0)
    assert folder.judged() == [(str(line), "accepted") for line in range(2, 9)]


def test_without_its_verdicts_it_begins_again_and_counts_nothing_twice(folder: Folder) -> None:
    folder.write(*(f"K-104233,SALES_SOLAR,COMPLETED,2026-03-12,A-{number}" for number in range(5)))

    def stop(_: ImportRow) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        folder.run(tell=stop)
    folder.verdicts.unlink()
    assert counts(folder.run()) == (5, 3, 2, 0)
    assert len(folder.judged()) == 5


def test_a_file_is_taken_in_by_one_process_at_a_time(folder: Folder) -> None:
    folder.write(*(f"K-104233,SALES_SOLAR,COMPLETED,2026-03-12,A-{number}" for number in range(5)))

    def another(progress: ImportRow) -> None:
        with folder.services.store.write() as unit:
            unit.imports.put(replace(progress, lines=progress.lines + 2))

    with pytest.raises(ConfigurationError, match="another process"):
        folder.run(tell=another)


def test_trying_out_keeps_and_teaches_nothing(folder: Folder) -> None:
    folder.write(GOOD, GOOD, "K-X,SALES_SOLAR,COMPLETED,2026-03-12,A-3")
    file = look_through(folder.path, "crm", Mapping())
    assert counts(folder.importing.try_out(file, folder.verdicts, lambda _: None)) == (3, 1, 1, 1)
    assert folder.judged() == [("2", "accepted"), ("3", "duplicate"), ("4", "refused")]
    assert kept(folder.services) == []
    assert folder.importing.known(file) is None


def test_a_mapping_says_how_another_system_calls_and_writes_things(folder: Folder) -> None:
    mapping = folder.path.with_name("mapping.yaml")
    mapping.write_text(
        "columns: {customer_no: Kundennummer, action_id: Aktion, outcome: Status, at: Datum}\n"
        "outcomes: {abgeschlossen: COMPLETED, zurückgezogen: REVOKED}\n"
        "date_format: '%d.%m.%Y'\nencoding: cp1252\n",
        encoding="utf-8",
    )
    folder.write(
        'K-104233;"SALES_SOLAR";abgeschlossen;12.03.2026;Größe',
        "K-104233;SALES_SOLAR;zurückgezogen;12.03.2026;",
        heading="Kundennummer;Aktion;Status;Datum;Bemerkung",
        encoding="cp1252",
    )
    file = look_through(folder.path, "crm", read_mapping(mapping))
    assert (file.delimiter, file.unread, file.count) == (";", ("Bemerkung",), 2)
    assert counts(folder.importing.run(file, folder.verdicts, lambda _: None)) == (2, 2, 0, 0)
    assert sorted(kept(folder.services)) == ["COMPLETED", "REVOKED"]


def test_a_day_is_the_sites_and_a_moment_is_its_own(folder: Folder) -> None:
    folder.write(
        "K-104233,SALES_SOLAR,COMPLETED,2026-03-12,A-1",
        "K-104233,SALES_SOLAR,COMPLETED,2026-03-12T08:15,A-2",
        "K-104233,SALES_SOLAR,COMPLETED,2026-03-12T08:30:00+00:00,A-3",
    )
    folder.run()
    with folder.services.store.read() as unit:
        moments = [f"{one.at:%d %H:%M}" for one in unit.decisions.past_responses("c-lisa")]
    assert moments == ["11 23:00", "12 07:15", "12 08:30"]


@pytest.mark.parametrize(
    ("heading", "lines", "said"),
    [
        (
            "customer,action_id,outcome,at",
            [GOOD],
            "line 1: the heading lacks customer_no or customer_id; name what",
        ),
        ("customer_no,action_id,at", [GOOD], "line 1: the heading lacks outcome"),
        ("customer_no,action_id,outcome,at,at", [GOOD], "line 1: the heading has at more than once"),
        (HEADING, [GOOD, 'K-104233,"SALES_SOLAR'], "line 3: this is not CSV"),
        ("", [], "the heading lacks action_id, outcome, at, customer_no or customer_id; name what"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(folder: Folder, heading: str, lines: list[str], said: str) -> None:
    folder.write(*lines, heading=heading)
    with pytest.raises(ConfigurationError, match=said):
        folder.run()
    assert kept(folder.services) == []
    assert not folder.verdicts.exists()


def test_text_in_another_encoding_is_named_with_its_line(folder: Folder) -> None:
    folder.write(GOOD, "K-104233,SALES_SOLAR,COMPLETED,2026-03-12,Größe", encoding="cp1252")
    with pytest.raises(ConfigurationError, match="line 3: this is not written in utf-8-sig; name the encoding"):
        folder.run()
    with pytest.raises(ConfigurationError, match="an encoding that there is not: nope"):
        folder.run(Mapping(encoding="nope"))
    assert kept(folder.services) == []


def test_a_missing_file_and_a_wrong_mapping_say_so(folder: Folder) -> None:
    with pytest.raises(ConfigurationError, match=r"completions\.csv cannot be read: No such file"):
        folder.run()
    mapping = folder.path.with_name("mapping.yaml")
    for text, said in (("columns: {kunde: x}", "columns.kunde"), ("nope: 1", "nope"), ("a: [", "cannot be read")):
        mapping.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigurationError, match=said):
            read_mapping(mapping)


def test_a_column_that_the_mapping_names_must_be_there(folder: Folder) -> None:
    folder.write(GOOD)
    with pytest.raises(ConfigurationError, match="the heading lacks Vorgang"):
        folder.run(Mapping(columns={"reference": "Vorgang"}))
