"""The tabs of the chosen action."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ActionKind, ClosingForm, Duty
from nba_desktop.contract.recommendation import GuideStep, Objection, StepChoice, StepCondition, StepInput
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.guide import GuideRun
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.objections import ObjectionFinder
from nba_desktop.ui.panel.step_mark import StepMark
from tests.fakes import states
from tests.widget.ui.looking import button, has, seen, settle
from tests.widget.ui.lower.contacts import chosen, with_action

ASK = StepInput(name="amount", kind="amount", label="Wunschbetrag", unit="€")
STEPS = (
    GuideStep(step_id="read", text="Zählerstand erfragen"),
    GuideStep(
        step_id="when",
        text="Ab wann?",
        choices=(StepChoice(code="a", label="sofort"), StepChoice(code="b", label="demnächst")),
    ),
    GuideStep(step_id="sum", text="Betrag abstimmen", input=ASK),
    GuideStep(step_id="late", text="{amount} € ab später", when=StepCondition(step="when", choice="b")),
)


def contact(run: GuideRun | None = None, **changes: object) -> ContactState:
    helmut = replace(states.helmut_contact("de"), addressed=frozenset())
    helmut = with_action(helmut, "SRV_INSTALMENT", steps=STEPS, **changes)
    return replace(helmut, guides=(("SRV_INSTALMENT", run),) if run else ())


def show(lower: LowerHalf, shown: ContactState, language: Language = "de") -> None:
    lower.show_state(shown, states.panel(language, shown))
    settle()


def marks(lower: LowerHalf) -> list[StepMark]:
    return [mark for mark in lower.findChildren(StepMark) if mark.isVisibleTo(lower)]


def field(lower: LowerHalf, name: str) -> QLineEdit:
    found = [
        edit for edit in lower.findChildren(QLineEdit) if edit.isVisibleTo(lower) and edit.accessibleName() == name
    ]
    assert len(found) == 1
    return found[0]


def test_the_bridge_comes_first_and_is_marked_as_raised(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    shown = replace(states.helmut_contact(language), addressed=frozenset())
    show(lower, shown, language)
    quotes = {"de": "„{}“", "en": "“{}”"}[language]
    assert quotes.format(chosen(shown).bridge) in seen(lower)
    said = button(lower, {"de": "als angesprochen", "en": "as raised"}[language])
    with qtbot.waitSignal(lower.bridge_said):
        said.click()
    show(lower, replace(shown, addressed=frozenset({"SRV_INSTALMENT"})), language)
    assert not button(lower, {"de": "wurde angesprochen", "en": "was raised"}[language]).isEnabled()


def test_steps_are_numbered_and_ticked(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact(GuideRun(done=frozenset({"read"}))))
    assert [mark.text() for mark in marks(lower)] == ["1", "2", "3"]
    assert [mark.isChecked() for mark in marks(lower)] == [True, False, False]
    with qtbot.waitSignal(lower.step_toggled) as toggled:
        marks(lower)[2].click()
    assert toggled.args == ["sum"]
    assert not marks(lower)[2].isChecked()


def test_a_branch_shows_its_steps(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact())
    assert not has(lower, "ab später")
    with qtbot.waitSignal(lower.choice_made) as made:
        button(lower, "demnächst").click()
    assert made.args == ["when", "b"]
    show(lower, contact(GuideRun().chosen("when", "b")))
    assert has(lower, "[…] € ab später")
    show(lower, contact(GuideRun().chosen("when", "b").entered("sum", "amount", "84")))
    assert has(lower, "84 € ab später")


def test_a_value_is_taken_with_enter(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact())
    good = {"de": "84,50", "en": "84.50"}[language]
    QTest.keyClicks(field(lower, "Wunschbetrag"), good)
    with qtbot.waitSignal(lower.input_entered) as entered:
        QTest.keyClick(field(lower, "Wunschbetrag"), Qt.Key.Key_Return)
    assert entered.args == ["sum", "amount", "84.50"]
    assert field(lower, "Wunschbetrag").text() == good


def test_a_wrong_value_is_not_taken_and_says_what_is_asked(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    show(lower, contact())
    edit = field(lower, "Wunschbetrag")
    QTest.keyClicks(edit, "viel")
    with qtbot.assertNotEmitted(lower.input_entered):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert has(lower, {"de": "Betrag wie 84,50", "en": "amount such as 84.50"}[language])
    edit.clear()
    assert not has(lower, {"de": "Betrag wie", "en": "amount such as"}[language])


def test_what_is_being_typed_survives_a_new_state(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact())
    QTest.keyClicks(field(lower, "Wunschbetrag"), "84")
    show(lower, contact(GuideRun(done=frozenset({"read"}))))
    assert field(lower, "Wunschbetrag").text() == "84"


def test_an_emptied_value_is_taken_back(qtbot: QtBot, lower: LowerHalf) -> None:
    show(lower, contact(GuideRun().entered("sum", "amount", "84")))
    edit = field(lower, "Wunschbetrag")
    assert edit.text() == "84"
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(lower.input_entered) as entered:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert entered.args == ["sum", "amount", ""]


def test_what_is_owed_stands_before_closing(lower: LowerHalf, language: Language) -> None:
    show(lower, contact(closing_form=ClosingForm.TEXT_FORM, duties=(Duty.WITHDRAWAL_14_DAYS,)), language)
    assert has(lower, {"de": "braucht Textform", "en": "needs text form"}[language])
    assert has(lower, {"de": "14-tägige Widerrufsrecht", "en": "14-day right"}[language])
    show(lower, contact(closing_form=ClosingForm.SERVICE_DONE, duties=()), language)
    assert not has(lower, {"de": "Vor dem Abschluss", "en": "Before closing"}[language])


def test_a_consent_action_leads_to_the_drawer(qtbot: QtBot, lower: LowerHalf, language: Language) -> None:
    words = {"de": "Zur Einwilligung", "en": "Open consent"}[language]
    show(lower, contact(kind=ActionKind.SALES), language)
    assert not has(lower, words)
    show(lower, contact(kind=ActionKind.CONSENT), language)
    with qtbot.waitSignal(lower.consent_toggled) as toggled:
        button(lower, words).click()
    assert toggled.args == [True]


def test_the_tabs_count_what_is_in_them(lower: LowerHalf, language: Language) -> None:
    shown = states.helmut_contact(language)
    show(lower, shown, language)
    action = chosen(shown)
    benefits, objections = {"de": ("Nutzen", "Einwände"), "en": ("Benefits", "Objections")}[language]
    assert button(lower, benefits).accessibleName() == f"{benefits}, {len(action.benefits)}"
    assert button(lower, objections).accessibleName() == f"{objections}, {len(action.objections)}"


@pytest.mark.parametrize(
    ("key", "tab"),
    [("G", Tab.GUIDE), ("B", Tab.BENEFITS), ("O", Tab.OBJECTIONS), ("K", Tab.KNOWLEDGE)],
)
def test_a_key_opens_a_tab(qtbot: QtBot, lower: LowerHalf, key: str, tab: Tab) -> None:
    show(lower, states.helmut_contact("de"))
    with qtbot.waitSignal(lower.tab_selected) as selected:
        QTest.keySequence(lower, QKeySequence(f"Alt+{key}"))
    assert selected.args == [tab]


def test_every_tab_shows_its_content(lower: LowerHalf, language: Language) -> None:
    shown = states.helmut_contact(language)
    action = chosen(shown)
    show(lower, replace(shown, tab=Tab.BENEFITS), language)
    benefit = action.benefits[0]
    assert has(lower, f"{benefit.feature} → {benefit.advantage}")
    assert has(lower, f"→ {benefit.benefit}")
    show(lower, replace(shown, tab=Tab.KNOWLEDGE), language)
    assert has(lower, action.knowledge[0].text)


def test_empty_tabs_say_so(lower: LowerHalf, language: Language) -> None:
    bare = with_action(states.helmut_contact(language), "SRV_INSTALMENT", benefits=(), objections=(), knowledge=())
    words = {
        Tab.BENEFITS: ("keine Nutzenargumente", "no arguments"),
        Tab.OBJECTIONS: ("keine Einwände", "No objection is known"),
        Tab.KNOWLEDGE: ("keine weiterführenden", "no further information"),
    }
    for tab, (german, english) in words.items():
        show(lower, replace(bare, tab=tab), language)
        assert has(lower, german if language == "de" else english)


def test_one_click_marks_an_objection_and_shows_its_answer(qtbot: QtBot, lower: LowerHalf) -> None:
    shown = replace(states.helmut_contact("de"), tab=Tab.OBJECTIONS)
    objection = chosen(shown).objections[1]
    show(lower, shown)
    assert not has(lower, objection.answer)
    with qtbot.waitSignal(lower.objection_raised) as raised:
        button(lower, objection.phrase).click()
    assert raised.args == [objection.objection_id]
    show(lower, replace(shown, raised=frozenset({("SRV_INSTALMENT", objection.objection_id)})))
    assert has(lower, objection.answer)
    assert button(lower, objection.phrase).isChecked()


def test_an_objection_is_found_while_typing(qtbot: QtBot, lower: LowerHalf) -> None:
    shown = replace(states.helmut_contact("de"), tab=Tab.OBJECTIONS)
    show(lower, shown)
    first, *others = chosen(shown).objections
    search = next(e for e in lower.findChildren(QLineEdit) if e.isVisibleTo(lower) and e.isClearButtonEnabled())
    QTest.keyClicks(search, first.phrase.rstrip(".?!").upper())
    assert has(lower, first.phrase)
    assert not any(has(lower, other.phrase) for other in others)
    with qtbot.waitSignal(lower.objection_raised) as raised:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert raised.args == [first.objection_id]
    QTest.keyClicks(search, "xyz")
    assert not has(lower, first.phrase)


def objection(number: int, phrase: str, answer: str) -> Objection:
    return Objection(objection_id=f"o{number}", phrase=phrase, method="compare", answer=answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["o1", "o2", "o3"]),
        ("teuer", ["o2", "o1"]),
        ("ZU TEUER", ["o2"]),
        ("strasse", ["o3"]),
        ("internet zwölf", ["o1"]),
        ("gas", []),
        ("teure Strassen", []),
        ("Straßen", ["o3"]),
        ("te", ["o2", "o1"]),
    ],
)
def test_objections_are_found_in_phrase_then_answer(query: str, found: list[str]) -> None:
    objections = (
        objection(1, "Im Internet gibt es mehr.", "Was ist teuer? Wir rechnen auf zwölf Monate."),
        objection(2, "Das ist mir zu teuer.", "Es sind 30 Cent am Tag."),
        objection(3, "In meiner Straße macht das keiner.", "Doch."),
    )
    assert [o.objection_id for o in ObjectionFinder(objections, "de").find(query)] == found
