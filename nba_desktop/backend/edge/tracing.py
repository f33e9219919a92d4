"""Traces for a site that follows requests through its systems: route and status, and nothing that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from nba_desktop.backend.edge.request_log import Answered
from nba_desktop.backend.errors import ConfigurationError

SERVICE: Final = "nba-desktop-backend"
_PARENT: Final = "traceparent"


class Traces:
    """Spans to a receiver of OTLP over HTTP; what it does not take is dropped, and no request waits for it.

    Of a caller's headers only `traceparent` is taken over. The variables OTEL_EXPORTER_OTLP_HEADERS,
    …_CERTIFICATE and OTEL_RESOURCE_ATTRIBUTES say the rest, as in every program that traces. Raises
    `ConfigurationError` where the packages are not installed.
    """

    def __init__(self, endpoint: str, version: str) -> None:
        # An extra of its own: most sites do not trace.
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            raise ConfigurationError(
                "--otlp-endpoint needs packages that are not installed: pip install 'nba-desktop[tracing]'"
            ) from None
        resource = Resource.create({"service.name": SERVICE, "service.version": version})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._propagator = TraceContextTextMapPropagator()
        self._tracer = self._provider.get_tracer(SERVICE, version)

    def close(self) -> None:
        """Send what waits; it takes a few seconds at most."""
        self._provider.shutdown()

    @contextmanager
    def __call__(self, answered: Answered) -> Iterator[None]:
        """Follow a request. No exception is looked at: its text may be personal."""
        parent = answered.headers.get(_PARENT.encode(), b"").decode("latin-1")
        with self._tracer.start_as_current_span(
            answered.method,
            context=self._propagator.extract({_PARENT: parent}),
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            finally:
                span.update_name(f"{answered.method} {answered.route}")
                span.set_attribute("http.request.method", answered.method)
                span.set_attribute("http.route", answered.route)
                span.set_attribute("http.response.status_code", answered.status)
                if answered.status >= 500:
                    span.set_status(StatusCode.ERROR)
