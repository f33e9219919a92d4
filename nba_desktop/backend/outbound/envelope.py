"""A result as a CloudEvent 1.0 in JSON: what webhooks carry and files hold."""

from __future__ import annotations

import json
from typing import Any, Final

from nba_desktop.backend.outbound.records import ResultEvent

MEDIA_TYPE: Final = "application/cloudevents+json"
TYPES: Final = "de.nba-desktop."
SCHEMAS: Final = "urn:nba-desktop:result:{type}:1"
DEFAULT_SOURCE: Final = "urn:nba-desktop"


def cloud_event(event: ResultEvent, source: str) -> dict[str, Any]:
    """Return the event; `sequence` counts up in the order in which results were recorded, with gaps."""
    named = {} if event.customer_no is None else {"subject": event.customer_no}
    return {
        "specversion": "1.0",
        "id": str(event.event_id),
        "source": source,
        "type": TYPES + event.type.value,
        **named,
        "time": event.at.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": SCHEMAS.format(type=event.type.value),
        "sequence": f"{event.position:012d}",
        "data": dict(event.data),
    }


def as_json(event: ResultEvent, source: str) -> str:
    """Return the event as one line of JSON."""
    return json.dumps(cloud_event(event, source), ensure_ascii=False, separators=(",", ":"))
