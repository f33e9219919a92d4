"""`nba-desktop demo`: on the screen for people, headless for proof."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nba_desktop.adapters.embedded_backend import RunningBackend
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.contract.base import Language
from nba_desktop.contract.events import MAX_BATCH
from nba_desktop.demo.folder import demo_folder
from nba_desktop.demo.own_site import OwnSite, callers_of, site_folder
from nba_desktop.demo.player import Player
from nba_desktop.demo.telephone import Telephone, TelephoneError
from nba_desktop.demo.waiting import DemoError, Ending, Waiting
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.preferences import Theme
from nba_desktop.ui.panel.window import SIZE

CALLER = "+493512805504"
"""Helmut Brandt's number, see resources/sample/customers.yaml."""

_CALLERS = (CALLER, "+4915228817386", "+491749091317", "+493023125044", "anonymous")
"""Helmut, Lisa, the Bergers, a customer without any history, and somebody who withholds his number."""

_RECORDING = "01"
_SECRET = "cti-demo"
_LANGUAGES: tuple[Language, ...] = ("de", "en")


def run_demo(
    headless: bool,
    out: Path,
    keep: bool,
    theme: Theme = "light",
    language: Language | None = None,
    site: str | None = None,
) -> int:
    """Run the demo, with the sample site or another, in one language or (headless) both one after the other.

    Return 0 when every step came about, 1 with the reason on standard error.
    """
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ending = Ending()
    try:
        with ending.listening(), demo_folder(keep=keep) as data:
            folder = None if site is None else site_folder(site)
            if headless:
                return _play(data, out, theme, _LANGUAGES if language is None else (language,), folder, ending)
            return _show(data, language, folder, ending)
    except (DemoError, TelephoneError, PanelError) as error:
        print(f"nba-desktop demo: {error}", file=sys.stderr)
        return 1


def _show(data: Path, language: Language | None, folder: Path | None, ending: Ending) -> int:
    """The panel on the screen, rung up again and again by the site's customers."""
    app = new_application()
    callers = _CALLERS if folder is None else callers_of(folder)
    telephone = Telephone(
        "--secret", _SECRET, "--loop", "--numbers", ",".join(callers), "--every", "20", "--hang-up-after", "240"
    )
    with _backend(folder, data) as running:
        panel = Panel(_launch(data, telephone, language, None, running), app)
        app.lastWindowClosed.connect(app.quit)
        panel.start()
        code = ending.exec()
        panel.stop()
    telephone.stop()
    return code


@contextmanager
def _backend(folder: Path | None, data: Path) -> Iterator[RunningBackend | None]:
    """The backend of a site's folder while it is needed; without one the panel starts its own."""
    if folder is None:
        yield None
        return
    site = OwnSite(folder, data / "site")
    try:
        yield site.running
    finally:
        site.stop()


def _play(
    data: Path, out: Path, theme: Theme, languages: Sequence[Language], folder: Path | None, ending: Ending
) -> int:
    """One full call per language, with pictures, a protocol and one line of JSON."""
    out.mkdir(parents=True, exist_ok=True)
    app = new_application()
    began = time.monotonic()
    caller = CALLER if folder is None else callers_of(folder)[0]
    ringing: list[float] = []
    accepted = lost = 0

    def say(line: str) -> None:
        print(f"{time.monotonic() - began:7.2f} s  {line}")

    telephone = Telephone("--secret", _SECRET, "--speed", "4")
    waiting = Waiting(ending)
    for language in languages:
        say(f"--- the call in {'German' if language == 'de' else 'English'}")
        # A fresh site for each language, so that both calls meet the same customer.
        with _backend(folder, data / language) as running:
            panel = Panel(_launch(data / language, telephone, language, theme, running), app)
            panel.start()
            # The offscreen platform's screen is lower than the panel was drawn for.
            panel.window.resize(*SIZE)
            try:
                ringing.append(Player(panel, telephone, waiting, out, say).play(_RECORDING, caller))
                known, unknown = _count(panel)
                accepted, lost = accepted + known, lost + unknown
            finally:
                panel.stop()
    telephone.stop()
    say(f"{accepted + lost} events sent once more, {accepted} of them already known to the backend")
    summary = {
        "ringing_to_painted_ms": round(statistics.median(ringing), 1),
        "events_accepted": accepted,
        "events_lost": lost,
        "screens": str(out),
    }
    print(json.dumps(summary))
    return 0 if lost == 0 else 1


def _count(panel: Panel) -> tuple[int, int]:
    """How many of the outbox's events the backend has, and how many it does not have.

    Each is sent once more: the backend must answer `duplicate`, or it did not have it.
    """
    assert panel.store is not None
    assert panel.link.backend is not None
    stored = panel.store.stored()
    known = 0
    for first in range(0, len(stored), MAX_BATCH):
        verdict = panel.link.backend.send(stored[first : first + MAX_BATCH])
        known += sum(one.verdict == "duplicate" for one in verdict.verdicts)
    return known, len(stored) - known


def _launch(
    data: Path, telephone: Telephone, language: Language | None, theme: Theme | None, running: RunningBackend | None
) -> Launch:
    return Launch(
        data_dir=data,
        settings_file=data / "settings.json",
        language=language,
        theme=theme,
        backend_url=None if running is None else running.url,
        token=None if running is None else running.token,
        telephony=TelephonySettings(
            source="asterisk_ami",
            port=telephone.port,
            username="cti",
            extension="201",
            interface="PJSIP/agent1",
        ),
        telephony_secret=_SECRET,
        has_sample_data=True,
    )
