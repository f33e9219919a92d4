"""Responses and outcomes change every channel at once: the same past, seen in the next call and in the portal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from nba_desktop.backend.decisions.lapsing import Lapsing
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from tests.fakes.backend_calls import in_call, outcome, report, response, shown, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

CASES = yaml.safe_load(Path(__file__).with_name("channels.yaml").read_text(encoding="utf-8"))


def live(services: Services, case: dict[str, Any]) -> None:
    """A call in which it is said, and what becomes of it, up to the day it is seen."""
    view = in_call(services)
    for seq, code in enumerate(case.get("said", ()), start=3):
        said = response(view, "SALES_SOLAR", ResponseCode(code), seq, NOW + timedelta(seconds=seq))
        assert tell(services, said) == ["accepted"]
    services.clock.now = NOW + timedelta(days=case["seen"])
    for code, day in case.get("became", {}).items():
        became = outcome(NOW + timedelta(days=day, minutes=1), OutcomeCode(code), view.decision.decision_id)
        assert report(services, became) == ["accepted"]


def seen(services: Services) -> tuple[str, str]:
    """The solar roof in the next call and in the portal."""
    teasers = {
        one.action_id: one.state.value
        for one in services.teasers.teasers(services.portal, "c-lisa", "home", None).teasers
    }
    call = "shown" if "SALES_SOLAR" in shown(in_call(services)) else "hidden"
    return call, teasers.get("SALES_SOLAR", "hidden")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"])
def test_every_channel_knows_what_was_said(real: Services, case: dict[str, Any]) -> None:
    live(real, case)
    assert seen(real) == (case["call"], case["portal"])
    # Whether the server has written what lapsed makes no difference to anybody.
    Lapsing(real.store, real.catalogues, real.outcomes, real.clock).run()
    assert seen(real) == (case["call"], case["portal"])
