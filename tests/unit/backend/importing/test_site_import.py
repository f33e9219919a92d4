"""Files of a site's own data: added once, changed where they say something else, and taken on after a crash."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars
import pytest

from nba_desktop.backend.arrivals.watching import CallNews, NewsWatch
from nba_desktop.backend.consent.ledger import statuses
from nba_desktop.backend.errors import BackendError, ConfigurationError
from nba_desktop.backend.importing.data_file import look_through
from nba_desktop.backend.importing.fields import KindName
from nba_desktop.backend.importing.mapping import read_mapping
from nba_desktop.backend.importing.service import Result, SiteImport
from nba_desktop.backend.model import CustomerRecord, Phone, TouchpointRecord, ValueRecord
from nba_desktop.backend.rows.imports import ImportRow
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.contract.codes import ChurnClass, ConsentState, Trend, ValueClass
from tests.fakes.backend_arrivals import catalogue_with_triggers
from tests.fakes.backend_calls import in_call
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import LISA, NOW, PORTAL_CATALOGUE, Stores, authenticated, started

CUSTOMERS = """
source: crm
date_format: "%d.%m.%Y"
decimal: ","
fields: {customer_no: Nr, last_name: Name, first_name: Vorname, since: Seit, city: Ort}
attributes: {kwh_year: kWh}
"""
TOUCHPOINTS = """
source: log
fields: {id: id, customer_no: nr, at: at, type: type, channel: channel, case_id: case}
params: {minutes: minutes, form: form}
"""
A_VALUE = ValueRecord(ValueClass.B, 600, 900, Trend.UP, date(2026, 3, 1), 5, ChurnClass.LOW)
DAY = datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp()


@dataclass
class Site:
    folder: Path
    services: Services

    def take(
        self,
        kind: KindName,
        mapping: str,
        rows: str,
        *,
        name: str = "",
        try_out: bool = False,
        again: bool = False,
        at_a_time: int = 5_000,
        tell: Callable[[ImportRow], None] = lambda _progress: None,
    ) -> tuple[Result, list[tuple[str, str, str]]]:
        """Take a file in; return what it came to, and line, verdict and reason of each row."""
        path = self.folder / (name or f"{kind}.csv")
        if rows:
            path.write_text(rows.lstrip(), encoding="utf-8")
            os.utime(path, (DAY, DAY))
        map_path = self.folder / "map.yaml"
        map_path.write_text(mapping, encoding="utf-8")
        read = read_mapping(map_path)
        file = look_through(path, kind, read.entry)
        verdicts = path.with_name(path.name + ".verdicts.csv")
        services = self.services
        importing = SiteImport(services.store, services.catalogues, services.clock, kind, read, at_a_time)
        run = importing.try_out(file, verdicts, tell) if try_out else importing.run(file, verdicts, tell, again)
        with verdicts.open(encoding="utf-8", newline="") as text:
            heading, *said = csv.reader(text)
        assert heading == ["line", "verdict", "reason"]
        return run, [(line, verdict, reason) for line, verdict, reason in said]

    def customer(self, number: str) -> CustomerRecord:
        with self.services.store.read() as unit:
            found = unit.customers.by_customer_no(number)
        assert found is not None
        return found

    def journey(self, number: str) -> list[TouchpointRecord]:
        customer_id = self.customer(number).customer_id
        with self.services.store.read() as unit:
            return [one for one in unit.customers.touchpoints(customer_id) if one.touchpoint_id.startswith("log:")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_services(tmp_path) as services:
        yield Site(tmp_path, services)


@pytest.fixture
def each_site(tmp_path: Path, each_store: Stores) -> Iterator[Site]:
    with open_services(tmp_path) as services:
        yield Site(tmp_path, services)


def verdicts(said: list[tuple[str, str, str]]) -> list[str]:
    return [verdict for _, verdict, _ in said]


def test_customers_are_added_once_and_changed_where_the_file_says_something_else(each_site: Site) -> None:
    first = """
