"""The published document is the one of these routes."""

from __future__ import annotations

import json

from nba_desktop.backend.api.auth import HOOKS
from nba_desktop.backend.app import openapi_text
from tests.unit.backend.api.conftest import PUBLISHED, Backend


def test_the_published_document_is_fresh(backend: Backend) -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == openapi_text(backend.app), (
        "docs/openapi.json is stale: run `nba-desktop backend openapi > docs/openapi.json`"
    )


def test_every_reference_leads_somewhere(backend: Backend) -> None:
    document = backend.app.openapi()
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= set(document["components"]["schemas"])
    assert {"Problem", "EventBatch", "ContactView", "ConsentRecorded"} <= named


def test_every_route_with_a_token_says_so_and_names_its_problems(backend: Backend) -> None:
    for path, operations in backend.app.openapi()["paths"].items():
        for operation in operations.values():
            if path.startswith("/v1/"):
                # A telephone system shows its own secret.
                assert operation["security"] == ([] if path.startswith(HOOKS) else [{"token": []}]), path
                assert {"200", "4XX", "5XX"} == set(operation["responses"]), path
                problem = operation["responses"]["4XX"]["content"]
                assert list(problem) == ["application/problem+json"]
