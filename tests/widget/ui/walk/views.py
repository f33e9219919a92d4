"""Every view of the panel: each situation, and what the agent can open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from nba_desktop.contract.base import Language
from nba_desktop.domain.contact import Tab
from nba_desktop.domain.due import DAYS_AHEAD
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.library import LibraryState, LibraryStatus, Shelf
from nba_desktop.domain.own import Favourite, Own, OwnNote
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.domain.stems import stem_of
from nba_desktop.ui.panel.bridge_quote import BridgeQuote
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.guide_tools import GuideTools
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.speaker import SpeakerView
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes import settings, states
from tests.fakes.knowledge import knowledge_base
from tests.widget.ui.looking import part
from tests.widget.ui.lower.contacts import every_contact, with_action

Deed = Callable[[PanelWindow], None]


@dataclass(frozen=True, slots=True)
class View:
    """A situation by name, and what is opened in it."""

    name: str
    state: PanelState
    open: Deed | None = None

    def show_in(self, panel: PanelWindow) -> None:
        """Put the view on the screen, whatever was there before."""
        overlays, concern, speaker, responses = _parts(panel)
        for close in (overlays.close_timeline, overlays.close_search, overlays.close_handover):
            close()
        for preferences in panel.findChildren(PreferencesView):
            while preferences.isVisible():
                preferences.closed.emit()
        concern.close_search()
        concern.close_flags()
        speaker.close_choice()
        responses.leave_note()
        panel.setFocus()
        panel.show_state(self.state)
        if self.open is not None:
            self.open(panel)
        settle()


@lru_cache(maxsize=1)
def _parts(panel: PanelWindow) -> tuple[Overlays, ConcernView, SpeakerView, ResponseRow]:
    """What is there from the beginning: looking through a whole panel for it takes as long as half of a view."""
    return part(panel, Overlays), part(panel, ConcernView), part(panel, SpeakerView), part(panel, ResponseRow)


def settle() -> None:
    """Let the layouts finish; a change deep inside asks its parents one after the other."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def every_view(language: Language) -> Iterator[View]:
    """All views in a language; what belongs together stands together."""
    situations = states.every_state(language)
    for name, state in situations.items():
        yield View(name, state)
        if name in _OPENINGS:
            yield from (View(f"{name}, {what}", state, deed) for what, deed in _OPENINGS[name])
    for name, contact in every_contact(language).items():
        if not name.startswith("state_"):
            yield View(f"lower {name}", states.panel(language, contact))
    yield from _tabs(language)
    yield from _knowledge(language)
    yield from _preferences(language)


def _tabs(language: Language) -> Iterator[View]:
    helmut = states.helmut_contact(language)
    for action in helmut.recommendations:
        for tab in Tab:
            contact = replace(helmut, action_id=action.action_id, tab=tab)
            yield View(f"{action.action_id} {tab.value}", states.panel(language, contact))
    worded = with_action(helmut, "SRV_INSTALMENT", bridge_template=helmut.recommendations[0].bridge)
    yield View("own wording", states.panel(language, worded), _word_bridge)


def _knowledge(language: Language) -> Iterator[View]:
    panel = states.panel(language, replace(states.helmut_contact(language), tab=Tab.KNOWLEDGE))
    shelf = Shelf(knowledge_base(language), stem_of(language))
    query = "Zählerstand" if language == "de" else "reading"
    article = shelf.article("arrears")
    assert article is not None
    noted = "Frau Öztürk fragen, wenn mehr als zwei Raten offen sind"
    own = Own(favourites=(Favourite("move", "Umzug"),), notes=(OwnNote("arrears", article.title, noted),))
    late = LibraryState(LibraryStatus.FAILED, query, failure=FailureCode.TOO_LATE)
    for name, library in (
        ("knowledge found", LibraryState(LibraryStatus.READY, query, found=shelf.search(query))),
        ("knowledge not found", LibraryState(LibraryStatus.READY, "Fernwärmeübergabestation")),
        ("knowledge kept", LibraryState(LibraryStatus.READY, kept=shelf.kept(own), own=own)),
        ("knowledge opened", LibraryState(LibraryStatus.READY, opened=article, own=own)),
        ("knowledge loading", LibraryState(LibraryStatus.LOADING, query)),
        ("knowledge late", late),
    ):
        yield View(name, replace(panel, library=library))


def _preferences(language: Language) -> Iterator[View]:
    idle = states.panel(language)
    for name, situation, in_force, in_force_shown in (
        ("preferences", states.helmut(language), settings.free(), False),
        ("preferences locked", idle, settings.managed(), False),
        ("settings in force", idle, settings.managed(), True),
        ("settings, broken policy", idle, settings.broken(), True),
    ):
        yield View(name, situation, _open_preferences(Setup(language, in_force=in_force), in_force_shown))


def _open_preferences(setup: Setup, in_force_shown: bool) -> Deed:
    def open_them(panel: PanelWindow) -> None:
        panel.show_setup(setup)
        panel.open_preferences()
        if in_force_shown:
            part(panel, PreferencesView).open_settings()

    return open_them


def _word_bridge(panel: PanelWindow) -> None:
    tools = part(panel, GuideTools)
    tools.wording_toggled.emit(True)
    part(panel, BridgeQuote).wording_asked.emit()


def _ask_speaker(panel: PanelWindow) -> None:
    part(panel, SpeakerView).toggle()


def _open_flags(panel: PanelWindow) -> None:
    part(panel, ConcernView).toggle_flags()


def _ask_another_day(panel: PanelWindow) -> None:
    part(panel, ConcernView).choose_day(len(DAYS_AHEAD))


def _open_note(panel: PanelWindow) -> None:
    part(panel, ResponseRow).open_note()


def _ask_instead(panel: PanelWindow) -> None:
    """Choose another customer than the one who is bound, as far as the question whether to."""
    Overlays.open_search(part(panel, Overlays))
    rows = [row for row in part(panel, SearchView).findChildren(QAbstractButton) if _is_hit(row, panel)]
    rows[1].click()


def _is_hit(row: QAbstractButton, panel: QWidget) -> bool:
    return type(row).__name__ == "_HitRow" and row.isVisibleTo(panel)


def _type_concern(panel: PanelWindow) -> None:
    concern = part(panel, ConcernView)
    concern.open_search()
    with suppress(IndexError):
        concern.findChildren(QLineEdit)[0].setText("")


def _overlay(deed: Callable[[Overlays], None]) -> Deed:
    return lambda panel: deed(part(panel, Overlays))


_TIMELINE = ("timeline", _overlay(Overlays.toggle_timeline))
_SEARCH = ("search", _overlay(Overlays.open_search))
_HANDOVER = ("handover", _overlay(Overlays.toggle_handover))
_OPENINGS: dict[str, tuple[tuple[str, Deed], ...]] = {
    "no_call": (_SEARCH,),
    "ringing": (_SEARCH,),
    "authenticated": (_TIMELINE, ("concern search", _type_concern)),
    "one_candidate": (("who is speaking", _ask_speaker),),
    "quiet": (("flags", _open_flags),),
    "follow_up_asked": (("another day", _ask_another_day),),
    "solved": (_TIMELINE, ("note", _open_note)),
    "guarded": (_TIMELINE,),
    "search_results": (_SEARCH,),
    "search_without_call": (_SEARCH,),
    "search_authenticated": (_SEARCH, ("instead", _ask_instead)),
    "search_unknown": (_SEARCH,),
    "handover": (_HANDOVER,),
    "handover_probable": (_HANDOVER,),
    "offline": (_SEARCH,),
}