Nr,Name,Vorname,Seit,Ort,kWh
A-1,Vogt,Marie,01.09.2019,Erfurt,"2.400"
A-2,Köhler,,15.03.2021,,
K 104233,Müller,Lisa,01.05.2019,Dresden,"2.400"
"""
    result, said = each_site.take("customers", CUSTOMERS, first)
    assert verdicts(said) == ["added", "added", "changed"]
    marie = each_site.customer("a1")
    assert (marie.last_name, marie.city, marie.since, marie.facts) == (
        "Vogt",
        "Erfurt",
        date(2019, 9, 1),
        {"kwh_year": 2400},
    )
    assert (marie.birth_date, marie.value, marie.household_id, marie.facts_as_of) == (None, None, "", date(2026, 3, 10))
    assert each_site.customer("A-2").facts == {}
    # What the file does not speak of stays as it is.
    lisa = each_site.customer("K-104233")
    assert (lisa.customer_id, lisa.birth_date, lisa.value, lisa.email) == (
        LISA.customer_id,
        LISA.birth_date,
        LISA.value,
        LISA.email,
    )
    assert lisa.facts == {**LISA.facts, "kwh_year": 2400}

    assert each_site.take("customers", CUSTOMERS, "")[0].known_before
    result, said = each_site.take("customers", CUSTOMERS, "", again=True)
    assert verdicts(said) == ["unchanged"] * 3
    assert (result.progress.accepted, result.progress.duplicate) == (0, 3)

    moved = first.replace("Erfurt", "Jena").replace('"2.400"\nA', '""\nA')
    assert verdicts(each_site.take("customers", CUSTOMERS, moved)[1]) == ["changed", "unchanged", "unchanged"]
    marie = each_site.customer("A-1")
    assert (marie.city, marie.facts) == ("Jena", {})
    with each_site.services.store.read() as unit:
        assert [found.customer_no for found, _ in unit.customers.search("vogt", 5)] == ["A-1"]


def test_a_row_that_cannot_be_taken_in_is_refused_by_its_rule_and_names_no_value(site: Site) -> None:
    rows = """
Nr,Name,Vorname,Seit,Ort,kWh
A-1,Vogt,Marie,2019-09-01,Erfurt,viel
A-2,,Marie,01.09.2019,Erfurt,
,Vogt,Marie,01.09.2019,Erfurt,
A-3,Vogt
--,Vogt,Marie,01.09.2019,Erfurt,
A-4,Vogt,Marie,01.09.2019,Erfurt,"1.200"
"""
    result, said = site.take("customers", CUSTOMERS, rows)
    assert said == [
        ("2", "refused", "'Seit' is no date as %d.%m.%Y; 'kWh' is no whole number as 1.234"),
        ("3", "refused", "'last_name' is missing, and the customer is new"),
        ("4", "refused", "'customer_no' is empty"),
        ("5", "refused", "it has 2 columns, the heading has 6"),
        ("6", "refused", "customer_no has no letter or digit"),
        ("7", "added", "cannot be authenticated: too few security items, 2 are needed"),
    ]
    assert result.progress.refused == 5
    assert ("refused", "it has 2 columns, the heading has 6", 1, 5) in result.tally.reasons()


VALUE = """
source: dwh
fields:
  customer_no: Nr
  value_class: C
  value_low_eur: L
  value_high_eur: H
  value_trend: T
  value_as_of: D
  value_horizon_years: {value: 5}
  churn: R
