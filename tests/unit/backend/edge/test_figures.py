"""Figures: what waits is looked up when somebody looks, and no request makes up a series of its own."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.edge.figures import Figures
from nba_desktop.backend.edge.log_lines import FIELDS
from nba_desktop.backend.edge.request_log import ConnectionLog, RequestLog, no_tracing
from nba_desktop.backend.errors import TooSlow, Unauthenticated
from nba_desktop.backend.networks import NO_NETWORKS
from nba_desktop.backend.outbound.endpoints import EndpointStatus
from nba_desktop.backend.outbound.records import Endpoint, EndpointCounts
from tests.fakes.asgi import Asking

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def series(figures: Figures) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in figures.text().decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def endpoint(name: str) -> Endpoint:
    return Endpoint(name, "https://crm.example.com", frozenset(), "", "urn:test", 7, NOW)


def test_what_waits_for_other_systems_is_asked_for_when_somebody_looks() -> None:
    figures, found = Figures("1.2.3", 1), list[EndpointStatus]()
    figures.watch_outbound(lambda: found, lambda: NOW)
    assert not [name for name in series(figures) if name.startswith("nba_outbound")]
    found += [
        EndpointStatus(endpoint("crm"), EndpointCounts(waiting=3, dead=1, oldest=NOW - timedelta(minutes=5))),
        EndpointStatus(endpoint("mail"), EndpointCounts()),
    ]
    assert {name: value for name, value in series(figures).items() if name.startswith("nba_outbound")} == {
        'nba_outbound_waiting{endpoint="crm"}': 3,
        'nba_outbound_waiting{endpoint="mail"}': 0,
        'nba_outbound_dead{endpoint="crm"}': 1,
        'nba_outbound_dead{endpoint="mail"}': 0,
        'nba_outbound_oldest_seconds{endpoint="crm"}': 300,
        'nba_outbound_oldest_seconds{endpoint="mail"}': 0,
    }


def test_streams_certificate_and_versions_are_told() -> None:
    figures = Figures("1.2.3", 1)
    figures.watch_streams(lambda: 7)
    figures.watch_certificate(lambda: NOW)
    found = series(figures)
    assert found["nba_streams"] == 7
    assert found["nba_certificate_ends_seconds"] == NOW.timestamp()
    assert found['nba_build{protocol="1",version="1.2.3"}'] == 1


def test_no_request_makes_up_a_series_of_its_own() -> None:
    figures = Figures("1.2.3", 1)
    log = Middleware(RequestLog, figures, NO_NETWORKS, perf_counter, no_tracing)
    asking = Asking(Starlette(middleware=[log]))
    for number in range(20):
        assert asking.ask(f"/{number}", method=f"BREW{number}").status == 404
    requests = [name for name in series(figures) if name.startswith("nba_requests_total")]
    assert requests == ['nba_requests_total{method="OTHER",route="unknown",status="4xx"}']


def test_what_is_refused_before_a_route_is_known_is_counted_and_logged_as_that(
    caplog: pytest.LogCaptureFixture,
) -> None:
    figures = Figures("1.2.3", 1)

    async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
        await refusal_response(Unauthenticated("send a token"))(scope, receive, send)

    caplog.set_level(logging.INFO, "nba_desktop.backend.requests")
    Asking(RequestLog(refusing, figures, NO_NETWORKS, perf_counter, no_tracing)).ask("/v1/customers")
    request_id = ConnectionLog(figures).refused(TooSlow("the request came too slowly"), 15.0)
    found = series(figures)
    assert found['nba_requests_total{method="GET",route="refused",status="4xx"}'] == 1
    assert found['nba_requests_total{method="OTHER",route="refused",status="4xx"}'] == 1
    assert found['nba_problems_total{code="unauthenticated"}'] == found['nba_problems_total{code="timed_out"}'] == 1
    fields = [getattr(record, FIELDS) for record in caplog.records]
    assert [(one["route"], one["problem"]) for one in fields] == [
        ("refused", "unauthenticated"),
        ("refused", "timed_out"),
    ]
    assert fields[1] == {
        "request_id": request_id,
        "method": "OTHER",
        "route": "refused",
        "status": 408,
        "ms": 15_000.0,
        "problem": "timed_out",
    }


def test_two_applications_in_one_process_count_for_themselves() -> None:
    one, other = Figures("1", 1), Figures("1", 1)
    one.decided("shown", 0.01)
    assert series(one)['nba_decisions_total{result="shown"}'] == 1
    assert 'nba_decisions_total{result="shown"}' not in series(other)
