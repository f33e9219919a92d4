"""The guide as the agent likes it: his own words, values in sentences, back, compact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nba_desktop.contract.base import Language
from nba_desktop.contract.recommendation import GuideStep, StepCondition, StepInput
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.own import BRIDGE, Own, step_part
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.bridge_quote import BridgeQuote
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.guide_tools import GuideTools
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.panel.step_row import StepRow
from nba_desktop.ui.panel.wording_editor import WordingEditor
from tests.fakes import states
from tests.widget.ui.looking import cut_off, has, nameless, outside, part, seen, settle
from tests.widget.ui.lower.contacts import chosen, with_action

BRIDGE_TEMPLATE = "Passen {new_eur} statt {old_eur}?"


@pytest.fixture
def page(formats: Formats) -> Iterator[GuidePage]:
    widget = GuidePage(formats.language == "de", formats)
    widget.setObjectName("panel")
    widget.resize(440, 500)
    widget.show()
    yield widget
    widget.close()
    delete(widget)


def contact(language: Language, run: GuideRun | None = None) -> ContactState:
    helmut = replace(states.helmut_contact(language), addressed=frozenset())
    confirm = GuideStep(
        step_id="confirm",
        text="x",
        template="Bis {month} bleibt es bei {old_eur} und {nothing}",
        when=StepCondition(step="from", choice="later"),
    )
    helmut = with_action(
        helmut,
        "SRV_INSTALMENT",
        bridge_template=BRIDGE_TEMPLATE,
        given={"new_eur": "84 €", "old_eur": "98 €"},
        steps=(*(step.model_copy(update={"template": step.text}) for step in chosen(helmut).steps), confirm),
    )
    return replace(helmut, guides=(("SRV_INSTALMENT", run),)) if run else helmut


def later() -> GuideRun:
    return GuideRun().chosen("from", "later").entered("later_date", "month", "2026-12-01")


def tool(page: GuidePage, place: int) -> QAbstractButton:
    shown = [one for one in part(page, GuideTools).findChildren(QAbstractButton) if one.isVisibleTo(page)]
    return shown[place]


def pens(page: GuidePage, kind: type[BridgeQuote] | type[StepRow]) -> list[QAbstractButton]:
    buttons = [one for owner in page.findChildren(kind) for one in owner.findChildren(QAbstractButton)]
    return [one for one in buttons if one.property("role") == "tool" and one.isVisibleTo(page)]


def open_editor(page: GuidePage) -> QPlainTextEdit:
    tool(page, -2).click()
    settle()
    pens(page, BridgeQuote)[0].click()
    settle()
    return part(part(page, WordingEditor), QPlainTextEdit)


def test_sentences_say_the_values_and_mark_what_is_missing(page: GuidePage, language: Language) -> None:
    page.show_state(contact(language, later()))
    settle()
    day = {"de": "1. Dezember", "en": "1 December"}[language]
    assert has(page, "Passen 84 € statt 98 €?")
    assert has(page, f"Bis {day} bleibt es bei 98 € und […]")
    assert not any("None" in text for text in seen(page))


def test_customer_data_in_a_sentence_is_never_read_as_markup(page: GuidePage, language: Language) -> None:
    shown = with_action(contact(language), "SRV_INSTALMENT", given={"new_eur": "<b>1</b>", "old_eur": "&amp;"})
    page.show_state(shown)
    (quote,) = page.findChildren(BridgeQuote)
    texts = [label.accessibleName() for label in quote.findChildren(type(quote._words))]
    assert any("<b>1</b> statt &amp;" in text for text in texts)


def test_back_is_there_once_a_branch_was_taken(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    page.show_state(contact(language))
    settle()
    shown = len([b for b in part(page, GuideTools).findChildren(QAbstractButton) if b.isVisibleTo(page)])
    page.show_state(contact(language, later()))
    settle()
    assert len([b for b in part(page, GuideTools).findChildren(QAbstractButton) if b.isVisibleTo(page)]) == shown + 1
    with qtbot.waitSignal(page.choice_taken_back):
        tool(page, 0).click()


def test_compact_folds_what_is_done(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    page.show_state(contact(language, later()))
    settle()
    with qtbot.waitSignal(page.compact_chosen) as wanted:
        tool(page, 1).click()
    assert wanted.args == [True]
    page.show_library(LibraryState(own=Own(compact=True)))
    settle()
    marks = [mark.text() for mark in page.findChildren(StepMark) if mark.isVisibleTo(page)]
    assert marks == ["1", "2", "5"]
    folded = next(
        b for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page) and "2" in b.text() and "5" in b.text()
    )
    folded.click()
    settle()
    assert len([mark for mark in page.findChildren(StepMark) if mark.isVisibleTo(page)]) == 5


def test_the_bridge_is_worded_and_kept(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    page.show_state(contact(language))
    settle()
    assert pens(page, BridgeQuote) == []
    edit = open_editor(page)
    assert edit.toPlainText() == BRIDGE_TEMPLATE
    edit.setPlainText("Wären {new_eur} recht?")
    settle()
    assert has(page, "Wären 84 € recht?")
    with qtbot.waitSignal(page.worded) as worded:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert worded.args == [BRIDGE, "Wären {new_eur} recht?"]
    assert not part(page, WordingEditor).isVisibleTo(page)


def test_one_customers_data_is_not_kept_for_the_next(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    page.show_state(contact(language))
    settle()
    edit = open_editor(page)
    edit.setPlainText("Wären 84 Euro recht?")
    with qtbot.assertNotEmitted(page.worded):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert has(page, "84")
    edit.setPlainText("Wäre {that} recht?")
    assert has(page, "{that}")
    with qtbot.assertNotEmitted(page.worded):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not part(page, WordingEditor).isVisibleTo(page)


def test_an_own_wording_is_marked_and_can_be_reset(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    own = Own().worded("SRV_INSTALMENT", BRIDGE, language, BRIDGE_TEMPLATE, "Wären {new_eur} recht?")
    own = own.worded(
        "SRV_INSTALMENT",
        step_part("confirm"),
        language,
        "Bis {month} bleibt es bei {old_eur} und {nothing}",
        "Ab {month} neu",
    )
    page.show_library(LibraryState(own=own))
    page.show_state(contact(language, later()))
    settle()
    assert has(page, "Wären 84 € recht?")
    assert has(page, {"de": "Ab 1. Dezember neu", "en": "Ab 1 December neu"}[language])
    open_editor(page)
    editor = part(page, WordingEditor)
    reset = [b for b in editor.findChildren(QAbstractButton) if b.isVisibleTo(page)][1]
    with qtbot.waitSignal(page.worded) as worded:
        reset.click()
    assert worded.args == [BRIDGE, ""]


def test_a_changed_sentence_is_the_catalogues_and_the_old_words_are_offered(
    page: GuidePage, language: Language
) -> None:
    own = Own().worded("SRV_INSTALMENT", BRIDGE, language, "Alt {new_eur}?", "Mein alter Satz?")
    page.show_library(LibraryState(own=own))
    page.show_state(contact(language))
    settle()
    assert has(page, "Passen 84 €")
    assert open_editor(page).toPlainText() == "Mein alter Satz?"


def test_another_action_closes_the_editor(page: GuidePage, language: Language) -> None:
    page.show_state(contact(language))
    settle()
    open_editor(page)
    page.show_state(replace(contact(language), action_id="RET_FIX12"))
    settle()
    assert not part(page, WordingEditor).isVisibleTo(page)


def test_a_step_is_worded_in_its_place(qtbot: QtBot, page: GuidePage, language: Language) -> None:
    page.show_state(contact(language))
    settle()
    tool(page, -2).click()
    settle()
    pens(page, StepRow)[1].click()
    settle()
    edit = part(part(page, WordingEditor), QPlainTextEdit)
    edit.setPlainText("Kurz den neuen Betrag sagen")
    with qtbot.waitSignal(page.worded) as worded:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert worded.args == [step_part("amount"), "Kurz den neuen Betrag sagen"]


def test_a_sentence_that_came_filled_is_not_worded(page: GuidePage, language: Language) -> None:
    page.show_state(with_action(contact(language), "SRV_INSTALMENT", bridge_template=""))
    settle()
    tool(page, -2).click()
    settle()
    assert pens(page, BridgeQuote) == []
    assert pens(page, StepRow)


@pytest.mark.parametrize(
    ("typed", "limit"), [("2", {"de": "10,00", "en": "10.00"}), ("900", {"de": "500,50", "en": "500.50"})]
)
def test_a_value_beyond_its_limits_names_the_limit(
    page: GuidePage, language: Language, typed: str, limit: dict[str, str]
) -> None:
    ask = StepInput(name="amount", kind="amount", label="Rate", unit="€", least=10, most=500.5)
    step = GuideStep(step_id="sum", text="Rate nennen", input=ask)
    page.show_state(with_action(contact(language), "SRV_INSTALMENT", steps=(step,)))
    settle()
    edit = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Rate")
    QTest.keyClicks(edit, typed)
    assert has(page, limit[language].removesuffix(",00").removesuffix(".00") + " €")
    assert edit.accessibleDescription()


@pytest.mark.parametrize("scale_width", [(1.0, 440), (1.5, 440), (2.0, 360)])
def test_nothing_is_cut_off(page: GuidePage, language: Language, scale_width: tuple[float, int], qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    from nba_desktop.ui.theme import apply_theme

    scale, width = scale_width
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Qt.ColorScheme.Light, scale)
    page.resize(width, 600)
    own = Own().worded("SRV_INSTALMENT", BRIDGE, language, BRIDGE_TEMPLATE, "Wären {new_eur} recht?")
    page.show_library(LibraryState(own=own))
    page.show_state(contact(language, later()))
    settle()
    open_editor(page)
    settle()
    assert cut_off(page.inside) == []
    assert outside(page) == []
    assert nameless(page.inside) == []
    apply_theme(app, Qt.ColorScheme.Light)