"""


def test_a_value_is_delivered_as_a_whole_or_taken_away_where_it_was_delivered(site: Site) -> None:
    heading = "Nr,C,L,H,T,D,R\n"
    _, said = site.take("customers", VALUE, f"{heading}K-104233,A,900,1200,up,2026-03-01,\n")
    assert said == [("2", "refused", "of the customer's value churn is missing: say all of it or nothing")]
    assert verdicts(site.take("customers", VALUE, f"{heading}K-104233,A,900,1200,up,2026-03-01,low\n")[1]) == [
        "changed"
    ]
    value = site.customer("K-104233").value
    assert value is not None
    assert (value.value_class, value.high_eur, value.churn) == ("A", 1200, "low")
    assert verdicts(site.take("customers", VALUE, f"{heading}K-104233,,,,,,\n")[1]) == ["changed"]
    assert site.customer("K-104233").value is None

    with site.services.store.write() as unit:
        unit.customers.add(
            [
                replace(
                    LISA,
                    customer_id="c-2",
                    customer_no="C-2",
                    value=replace(A_VALUE, calculated=True),
                    phones=(),
                    contracts=(),
                )
            ],
            (),
        )
    assert verdicts(site.take("customers", VALUE, f"{heading}C-2,,,,,,\n")[1]) == ["unchanged"]
    assert site.customer("C-2").value is not None


def test_an_erased_customer_is_not_brought_back(site: Site) -> None:
    ErasureService(site.services.store, site.services.clock).erase("doris", "K-104233", "er will es")
    rows = "Nr,Name,Vorname,Seit,Ort,kWh\nk104233,Müller,Lisa,01.05.2019,Dresden,\n"
    assert verdicts(site.take("customers", CUSTOMERS, rows)[1]) == ["erased"]
    rows = "id,nr,at,type,channel,case,minutes,form\n1,K-104233,2026-03-01T10:00Z,portal_login,portal,,,\n"
    assert verdicts(site.take("touchpoints", TOUCHPOINTS, rows)[1]) == ["erased"]


def touchpoint_rows(count: int) -> str:
    lines = [f"{n},K-104233,2026-03-{1 + n % 9:02}T10:00:00Z,portal_login,portal,,," for n in range(count)]
    return "\n".join(["id,nr,at,type,channel,case,minutes,form", *lines, ""])


@pytest.mark.parametrize("cut", [0, 7])
def test_an_import_that_was_killed_goes_on_where_it_was(each_site: Site, cut: int) -> None:
    class Killed(Exception):
        pass

    def kill(progress: ImportRow) -> None:
        if progress.lines == 4:
            raise Killed

    with pytest.raises(Killed):
        each_site.take("touchpoints", TOUCHPOINTS, touchpoint_rows(7), at_a_time=2, tell=kill)
    # Verdicts that were written before a transaction that never ended.
    with (each_site.folder / "touchpoints.csv.verdicts.csv").open("a", encoding="utf-8") as out:
        out.write("6,added,\n"[:cut])
    begun: list[int] = []
    result, said = each_site.take(
        "touchpoints", TOUCHPOINTS, "", at_a_time=2, tell=lambda progress: begun.append(progress.lines)
    )
    assert begun == [6, 7]
    assert said == [(str(line), "added", "") for line in range(2, 9)]
    assert result.tally.verdicts == {"added": 7}
    assert len(each_site.journey("K-104233")) == 7


def test_touchpoints_are_known_by_source_and_id_and_find_their_place_by_their_moment(site: Site) -> None:
    rows = """
id,nr,at,type,channel,case,minutes,form
1,K-104233,2026-03-02T10:00:00+01:00,portal_form_abandoned,portal,,3,move
2,K-104233,2026-03-01T10:00:00Z,complaint,phone,V-7,,
3,K-999999,2026-03-01T10:00:00Z,complaint,phone,,,
4,K-104233,2026-03-01T10:00:00Z,complaint,meter,,,
1,K-104233,2026-03-02T10:00:00+01:00,portal_form_abandoned,portal,,3,move
2,K-104233,2026-02-01T10:00:00Z,complaint,phone,V-7,,
"""
    _, said = site.take("touchpoints", TOUCHPOINTS, rows)
    assert verdicts(said) == ["added", "added", "refused", "refused", "unchanged", "changed"]
    assert said[2][2] == "no customer has this number: take customers in first"
    assert said[3][2] == "'complaint' does not happen by 'meter'"
    form, complaint = site.journey("K-104233")
    assert (form.at, form.params) == (datetime(2026, 3, 2, 9, tzinfo=UTC), {"minutes": 3, "form": "move"})
    assert (complaint.at, complaint.case_id) == (datetime(2026, 2, 1, 10, tzinfo=UTC), "V-7")


def test_what_is_young_raises_actions_and_marks_breaks_as_if_it_had_just_arrived(
    tmp_path: Path, each_store: Stores
) -> None:
    with open_services(tmp_path, catalogue_with_triggers(tmp_path)) as services:
        site = Site(tmp_path, services)
        watch = NewsWatch(services.store, services.clock)
        view = in_call(services)
        days = [(NOW - timedelta(days=ago)).isoformat() for ago in (8, 6, 5, 2, 90, 89)]
        rows = f"""
