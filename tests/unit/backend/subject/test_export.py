"""A customer gets everything that is stored about him, in words he can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.consent.restriction import restrict
from nba_desktop.backend.errors import ReasonRequired, UnknownCustomer
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.subject.export import SECTIONS, ExportService, as_json
from nba_desktop.backend.subject.page import as_page
from nba_desktop.backend.subject.pdf import as_pdf
from nba_desktop.backend.subject.reading import Readable
from nba_desktop.backend.subject.records import Subject
from nba_desktop.backend.subject.tables import HIDDEN_COLUMNS, SUBJECT_TABLES
from nba_desktop.backend.subject.words import is_known
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import OutcomeCode, ReadBasis, ReadOperation, ResponseCode, Role
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import JOURNEY, PORTAL_CATALOGUE
from tests.fakes.backend_subject import NOTE, WORDS, everything_of_lisa

FONTS = Path(__file__).parents[4] / "resources" / "fonts"
LISA = Subject("c-lisa", "K-104233", ("+4915112345678",))


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """After a call of Lisa in which everything was said."""
    with open_services(tmp_path_factory.mktemp("subject"), PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        with services.store.write() as unit:
            restrict(unit, "c-lisa", services.clock.now)
        yield services


def exports(services: Services) -> ExportService:
    return ExportService(services.store, services.catalogues, services.clock)


def exported(services: Services, language: Language = "de", customer_no: str = "K-104233") -> dict[str, Any]:
    with exports(services).export(
        services.officer, ReadOperation.EXPORT_CUSTOMER, customer_no, "Antrag vom 1. März", language
    ) as export:
        found: dict[str, Any] = json.loads("".join(as_json(export)))
    return found


def test_every_row_of_every_table_is_in_it(called: Services) -> None:
    data = exported(called)
    with called.store.read() as unit:
        rows = {name: unit.subjects.count(name, LISA) for name in SUBJECT_TABLES}
    assert 0 not in rows.values(), "the test does not know whether an empty table would be exported"
    assert {name: len(data[table.section]) for name, table in SUBJECT_TABLES.items()} == rows


def test_every_column_is_in_it(called: Services) -> None:
    data = exported(called)
    told_otherwise = {
        "agent_id": "agent",
        "body": "type",
        "basis": "read_for",
        "together": "customers_read",
        "place": "customers_read",
    }
    for name, table in SUBJECT_TABLES.items():
        keys = set(data[table.section][0])
        if name == "customers":
            keys |= set(data["value"][0]) | {"facts"}
        columns = {told_otherwise.get(one.name, one.name) for one in metadata.tables[name].c} - set(HIDDEN_COLUMNS)
        assert columns <= keys, name


def test_what_was_said_is_in_it_and_staff_only_by_pseudonyms(called: Services) -> None:
    data = exported(called)
    text = json.dumps(data, ensure_ascii=False)
    for told in (NOTE, WORDS, "Lisa", "+4915112345678", "lisa@example.org", "1991-04-17", "V-20019"):
        assert told in text
    assert '"anna"' not in text
    assert "last_spoken_with" not in text
    assert {one["agent"] for one in data["contacts"]} == {called.agent.recipient_code}


def test_a_decision_says_its_reasons_and_what_it_was_made_from(called: Services) -> None:
    last = exported(called, "en")["decisions"][-1]
    assert [one["action_id"] for one in last["shown"]] == last["record"]["slate"]
    assert all(isinstance(one["because"], list) for one in last["shown"])
    assert all(one["reason"] for one in last["not_shown"])
    assert last["used"]["kwh_year"] == 2400


def test_who_uses_the_data_for_what_and_how_long_stands_first(called: Services) -> None:
    about = exported(called, "en")["about"]
    assert about["company"]
    assert "conversations with events and recommendations: as long as you are a customer" in about["retention"]
    assert "Art. 77" in about["rights"]


def test_the_value_is_there_with_its_model_its_day_and_its_horizon(called: Services) -> None:
    (value,) = exported(called)["value"]
    assert (value["value_low_eur"], value["value_high_eur"], value["value_horizon_years"]) == (600, 900, 5)
    assert value["value_as_of"] == "2026-03-01"
    assert "abgezinst" in value["model"]


def test_other_customers_are_not_in_it(called: Services) -> None:
    text = json.dumps(exported(called))
    assert "c-jan" not in text
    assert "c-ann" not in text


def test_the_access_is_kept_and_is_in_the_next_export(called: Services) -> None:
    exported(called)
    assert exported(called)["readings"][-1]["reason"] == "Antrag vom 1. März"


def test_nothing_is_read_without_a_reason_or_of_nobody(called: Services) -> None:
    with (
        pytest.raises(ReasonRequired),
        exports(called).export(called.officer, ReadOperation.EXPORT_CUSTOMER, "K-104233", " ", "de"),
    ):
        pass
    with (
        pytest.raises(UnknownCustomer),
        exports(called).export(called.officer, ReadOperation.EXPORT_CUSTOMER, "K-999999", "Antrag", "de"),
    ):
        pass


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_whole_and_has_every_section(called: Services, language: Language) -> None:
    with exports(called).export(
        called.officer, ReadOperation.EXPORT_CUSTOMER, "K-104233", "Antrag", language
    ) as export:
        page = "".join(as_page(export))
    parser = _Tags()
    parser.feed(page)
    assert parser.open == []
    assert {f"#{one}" for one in ("about", *SECTIONS)} == parser.links
    assert parser.headings == ["h1", *(["h2"] * (len(SECTIONS) + 1))]
    assert f'<html lang="{language}">' in page
    assert "http" not in page.replace("http-equiv", "")
    assert NOTE in page


def test_the_document_is_printed_in_the_products_own_font(called: Services) -> None:
    with exports(called).export(called.officer, ReadOperation.EXPORT_CUSTOMER, "K-104233", "Antrag", "de") as export:
        printed = as_pdf(export, FONTS)
    assert printed.startswith(b"%PDF")
    assert b"Inter" in printed


def test_a_long_history_is_read_a_piece_at_a_time(called: Services) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    many = [
        replace(JOURNEY[0], customer_id="c-jan", touchpoint_id=f"many-{number}", at=start + timedelta(hours=number))
        for number in range(1200)
    ]
    with called.store.write() as unit:
        unit.customers.add([], many)
    with exports(called).export(called.officer, ReadOperation.EXPORT_CUSTOMER, "K-104234", "Antrag", "de") as export:
        pieces = list(as_json(export))
    assert max(map(len, pieces)) < 10_000
    assert len(json.loads("".join(pieces))["touchpoints"]) == 1200


def test_what_the_customer_said_is_not_taken_for_a_code(called: Services) -> None:
    readable = Readable("de", called.catalogues.of_files(files_at(PORTAL_CATALOGUE)).zone, {})
    entry = readable.entry(
        {"type": "bill_sent", "channel": "phone", "note": "none", "last_name": "Phone", "basis": "service"}
    )
    assert dict(entry.lines) == {
        "Art": "bill_sent",
        "Kanal": "Telefon",
        "Notiz": "none",
        "Nachname": "Phone",
        "Rechtsgrundlage": "Erfüllung des Vertrags",
    }


def test_every_label_and_every_code_has_a_word(called: Services) -> None:
    codes = [one.value for kind in (ResponseCode, OutcomeCode) for one in kind]
    data = exported(called)
    keys = {key for section in SECTIONS for entry in data[section] for key in entry} - {"record", "value"}
    read = {"operation": ReadOperation, "read_for": ReadBasis, "role": Role}
    codes += [f"{key}:{one.value}" for key, kind in read.items() for one in kind]
    missing = [one for one in (*SECTIONS, *keys, *data["about"], *codes) if not is_known(one)]
    assert missing == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_code_is_left_where_there_is_a_word_for_it(called: Services, language: Language) -> None:
    with exports(called).export(
        called.officer, ReadOperation.EXPORT_CUSTOMER, "K-104233", "Antrag vom 1. März", language
    ) as export:
        readable = Readable(language, export.zone, export.own_words)
        lines = [
            (label, text)
            for _, entries in export.sections()
            for entry in entries
            for label, text in readable.entry(entry).lines
        ]
    # Neither action nor touchpoint type are in this site's catalogue; a wording's name is the site's.
    left = {"SRV_MOVE", "bill_sent", "ADV_OWN_CALLS.de.v1"}
    code = re.compile(r"(^|[ ,:])([a-z]+_[a-z_]+|[A-Z]{2,}_[A-Z_]+|\d{4}-\d\d-\d\d)")
    assert {(label, text) for label, text in lines if text not in left and code.search(text)} == set()


def test_words_that_only_look_like_a_day_stay_as_they_were_written() -> None:
    readable = Readable("de", UTC, {})
    assert [readable.text("note", one) for one in ("2026-99-99", "2026-03-12")] == ["2026-99-99", "12.03.2026"]
    assert readable.text("content", 15230.25) == "15230,25"


class _Tags(HTMLParser):
    """Which tags are open, where links lead, and the headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: set[str] = set()
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.add(dict(attrs).get("href") or "")
        if tag in ("h1", "h2"):
            self.headings.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
