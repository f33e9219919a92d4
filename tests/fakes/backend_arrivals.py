"""Touchpoints as other systems report them, and a catalogue whose triggers wait for some of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nba_desktop.backend.arrivals.cloud_event import STRUCTURED, Arrived, read_request
from nba_desktop.backend.arrivals.service import ArrivalService
from nba_desktop.contract.arrival import ArrivalVerdict
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE

TRIGGERS = """
triggers:
  - id: letter
    on: touchpoint.type == "price_letter"
    within_days: 7
    expires_days: 14
    raises: [{target: action/SALES_SOLAR, weight: 300}]
    why: {de: "Preisschreiben erhalten", en: "price letter received"}
  - id: big_return
    on: touchpoint.type == "payment_failed" and touchpoint.amount_eur >= 100
    when: kwh_year > 2000
    raises: [{target: group/bill, weight: 50}]
    why: {de: "Lastschrift zurückgegeben", en: "direct debit returned"}
  - id: compared
    on: touchpoint.type == "tariff_compared"
    raises: [{target: action/SALES_SOLAR, weight: 300}]
    why: {de: "Tarife verglichen", en: "tariffs compared"}
"""


def catalogue_with_triggers(folder: Path) -> Path:
    """The small catalogue with placements, and triggers; written into `folder`."""
    file = folder / "triggers.yaml"
    text = PORTAL_CATALOGUE.read_text("utf-8")
    solar = "  - id: SALES_SOLAR\n"
    assert solar in text
    file.write_text(text.replace(solar, f"{solar}    strategic: true\n") + TRIGGERS, "utf-8")
    return file


def plain_event(kind: str = "price_letter", channel: str | None = "post", **changes: Any) -> dict[str, Any]:
    """An event of Lisa as JSON; `at` is its moment, and what is none of its own names are params."""
    own = {"id", "source", "specversion", "type", "time", "data"}
    at: datetime = changes.pop("at", NOW)
    named: dict[str, Any] = {} if channel is None else {"channel": channel}
    data: dict[str, Any] = {"customer_no": "K-104233", **named, **changes.pop("data", {})}
    params = {name: changes.pop(name) for name in list(changes) if name not in own}
    if params:
        data["params"] = params
    event = {
        "specversion": "1.0",
        "id": "e-1",
        "source": "urn:crm",
        "type": f"com.example.touchpoint.{kind}",
        "time": at.isoformat(),
        "data": data,
    }
    return event | changes


def structured(event: object) -> tuple[Arrived, ...]:
    """An event as it is read of a request."""
    return read_request({"content-type": STRUCTURED}, json.dumps(event).encode())


def arrive(services: Services, *events: dict[str, Any]) -> tuple[ArrivalVerdict, ...]:
    """Let events come in at the services' store."""
    service = ArrivalService(services.store, services.catalogues, services.clock)
    return service.take([one for event in events for one in structured(event)])


def verdicts(taken: Sequence[ArrivalVerdict]) -> list[str]:
    """Each verdict, with the code of a refusal."""
    return [one.problem.code.value if one.problem else one.verdict for one in taken]
