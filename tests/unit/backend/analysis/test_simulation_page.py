"""The page, the tables and the JSON of a simulation: complete, self-contained, about nobody in particular."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import asdict, replace
from html.parser import HTMLParser

import pytest

from nba_desktop.backend.analysis.simulation_cells import Table
from nba_desktop.backend.analysis.simulation_page import page
from nba_desktop.backend.analysis.simulation_report import LostTo, SimulationReport
from nba_desktop.backend.analysis.simulation_tables import tables_of
from nba_desktop.backend.analysis.simulation_text import as_json, as_text
from nba_desktop.backend.decisioning.catalogue import Action
from tests.fakes.decisions import sample_catalogue
from tests.unit.backend.analysis.simulated import changed, people, simulated, without

VOID = frozenset({"meta"})


class Elements(HTMLParser):
    """Checks that every element is closed in its turn, and remembers what there is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser.found


@pytest.fixture(scope="module")
def alone() -> SimulationReport:
    return simulated()


@pytest.fixture(scope="module")
def compared() -> SimulationReport:
    return simulated(without(sample_catalogue(), "SRV_INSTALMENT"), sample_catalogue())


@pytest.fixture(scope="module")
def page_alone(alone: SimulationReport) -> str:
    return page(alone)


@pytest.fixture(scope="module")
def page_compared(compared: SimulationReport) -> str:
    return page(compared)


@pytest.mark.parametrize("which", ["page_alone", "page_compared"])
def test_the_page_asks_for_nothing_from_anywhere(which: str, request: pytest.FixtureRequest) -> None:
    text: str = request.getfixturevalue(which)
    assert "http" not in text
    assert "@import" not in text
    for tag, attributes in elements(text):
        assert tag not in {"script", "link", "img", "iframe", "object", "image"}
        assert (attributes.get("href") or "#").startswith("#")
    assert all(one.startswith("#") for one in re.findall(r"url\(([^)]*)\)", text))


def test_the_page_names_every_action_in_the_catalogue_s_words(alone: SimulationReport, page_alone: str) -> None:
    for one in alone.result.actions:
        assert one.action_id in page_alone
        assert html.escape(one.title) in page_alone


def test_every_rule_is_on_the_page(alone: SimulationReport, page_alone: str) -> None:
    for one in alone.result.rules:
        assert html.escape(one.sentence) in page_alone
        assert one.rule in page_alone


def test_every_name_on_the_page_is_there_once_and_every_reference_has_one(page_compared: str) -> None:
    found = elements(page_compared)
    names = Counter(attributes["id"] for _, attributes in found if "id" in attributes)
    assert max(names.values()) == 1
    referred = {attributes["href"] for _, attributes in found if "href" in attributes}
    referred |= set(re.findall(r"url\(([^)]*)\)", page_compared))
    assert referred <= {f"#{name}" for name in names}
    labelled = {attributes["aria-labelledby"] for _, attributes in found if "aria-labelledby" in attributes}
    assert labelled <= set(names)


def test_plots_say_in_words_what_they_show(alone: SimulationReport, page_alone: str) -> None:
    plots = [attributes for tag, attributes in elements(page_alone) if tag == "svg"]
    assert len(plots) == 5
    for one in plots:
        assert one["role"] == "img"
    said = [one["aria-label"] or "" for one in plots]
    for action in alone.result.actions:
        assert f"{action.title}: {action.shown:,} shown, {action.first:,} first" in said[1]


def test_plots_take_the_page_s_own_colour_for_words(page_alone: str) -> None:
    assert "prefers-color-scheme: dark" in page_alone
    assert "@media print" in page_alone
    assert "currentColor" in page_alone
    assert not re.search(r"fill: ?(#000000|black|#010203)", page_alone)


def test_the_page_looks_the_same_each_time(alone: SimulationReport, page_alone: str) -> None:
    assert page(alone) == page_alone


def test_words_of_the_catalogue_are_no_markup() -> None:
    def rewritten(action: Action) -> Action:
        title = action.entry.title.model_copy(update={"en": "<b>$5 & $6</b>"})
        return replace(action, entry=action.entry.model_copy(update={"title": title}))

    text = page(simulated(changed(sample_catalogue(), "XS_GREEN", rewritten)))
    elements(text)
    assert "<b>$5" not in text
    assert "&lt;b&gt;$5 &amp; $6&lt;/b&gt;" in text


def test_a_catalogue_in_which_no_rule_stands_alone_needs_no_plot_of_rules(alone: SimulationReport) -> None:
    lenient = replace(alone, result=replace(alone.result, rules=()))
    assert sum(tag == "svg" for tag, _ in elements(page(lenient))) == 4