id,nr,at,type,channel,case,minutes,form
1,K-104233,{days[0]},price_letter,post,,,
2,K-104233,{days[1]},price_letter,post,,,
3,K-104234,{days[2]},portal_form_abandoned,portal,,3,move
4,K-104234,{days[3]},call_solved,phone,,,
5,K-104234,{days[4]},portal_form_abandoned,portal,,3,move
6,K-104234,{days[5]},call_solved,phone,,,
"""
        for again in (False, True):
            assert set(verdicts(site.take("touchpoints", TOUCHPOINTS, rows, again=again)[1])) <= {"added", "unchanged"}
        with services.store.read() as unit:
            waiting = unit.arrivals.waiting("c-lisa", NOW)
        assert [(one.trigger_id, one.at) for one in waiting] == [("letter", NOW - timedelta(days=6))]
        assert watch.news({"anna"}) == (CallNews("anna", view.contact_id, ("SALES_SOLAR",)),)
        marked = {one.touchpoint_id for one in site.journey("K-104234") if one.media_break}
        assert marked == {"log:3"}


def test_json_lines_and_parquet_say_the_same_as_csv(site: Site) -> None:
    mapping = TOUCHPOINTS.replace("customer_no: nr,", "customer_no: who.nr,")
    rows: list[Mapping[str, Any]] = [
        {"id": 1, "who": {"nr": "K-104233"}, "at": "2026-03-02T10:00:00", "type": "chat", "channel": "chat"},
        {"id": 2, "who": {"nr": ["K-104233"]}, "at": "2026-03-02T10:00:00", "type": "chat", "channel": "chat"},
    ]
    text = "\n".join([*(json.dumps(one) for one in rows), "[1]", ""])
    _, said = site.take("touchpoints", mapping, text, name="t.jsonl")
    assert said == [
        ("1", "added", ""),
        ("2", "refused", "'who.nr' is no single value"),
        ("3", "refused", "it is no JSON object"),
    ]
    table = polars.DataFrame(
        {
            "id": [1, 2],
            "nr": ["K-104233", "K-104233"],
            # A moment without a zone is the site's.
            "at": [datetime(2026, 3, 2, 10), datetime(2026, 3, 3, 10)],  # noqa: DTZ001
            "type": ["chat", "chat"],
            "channel": ["chat", None],
            "case": [None, None],
            "minutes": [None, 4.0],
            "form": [None, None],
        }
    )
    table.write_parquet(site.folder / "t.parquet")
    _, said = site.take("touchpoints", TOUCHPOINTS, "", name="t.parquet")
    assert said == [("1", "unchanged", ""), ("2", "refused", "'channel' is empty")]


def test_a_dry_run_says_what_would_be_and_writes_none_of_it(site: Site) -> None:
    rows = "Nr,Name,Vorname,Seit,Ort,kWh\nA-1,Vogt,Marie,01.09.2019,Erfurt,\n"
    result, said = site.take("customers", CUSTOMERS, rows, try_out=True)
    assert verdicts(said) == ["added"]
    assert not result.progress.finished
    assert verdicts(site.take("customers", CUSTOMERS, rows)[1]) == ["added"]


def test_contracts_and_numbers_that_a_whole_file_lacks_end(each_site: Site) -> None:
    contracts = (
        "source: billing\nabsent: end\nfields: {contract_no: V, customer_no: N, product: P, kind: K, since: S}\n"
    )
    rows = """
