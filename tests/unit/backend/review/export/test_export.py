"""A review as a file holds the figures of the screen, and nothing that is hidden there."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nba_desktop.backend.review.export.about import about_lines
from nba_desktop.backend.review.export.csv_file import csv_file
from nba_desktop.backend.review.export.lines import COLUMNS, RATES, TIME_PARTS, About, agent_lines, team_lines
from nba_desktop.backend.review.export.paper_tables import paper_tables
from nba_desktop.backend.review.export.pdf_file import pdf_file
from nba_desktop.backend.review.export.words import export_word
from nba_desktop.backend.review.export.xlsx_file import heading, xlsx_file
from nba_desktop.contract.base import Language
from nba_desktop.contract.review import Rate
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts import review_words
from tests.fakes.review import agent_review, handling, team_review

AT = datetime(2026, 10, 26, 9, 5, tzinfo=UTC)
FONTS = Path(__file__).parents[5] / "resources" / "fonts"


def about(language: Language) -> About:
    return About(
        team_review().head, language, by="A-LEAD2345", at=AT, reason="coaching_talk", note="Gespräch am Freitag"
    )


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def cells_of(content: bytes) -> list[dict[str, str]]:
    """What stands in the first sheet of a workbook, by column, as the CSV has it."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = ["".join(one.itertext()) for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    rows = []
    for row in ElementTree.fromstring(sheet_of(content, 1)).findall(".//x:row", space)[1:]:
        cells = dict.fromkeys(COLUMNS, "")
        for cell in row:
            value = cell.findtext("x:v", "", space)
            name = COLUMNS[_column(cell.attrib["r"])]
            cells[name] = strings[int(value)] if cell.get("t") == "s" else value
        rows.append(cells)
    return rows