@pytest.mark.parametrize("which", ["alone", "compared"])
def test_the_json_holds_the_whole_report(which: str, request: pytest.FixtureRequest) -> None:
    report: SimulationReport = request.getfixturevalue(which)
    line = as_json(report)
    assert "\n" not in line
    back = json.loads(line)
    assert back["at"] == report.at.isoformat()
    plain = asdict(report) | {"at": report.at.isoformat()}
    assert back == json.loads(json.dumps(plain))
    assert [one["action_id"] for one in back["result"]["actions"]] == [one.action_id for one in report.result.actions]


@pytest.mark.parametrize("which", ["alone", "compared"])
def test_nothing_is_about_a_single_customer(which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    outputs = (as_json(report), as_text(report), request.getfixturevalue(f"page_{which}"))
    for person in people():
        record = person.record
        assert record.birth_date is not None
        for secret in (
            record.customer_id,
            record.customer_no,
            f"{record.first_name} {record.last_name}",
            record.street,
            record.email,
            record.meter_no,
            record.birth_date.isoformat(),
            *(phone.e164 for phone in record.phones),
            *(contract.contract_no for contract in record.contracts),
        ):
            assert secret is None or all(secret not in output for output in outputs)


def test_every_table_has_a_cell_under_each_head(alone: SimulationReport, compared: SimulationReport) -> None:
    for report in (alone, compared):
        for table in tables_of(report):
            assert all(len(row) == len(table.heads) for row in table.rows), table.key


def test_two_versions_stand_side_by_side_with_their_difference(compared: SimulationReport) -> None:
    tables = {one.key: one for one in tables_of(compared)}
    assert tables["actions"].heads[3:6] == ("First", "before", "±")
    rows = {row[0]: row for row in tables["actions"].rows}
    against = compared.against
    assert against is not None
    gone = next(one for one in against.actions if one.action_id == "SRV_INSTALMENT")
    assert rows["SRV_INSTALMENT"][3:6] == ("–", str(gone.first), f"−{gone.first}")
    assert ("Actions only the version before has", "SRV_INSTALMENT") in tables["comparison"].rows


@pytest.mark.parametrize("which", ["alone", "compared"])
def test_no_line_is_wider_than_a_terminal_and_nothing_is_lost(which: str, request: pytest.FixtureRequest) -> None:
    report: SimulationReport = request.getfixturevalue(which)
    text = as_text(report)
    assert max(map(len, text.splitlines())) <= 120
    for table in tables_of(report, 25):
        for cells in (table.heads, *table.rows):
            assert all(word in text for cell in cells for word in cell.split())
        assert table.note.split() == [] or " ".join(table.note.split()) in " ".join(text.split())


def test_what_changes_stands_first(compared: SimulationReport) -> None:
    assert [one.key for one in tables_of(compared)][:2] == ["comparison", "moves"]


def test_the_rules_that_win_nobody_back_are_left_out(alone: SimulationReport) -> None:
    lost = [
        LostTo("action/A", "eligibility", f"rule_{number}", f"Rule {number}", 20, max(14 - number, 0))
        for number in range(20)
    ]

    def table(rules: list[LostTo]) -> Table:
        without_any = replace(alone.result.without, rules=tuple(rules))
        report = replace(alone, result=replace(alone.result, without=without_any))
        return next(one for one in tables_of(report) if one.key == "without")

    assert [row[0] for row in table(lost).rows] == [f"Rule {number}" for number in range(10)]
    assert "The 10 that win back most of 14" in table(lost).note
    assert [row[0] for row in table(lost[12:]).rows] == ["Rule 12", "Rule 13"]
    assert table(lost[14:]).rows == ()
    assert "two or more fail at every action" in table(lost[14:]).note


def test_equal_numbers_are_said_to_be_equal() -> None:
    report = simulated(sample_catalogue(), sample_catalogue())
    for table in tables_of(report):
        for row in table.rows:
            changes = [cell for head, cell in zip(table.heads, row, strict=True) if head == "±"]
            assert set(changes) <= {"="}, (table.key, row)
    assert "No customer's first action changes." in as_text(report)


def test_the_terminal_shows_the_costliest_rules_and_says_how_many_there_are(alone: SimulationReport) -> None:
    text = as_text(alone)
    assert f"The 25 costliest of {len(alone.result.rules)}" in text
    for one in alone.result.rules[:25]:
        assert one.rule in text
    assert all(title in text for title in ("Funnel by stage", "Wins by action", "Sensitivity to each factor"))