V,N,P,K,S
V-1,K-104233,Strom,electricity,2020-01-01
V-2,K-104233,Gas,gas,2020-01-01
V-3,K-104233,,gas,2020-01-01
"""
    assert verdicts(each_site.take("contracts", contracts, rows)[1]) == ["added", "added", "refused"]
    result, said = each_site.take("contracts", contracts, "V,N,P,K,S\nV-1,K-104233,Strom,electricity,2020-01-01\n")
    assert (verdicts(said), result.ended) == (["unchanged"], 1)
    ends = {one.contract_no: one.ends for one in each_site.customer("K-104233").contracts}
    # What no file of this system ever said is left alone.
    assert ends == {"V-20019": None, "V-1": None, "V-2": date(2026, 3, 10)}

    numbers = "source: crm\nabsent: end\nfields: {customer_no: N, number: T, kind: A}\n"
    rows = "N,T,A\nK-104233,0351 1234567,phone_other\nK-104233,0170 1234567,\nK-104233,12,\n"
    assert verdicts(each_site.take("numbers", numbers, rows)[1]) == ["changed", "added", "refused"]
    result, said = each_site.take("numbers", numbers, "N,T,A\nK-104233,0351 1234567,\n")
    assert (verdicts(said), result.ended) == (["unchanged"], 1)
    kinds = {one.e164: one.kind for one in each_site.customer("K-104233").phones}
    assert kinds == {"+493511234567": "phone_other", "+4915112345678": "phone_mobile"}


CONSENTS = """
source: crm
fields:
  customer_no: nr
  purpose: {value: ADV_OWN}
  channel: channel
  event: event
  at: at
  manner: {value: inbound_call}
  recipient_code: by
  wording_id: wording
  evidence_type: {value: recording_ref}
  evidence_ref: ref
wordings:
  OLD:
    language: de
    purpose: ADV_OWN
    channels: [PHONE]
    text: Dürfen wir?
"""


def test_consents_enter_the_ledger_with_their_proof_or_count_as_weak(each_site: Site) -> None:
    rows = """
