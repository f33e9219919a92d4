"""The knowledge page and the objections' way to a no."""

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
from nba_desktop.contract.codes import ResponseCode, ResponseGroup
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.library import LibraryState, LibraryStatus, Shelf
from nba_desktop.domain.own import Own
from nba_desktop.domain.stems import stem_of
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.article_rows import ArticleRow, FoundRow, StarButton
from nba_desktop.ui.panel.article_view import ArticleView
from nba_desktop.ui.panel.knowledge import KnowledgePage
from nba_desktop.ui.panel.objections import ObjectionsPage
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.blocks import BlockMessage
from tests.fakes import states
from tests.fakes.knowledge import knowledge_base
from tests.widget.ui.looking import has, nameless, part, seen, settle
from tests.widget.ui.lower.contacts import chosen, with_action

CALCULATED = "SRV_INSTALMENT/calculated"


@pytest.fixture
def page(formats: Formats) -> Iterator[KnowledgePage]:
    widget = KnowledgePage()
    widget.resize(440, 500)
    widget.show()
    yield widget
    widget.close()
    delete(widget)


@pytest.fixture
def objections(formats: Formats) -> Iterator[ObjectionsPage]:
    widget = ObjectionsPage()
    widget.resize(440, 500)
    widget.show()
    yield widget
    widget.close()
    delete(widget)


def contact(language: Language) -> ContactState:
    helmut = states.helmut_contact(language)
    item = chosen(helmut).knowledge[0].model_copy(update={"article_id": CALCULATED})
    return with_action(replace(helmut, tab=Tab.KNOWLEDGE), "SRV_INSTALMENT", knowledge=(item,))


def library(language: Language, query: str = "", own: Own | None = None, opened: str = "") -> LibraryState:
    shelf, own = Shelf(knowledge_base(language), stem_of(language)), own or Own()
    return LibraryState(
        status=LibraryStatus.READY,
        query=query,
        found=shelf.search(query),
        kept=shelf.kept(own),
        opened=shelf.article(opened) if opened else None,
        own=own,
    )


def shown(page: KnowledgePage, kind: type[ArticleRow] | type[FoundRow] | type[ArticleView]) -> int:
    return sum(one.isVisibleTo(page) for one in page.findChildren(kind))


def star(page: KnowledgePage) -> StarButton:
    (found,) = [one for one in page.findChildren(StarButton) if one.isVisibleTo(page)]
    return found


def test_the_actions_own_articles_come_first_then_what_is_kept(page: KnowledgePage, language: Language) -> None:
    own = Own().toggled("move", "Umzug").noted(CALCULATED, "x", "Elf!")
    page.show_state(contact(language))
    page.show_library(library(language, own=own))
    settle()
    assert (shown(page, ArticleRow), shown(page, FoundRow)) == (1, 1)
    assert has(page, "Elf!")
    assert has(page, {"de": "Umzug", "en": "Moving house"}[language])


def test_what_is_found_in_a_call_is_seen_while_the_call_stays_as_it_was(window: PanelWindow) -> None:
    panel = states.panel("de", contact("de"))
    window.show_state(panel)
    window.show_state(replace(panel, library=library("de", "Mahnung Sperre")))
    assert shown(part(window, KnowledgePage), FoundRow) == 1


def test_typing_searches_and_what_is_found_is_marked(qtbot: QtBot, page: KnowledgePage, language: Language) -> None:
    page.show_state(contact(language))
    query = {"de": "Mahnung Sperre", "en": "reminder supply"}[language]
    with qtbot.waitSignals([page.knowledge_searched] * len(query)):
        QTest.keyClicks(part(page, QLineEdit), query)
    page.show_library(library(language, query))
    settle()
    assert (shown(page, ArticleRow), shown(page, FoundRow)) == (0, 1)
    strong = [
        label.text()
        for label in page.findChildren(FoundRow)[0].findChildren(type(page._empty))
        if "<span" in label.text()
    ]
    assert {"de": ">Sperre<", "en": ">supply<"}[language] in strong[0]
    with qtbot.waitSignal(page.article_opened) as opened:
        QTest.keyClick(part(page, QLineEdit), Qt.Key.Key_Return)
    assert opened.args == ["arrears"]


def test_what_is_typed_stays_while_the_state_follows(page: KnowledgePage, language: Language) -> None:
    page.activateWindow()
    page.focus_search()
    QTest.keyClicks(part(page, QLineEdit), "umz")
    page.show_library(library(language, "um"))
    assert part(page, QLineEdit).text() == "umz" or not part(page, QLineEdit).hasFocus()


def test_nothing_found_says_so(page: KnowledgePage, language: Language) -> None:
    page.show_state(contact(language))
    page.show_library(library(language, "Quark"))
    settle()
    assert "Quark" in part(page, BlockMessage).text()
    assert shown(page, FoundRow) == 0


@pytest.mark.parametrize(
    ("status", "retry"),
    [(LibraryStatus.LOADING, False), (LibraryStatus.FAILED, True), (LibraryStatus.EMPTY, False)],
)
def test_a_search_without_knowledge_says_why(
    qtbot: QtBot, page: KnowledgePage, language: Language, status: LibraryStatus, retry: bool
) -> None:
    failed = FailureCode.OFFLINE if status is LibraryStatus.FAILED else None
    page.show_state(contact(language))
    page.show_library(LibraryState(status=status, query="x", failure=failed))
    settle()
    message = part(page, BlockMessage)
    assert message.isVisibleTo(page)
    again = [one for one in message.findChildren(QAbstractButton) if one.isVisibleTo(page)]
    assert bool(again) is retry
    for one in again:
        with qtbot.waitSignal(page.knowledge_asked_again):
            one.click()


