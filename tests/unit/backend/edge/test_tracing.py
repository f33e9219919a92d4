"""Traces: what leaves is route and status, whatever was sent."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import perf_counter

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from nba_desktop.backend.edge.figures import Figures
from nba_desktop.backend.edge.request_log import RequestLog
from nba_desktop.backend.edge.tracing import Traces
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.networks import NO_NETWORKS
from tests.fakes.asgi import Asking

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
CANARY = "Lisa-Müller"


class Receiver(HTTPServer):
    """Takes traces in, as a collector does."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                receiver.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    def spans(self) -> list[Span]:
        return [
            span
            for taken in self.taken
            for resource in ExportTraceServiceRequest.FromString(taken).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


async def found(_request: Request) -> Response:
    return PlainTextResponse("")


async def broken(_request: Request) -> Response:
    raise ValueError(CANARY)


def test_a_span_has_route_and_status_and_nothing_that_was_sent(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library compresses where it is told to; here its bytes are looked into.
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    traces = Traces(f"http://127.0.0.1:{receiver.server_port}/", "1.2.3")
    app = Starlette(
        routes=[Route("/v1/customers/{customer_no}", found), Route("/breaks/{name}", broken)],
        middleware=[Middleware(RequestLog, Figures("1.2.3", 1), NO_NETWORKS, perf_counter, traces)],
    )
    asking = Asking(app)
    baggage = f"customer={CANARY}"
    assert asking.ask(f"/v1/customers/{CANARY}", traceparent=PARENT, baggage=baggage, user_agent=CANARY).status == 200
    with pytest.raises(ValueError, match=CANARY):
        asking.ask(f"/breaks/{CANARY}")
    assert asking.ask(f"/{CANARY}").status == 404
    traces.close()

    well, bad, unknown = receiver.spans()
    assert well.name == "GET /v1/customers/{customer_no}"
    assert (bad.name, unknown.name) == ("GET /breaks/{name}", "GET unknown")
    assert {one.key: one.value.string_value or one.value.int_value for one in well.attributes} == {
        "http.request.method": "GET",
        "http.route": "/v1/customers/{customer_no}",
        "http.response.status_code": 200,
    }
    assert (well.trace_id.hex(), well.parent_span_id.hex()) == tuple(PARENT.split("-")[1:3])
    assert not bad.parent_span_id
    everything = b"".join(receiver.taken)
    assert b"nba-desktop-backend" in everything
    assert not [word for word in (CANARY.encode(), b"Lisa", b"ValueError", b"192.0.2.7") if word in everything]


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("opentelemetry.exporter.otlp.proto.http")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(ConfigurationError, match=r"--otlp-endpoint needs packages .* 'nba-desktop\[tracing\]'"):
        Traces("http://127.0.0.1:4318", "1.2.3")