nr,channel,event,at,by,wording,ref
K-104233,PHONE,granted,2025-01-01T10:00:00Z,A17,OLD,REC-1
K-104233,POST,granted,2025-01-01T10:00:00Z,A17,,REC-1
K-104233,PHONE,asked,2024-12-31T10:00:00Z,A17,,
K-104233,PHONE,granted,2025-01-02T10:00:00Z,A17,NEW,REC-2
K-104233,POST,granted,2025-01-02T10:00:00Z,A17,OLD,REC-2
K-104233,PHONE,granted,2027-01-02T10:00:00Z,A17,OLD,REC-2
"""
    _, said = each_site.take("consents", CONSENTS, rows)
    assert verdicts(said) == ["added", "added", "added", "refused", "refused", "refused"]
    assert said[3][2] == "there is no such wording: list it under 'wordings' of the mapping, with its text"
    assert said[5][2] == "'at' lies in the future"
    with each_site.services.store.read() as unit:
        entries = unit.consents.of_customer(LISA.customer_id)
    phone, post = statuses(entries, ())
    assert (phone.state, phone.weak_proof, post.state, post.weak_proof) == (
        ConsentState.GRANTED,
        False,
        ConsentState.GRANTED,
        True,
    )
    granted, weak = entries[1], entries[2]
    assert (granted.evidence_type, granted.evidence_ref, granted.wording_id) == ("recording_ref", "REC-1", "OLD")
    assert (weak.evidence_type, weak.note) == ("agent_record", "[imported as recording_ref without wording]")

    again = rows.replace("REC-1\nK-104233,PHONE,asked", "REC-9\nK-104233,PHONE,asked")
    _, said = each_site.take("consents", CONSENTS, again)
    assert verdicts(said)[:3] == ["unchanged", "refused", "unchanged"]
    assert "the ledger is only appended to" in said[1][2]
    _, said = each_site.take(
        "consents", CONSENTS, "nr,channel,event,at,by,wording,ref\nK-104233,PHONE,withdrawn,2024-06-01T10:00:00Z,A,,\n"
    )
    assert "something newer is in the ledger" in said[0][2]


@pytest.mark.parametrize(
    ("content", "mapping", "said"),
    [
        (
            b"Nr,Name\nA-1,M\xfcller\n",
            CUSTOMERS,
            "customers.csv, line 2: this is not written in utf-8; name the encoding",
        ),
        (b'Nr,Name,Vorname,Seit,Ort,kWh\nA-1,"M\n', CUSTOMERS, "line 2: this is not CSV: unexpected end of data"),
        (b"", CUSTOMERS, "line 1: there is no heading"),
        (b"Nr,Nr,Name,Vorname,Seit,Ort,kWh\n", CUSTOMERS, "the heading has Nr more than once"),
        (b"Nr,Name\nA-1,K\xc3\xb6nig\n", CUSTOMERS + "encoding: cp1252\n", "is written in UTF-8 and not in cp1252"),
        (b"PK\x03\x04\x14\x00", CUSTOMERS, "this is an Excel workbook: save it as CSV"),
        (
            b'"Nr","Name","Vorname"\n',
            CUSTOMERS + 'delimiter: ";"\n',
            "line 1: the heading has one column; is it separated by ',' and not ';'?",
        ),
        (b"Nr,Nam,Vorname,Seit,Ort,kWh\n", CUSTOMERS, "customers.csv has no column 'Name' – did you mean 'Nam'?"),
        (b"no", CUSTOMERS + "file: parquet\n", "this is not Parquet"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(site: Site, content: bytes, mapping: str, said: str) -> None:
    (site.folder / "customers.csv").write_bytes(content)
    with pytest.raises(BackendError) as wrong:
        site.take("customers", mapping, "")
    assert said in str(wrong.value)


@pytest.mark.parametrize("first", ["A-1,Adler,Karl,01.09.2019,Erfurt,2400", "A-1,Name,Karl,01.09.2019,Karl,7", "7"])
def test_a_file_without_a_heading_says_so_and_nothing_that_stands_there(site: Site, first: str) -> None:
    with pytest.raises(ConfigurationError) as wrong:
        site.take("customers", CUSTOMERS, f"{first}\n")
    assert str(wrong.value).startswith("customers.csv, line 1 does not look like a heading: of the 6 columns")
    assert not any(cell in str(wrong.value) for cell in ("A-1", "Adler", "Karl", "2019", "Erfurt", "2400"))


def test_a_birth_or_a_beginning_that_cannot_be_is_refused(site: Site) -> None:
    mapping = CUSTOMERS.replace("city: Ort", "birth_date: Ort")
    rows = "Nr,Name,Vorname,Seit,Ort,kWh\nA-1,V,,01.09.2019,01.01.2063,\nA-2,V,,01.09.2063,01.01.1963,\n"
    _, said = site.take("customers", mapping, rows)
    assert [(verdict, reason.split(" after")[0]) for _, verdict, reason in said] == [
        ("refused", "'Ort' lies"),
        ("refused", "'Seit' lies"),
    ]


def test_a_customer_without_a_telephone_number_is_skipped(site: Site) -> None:
    numbers = "source: crm\nfields: {customer_no: N, number: T}\n"
    result, said = site.take("numbers", numbers, "N,T\nK-104233,\n,\nK-104233,0170 1234567\n")
    assert said == [("2", "skipped", "no number"), ("3", "refused", "'customer_no' is empty"), ("4", "added", "")]
    assert (result.progress.lines, result.progress.refused, result.progress.duplicate) == (3, 1, 1)


def test_verdicts_are_never_written_over_something_else(site: Site) -> None:
    (site.folder / "customers.csv.verdicts.csv").write_text("Nr,Name\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="holds something else than verdicts"):
        site.take("customers", CUSTOMERS, "Nr,Name,Vorname,Seit,Ort,kWh\n")


def test_a_customer_without_birth_date_and_value_is_helped_in_a_call(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        site = Site(tmp_path, services)
        mapping = CUSTOMERS.replace("city: Ort", "meter_no: Ort")
        site.take("customers", mapping, "Nr,Name,Vorname,Seit,Ort,kWh\nA-1,Vogt,Marie,01.09.2019,1EMH001234,\n")
        numbers = "source: crm\nfields: {customer_no: N, number: T}\n"
        site.take("numbers", numbers, "N,T\nA-1,0170 9988776\n")
        customer = site.customer("A-1")
        assert customer.phones == (Phone("+491709988776", "phone_mobile"),)
        start = started("+491709988776", at=services.clock.now)
        (candidate,) = services.contacts.start(services.agent, start).identification.candidates
        assert {one.code for one in candidate.security_items} == {"customer_no", "meter_no"}
        step = authenticated(
            start.contact_id, customer.customer_id, at=services.clock.now, items_passed=("customer_no", "meter_no")
        )
        view = services.contacts.step(services.agent, start.contact_id, step)
    assert view.customer is not None
    assert (view.customer.last_name, view.value) == ("Vogt", None)