def test_what_was_not_kept_is_said(page: KnowledgePage, language: Language) -> None:
    page.show_state(contact(language))
    page.show_library(replace(library(language), failure=FailureCode.DISK_FULL))
    settle()
    assert has(page, {"de": "Platte", "en": "the disk is full"}[language]) or "voll" in " ".join(seen(page))


def test_an_article_is_opened_a_favourite_made_and_a_note_written(
    qtbot: QtBot, page: KnowledgePage, language: Language
) -> None:
    page.show_state(contact(language))
    with qtbot.waitSignal(page.article_opened) as opened:
        next(one for one in page.findChildren(ArticleRow)).findChildren(QAbstractButton)[-1].click()
    assert opened.args == [CALCULATED]
    page.show_library(library(language, opened=CALCULATED))
    settle()
    assert (shown(page, ArticleRow), shown(page, ArticleView)) == (0, 1)
    with qtbot.waitSignal(page.favourite_toggled) as toggled:
        star(page).click()
    assert toggled.args == [CALCULATED]
    note = part(page, QPlainTextEdit)
    note.setPlainText("Frau Kern fragen")
    with qtbot.waitSignals([page.own_note_written, page.article_closed]):
        next(b for b in part(page, ArticleView).findChildren(QAbstractButton) if b.property("role") == "link").click()


def test_a_note_is_shown_again_and_one_being_written_is_left_alone(page: KnowledgePage, language: Language) -> None:
    own = Own().noted(CALCULATED, "x", "Elf!")
    page.show_state(contact(language))
    page.show_library(library(language, own=own, opened=CALCULATED))
    settle()
    note = part(page, QPlainTextEdit)
    assert note.toPlainText() == "Elf!"
    note.setPlainText("Elf und mehr")
    page.show_library(library(language, own=own.toggled(CALCULATED, "x"), opened=CALCULATED))
    assert note.toPlainText() == "Elf und mehr"
    assert star(page).on


def test_every_control_has_a_name(page: KnowledgePage, language: Language) -> None:
    own = Own().toggled("move", "Umzug")
    for state in (library(language, own=own), library(language, "umzug"), library(language, opened="move")):
        page.show_state(contact(language))
        page.show_library(state)
        settle()
        assert nameless(page.inside) == []


def test_a_no_leads_to_the_response(qtbot: QtBot, objections: ObjectionsPage, language: Language) -> None:
    helmut = replace(states.helmut_contact(language), tab=Tab.OBJECTIONS)
    objections.show_state(helmut)
    settle()
    buttons = [b for b in objections.findChildren(QAbstractButton) if b.isVisibleTo(objections)]
    with qtbot.waitSignal(objections.group_opened) as opened:
        buttons[-1].click()
    assert opened.args == [ResponseGroup.DECLINED]


def test_the_answer_to_a_no_records_it(qtbot: QtBot, objections: ObjectionsPage, language: Language) -> None:
    helmut = replace(states.helmut_contact(language), tab=Tab.OBJECTIONS)
    before = {b for b in objections.findChildren(QAbstractButton) if b.isVisibleTo(objections)}
    respected = chosen(helmut).objections[3]
    objections.show_state(replace(helmut, raised=frozenset({("SRV_INSTALMENT", respected.objection_id)})))
    settle()
    chips = [
        b
        for b in objections.findChildren(QAbstractButton)
        if b.isVisibleTo(objections) and b not in before and b.property("role") == "chip"
    ]
    assert len(chips) == 1
    with qtbot.waitSignal(objections.group_opened) as opened:
        chips[0].click()
    assert opened.args == [ResponseGroup.DECLINED]


def test_an_action_that_cannot_be_declined_offers_no_way_there(objections: ObjectionsPage, language: Language) -> None:
    helmut = with_action(
        replace(states.helmut_contact(language), tab=Tab.OBJECTIONS),
        "SRV_INSTALMENT",
        responses=(ResponseCode.ACCEPTED_DONE,),
    )
    objections.show_state(helmut)
    settle()
    assert not [
        b
        for b in objections.findChildren(QAbstractButton)
        if b.isVisibleTo(objections) and b.property("role") == "chip"
    ]


def test_an_objection_is_found_by_its_title_and_other_words(objections: ObjectionsPage, language: Language) -> None:
    first = chosen(states.helmut_contact(language)).objections[0]
    known = first.model_copy(update={"title": "Kein Geld übrig", "also": ("Das ist mir zu teuer.",)})
    helmut = states.helmut_contact(language)
    others = chosen(helmut).objections[1:]
    objections.show_state(with_action(helmut, "SRV_INSTALMENT", objections=(known, *others)))
    for query in ("geld", "TEUER", {"de": "uebrig", "en": "übrig"}[language]):
        edit = part(objections, QLineEdit)
        edit.setText(query)
        settle()
        assert has(objections, first.phrase), query
        assert not has(objections, others[0].phrase), query