def _column(place: str) -> int:
    """The number of a column: A is 0, AA is 26."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def same(number: str) -> str:
    """A number as any file may write it: 38 for 38.0, 96.9 for 96.90000000000001."""
    return f"{float(number):.10g}" if re.fullmatch(r"-?[0-9.]+", number) else number


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_numbers_of_the_file_are_those_of_the_screen(language: Language) -> None:
    review, formats = team_review(), Formats(language, lambda: datetime(2026, 10, 27, tzinfo=UTC))
    rows = {row["code"]: row for row in rows_of(csv_file(about("de"), team_lines(review))) if row["level"] == "agent"}
    assert len(rows) == len(review.agents)
    for agent in review.agents:
        row, figures = rows[agent.agent], agent.figures
        for name in RATES:
            rate = getattr(figures, name)
            on_screen = re.sub(r"[^0-9,.–]", "", review_words.share(rate, formats)).replace(",", ".").replace("–", "")
            assert row[f"{name}_percent"] == on_screen
            limits = review_words.limits(rate, formats).replace(",", ".").split("–")
            assert [row[f"{name}_low"], row[f"{name}_high"]] == (limits if limits != [""] else ["", ""])
        for kind, times in (("with_action", figures.with_action), ("without_action", figures.without_action)):
            parts = {kind: times.handling} | {f"{kind}_{part}": getattr(times, part) for part in TIME_PARTS}
            for name, part in parts.items():
                assert (formats.duration(int(row[name])) if row[name] else "–") == review_words.mean(part, formats)
        expected = agent.comparison.expected
        on_screen = "" if expected is None else formats.points(expected).replace(",", ".")
        assert row["expected"] == on_screen


@pytest.mark.parametrize("page", ["team", "agent"])
def test_the_workbook_has_the_figures_of_the_other_file(page: str) -> None:
    written = tuple(team_lines(team_review()) if page == "team" else agent_lines(agent_review("A-4F7H2J6N")))
    plain, book = rows_of(csv_file(about("de"), written)), cells_of(xlsx_file(about("en"), written))
    words = {"level", "statement", "name"}
    for row, cells in zip(plain, book, strict=True):
        assert {name: same(cells[name]) for name in COLUMNS if name not in words} == {
            name: same(row[name]) for name in COLUMNS if name not in words
        }
        assert cells["level"] == export_word(row["level"], "en")
        assert cells["statement"] == export_word(row["statement"], "en")


def test_what_is_hidden_on_the_screen_is_in_no_file() -> None:
    review = team_review()
    few = review.agents[-1]
    betraying = few.figures.model_copy(
        update={"per_opportunity": Rate(successes=7, trials=11, value=7 / 11, low=0.3, high=0.9, hidden=True)}
    )
    agents = (*review.agents[:-1], few.model_copy(update={"figures": betraying}))
    [row] = [line for line in team_lines(review.model_copy(update={"agents": agents})) if line["code"] == few.agent]
    assert {name for name, value in row.items() if value is not None} <= {
        *("level", "code", "name", "statement", "not_compared"),
    }


def test_the_csv_has_one_table_with_every_column_of_every_line() -> None:
    lines = [*team_lines(team_review()), *agent_lines(agent_review("A-4F7H2J6N"))]
    assert all(set(line) <= set(COLUMNS) for line in lines)
    rows = rows_of(csv_file(about("de"), lines))
    assert {row["level"] for row in rows} == {"total", "agent", "action", "objection", "not_addressed"}
    [objection] = [row for row in rows if row["code"] == "too_expensive"]
    assert (objection["count"], objection["declined_successes"], objection["declined_trials"]) == ("31", "22", "31")
    assert objection["others_percent"] == "45.8"


def test_words_that_begin_like_a_formula_stay_words() -> None:
    review = team_review()
    action = review.actions[0].model_copy(update={"title": "=1+1"})
    changed = review.model_copy(update={"actions": (action,)})
    [row] = [row for row in rows_of(csv_file(about("de"), team_lines(changed))) if row["level"] == "action"]
    assert row["name"] == "'=1+1"
    assert "<f>" not in sheet_of(xlsx_file(about("de"), team_lines(changed)), 1)


def sheet_of(content: bytes, number: int) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_workbook_says_what_it_is_of_in_the_language_asked_for(language: Language) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_file(about(language), team_lines(team_review())))) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert export_word("figures", language) in names
    assert "BV 2026/07" in words
    assert export_word("no_reliable_difference", language) in words
    assert "per_opportunity_percent" not in words
    assert heading("per_opportunity_percent", language) in words


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_numbers_on_paper_are_those_of_the_screen(language: Language) -> None:
    review, formats = team_review(), Formats(language, lambda: datetime(2026, 10, 27, tzinfo=UTC))
    hidden = [agent.agent for agent in review.agents if agent.figures.presentation.hidden]
    printed: dict[str, dict[str, str]] = {one.agent: {} for one in review.agents if one.agent not in hidden}
    notes = []
    for table in paper_tables(tuple(team_lines(review)), language):
        if table.title.startswith(export_word("agent", language)):
            notes.append(table.note)
            for row in table.rows:
                printed[row[0]] |= dict(zip(table.heads, row, strict=True))
    assert notes == [f"{export_word('hidden', language)}: {', '.join(hidden)}", ""]
    for agent in review.agents:
        if agent.agent in hidden:
            continue
        words, figures = printed[agent.agent], agent.figures
        for name in RATES:
            rate = getattr(figures, name)
            limits = review_words.limits(rate, formats)
            on_screen = (
                review_words.share(rate, formats)
                .replace("\u00a0", "")
                .replace("%", "\u00a0%" if language == "de" else "%")
            )
            counts = {"de": f"{rate.successes} von {rate.trials}", "en": f"{rate.successes} of {rate.trials}"}[language]
            assert words[export_word(name, language)] == f"{on_screen} ({limits})\n{counts}", name
        for name, times in (("with_action", figures.with_action), ("without_action", figures.without_action)):
            assert words[export_word(f"{name}_clock", language)] == review_words.mean(times.handling, formats)


def test_a_mean_of_more_than_an_hour_is_printed_as_the_screen_shows_it() -> None:
    review = team_review()
    long = review.total.model_copy(update={"with_action": handling(3792.6, 3)})
    tables = paper_tables(tuple(team_lines(review.model_copy(update={"total": long}))), "de")
    printed = {word for table in tables for row in table.rows for word in row}
    assert review_words.mean(long.with_action.handling, Formats("de")) == "1:03:12"
    assert "1:03:12" in printed


def test_actions_have_times_on_paper_and_no_promises() -> None:
    tables = [one for one in paper_tables(tuple(team_lines(team_review())), "en") if one.title.startswith("Action")]
    heads = {head for table in tables for head in table.heads}
    assert export_word("with_action_clock", "en") in heads
    assert export_word("follow_up_kept", "en") not in heads


def test_a_kind_of_line_that_is_all_hidden_is_a_sentence_on_paper() -> None:
    review = team_review()
    few = tuple(agent for agent in review.agents if agent.figures.presentation.hidden)
    tables = paper_tables(tuple(team_lines(review.model_copy(update={"agents": few}))), "de")
    [table] = [one for one in tables if one.title.startswith("Berater/in")]
    assert (table.rows, table.note) == ((), "Zu wenige, um sie zu zeigen: A-8B8F4G6H, A-B55T7U9W")


def test_a_difference_names_the_level_of_its_interval() -> None:
    review = team_review()
    head = review.head.model_copy(update={"level": 0.99})
    rows = rows_of(csv_file(about("de"), team_lines(review.model_copy(update={"head": head}))))
    assert {row["difference_level"] for row in rows if row["difference_low"]} == {"99.0"}
    assert {row["difference_level"] for row in rows if not row["difference_low"]} == {""}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_document_has_a_table_for_each_kind_of_line(language: Language) -> None:
    lines = tuple(agent_lines(agent_review("A-4F7H2J6N")))
    content = pdf_file(about(language), lines, FONTS)
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000


def test_every_file_says_who_asked_for_it_and_what_it_may_not_be_used_for() -> None:
    words = dict(about_lines(about("de")))
    assert words["Exportiert von"] == "A-LEAD2345, 26.10.2026, 09:05 UTC"
    assert (words["Anlass"], words["Notiz zum Anlass"]) == ("Coachinggespräch", "Gespräch am Freitag")
    assert words[""] == "Nicht für Vergütung oder Abmahnung."
    assert words["Zeitraum"] == "28.09.2026 – 25.10.2026"


def test_each_line_of_the_csv_carries_what_it_is_of_and_what_it_may_not_be_used_for() -> None:
    content = csv_file(replace(about("de"), note="=1+1"), team_lines(team_review()))
    assert content.decode("utf-8-sig").startswith("level,code,name,")
    for row in rows_of(content):
        assert (row["period_from"], row["period_to"]) == ("2026-09-28", "2026-10-25")
        assert (row["exported_by"], row["exported_at"]) == ("A-LEAD2345", "2026-10-26T09:05:00Z")
        assert (row["reason"], row["note"]) == ("coaching_talk", "'=1+1")
        assert row["notice"] == "Nicht für Vergütung oder Abmahnung."


def test_agents_stand_by_the_name_that_is_shown_whatever_their_pseudonym() -> None:
    review = team_review()
    names = ["Zoë Ahr", "Änne Bohm", "anton Cis", ""]
    agents = tuple(row.model_copy(update={"name": name}) for row, name in zip(review.agents, names, strict=False))
    rows = rows_of(csv_file(about("de"), team_lines(review.model_copy(update={"agents": agents}))))
    unnamed = agents[3].agent
    assert [row["name"] for row in rows if row["level"] == "agent"] == [unnamed, "Änne Bohm", "anton Cis", "Zoë Ahr"]


def test_every_column_has_a_heading_in_both_languages() -> None:
    for name in COLUMNS:
        assert heading(name, "de") != name
        assert heading(name, "en") != name
