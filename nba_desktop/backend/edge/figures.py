"""Figures for monitoring, in the format of Prometheus; nothing of anybody, and no more labels than the program has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from nba_desktop.backend.outbound.endpoints import EndpointStatus

_REQUEST_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 60.0)
_DECISION_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)


class Figures:
    """Everything that is counted in this process, in a registry of its own."""

    def __init__(self, version: str, protocol: int) -> None:
        # A second series for each, which says since when it is counted; the process says when it began.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "nba_requests", "Answers by route, method and class of status.", ["route", "method", "status"],
            registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "nba_request_seconds", "From request to the end of its answer.", ["route"], buckets=_REQUEST_S,
            registry=registry,
        )  # fmt: skip
        self._problems = Counter(
            "nba_problems",
            "Requests that were not carried out, by code: unauthenticated, rate_limited, store_unavailable …",
            ["code"],
            registry=registry,
        )
        self.in_flight = Gauge("nba_requests_in_flight", "Requests that wait for their answer.", registry=registry)
        self._decisions = Counter(
            "nba_decisions", "Decisions: those that show something, and why the others do not.", ["result"],
            registry=registry,
        )  # fmt: skip
        self._decision_s = Histogram(
            "nba_decision_seconds", "The making of a decision.", buckets=_DECISION_S, registry=registry
        )
        self._streams = Gauge("nba_streams", "Panels that listen for calls.", registry=registry)
        self._certificate = Gauge(
            "nba_certificate_ends_seconds", "When the server's certificate ends, as a Unix time.", registry=registry
        )
        Gauge("nba_build", "1, with the versions as labels.", ["version", "protocol"], registry=registry).labels(
            version, str(protocol)
        ).set(1)
        ProcessCollector(registry=registry)
        # By their labels: to look one up in the library takes longer than to count.
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, route: str, method: str, status: int, seconds: float, problem: str) -> None:
        """Count an answer; `problem` is the code of its problem document, if it is one."""
        key = (route, method, status // 100)
        known = self._known.get(key)
        if known is None:
            counter = self._requests.labels(route, method, f"{status // 100}xx")
            known = self._known[key] = (counter, self._seconds.labels(route))
        known[0].inc()
        known[1].observe(seconds)
        if problem:
            self._problems.labels(problem).inc()

    def decided(self, result: str, seconds: float) -> None:
        """Count a decision: `shown`, or why it shows nothing."""
        self._decisions.labels(result).inc()
        self._decision_s.observe(seconds)

    def watch_streams(self, listening: Callable[[], int]) -> None:
        """Ask for the number of streams whenever somebody looks."""
        self._streams.set_function(listening)

    def watch_outbound(self, status: Callable[[], Sequence[EndpointStatus]], clock: Callable[[], datetime]) -> None:
        """Ask for what waits at the receivers of results whenever somebody looks."""
        self._registry.register(_Outbound(status, clock))

    def watch_certificate(self, ends_at: Callable[[], datetime]) -> None:
        """Ask for the end of the certificate whenever somebody looks."""
        self._certificate.set_function(lambda: ends_at().timestamp())

    def text(self) -> bytes:
        """Return all of them as Prometheus reads them; asks the store, so not on the server's thread."""
        return generate_latest(self._registry)


class _Outbound(Collector):
    def __init__(self, status: Callable[[], Sequence[EndpointStatus]], clock: Callable[[], datetime]) -> None:
        self._status = status
        self._clock = clock

    def describe(self) -> Iterable[Metric]:
        """Said without a look into the store, which the registry would otherwise take when this is made."""
        return self._families()

    def collect(self) -> Iterable[Metric]:
        """Look into the store."""
        waiting, dead, oldest = families = self._families()
        now = self._clock()
        for one in self._status():
            name, counts = [one.endpoint.name], one.counts
            waiting.add_metric(name, counts.waiting)
            dead.add_metric(name, counts.dead)
            since = now if counts.oldest is None else counts.oldest
            oldest.add_metric(name, max(0.0, (now - since).total_seconds()))
        return families

    @staticmethod
    def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily, GaugeMetricFamily]:
        label = ["endpoint"]
        return (
            GaugeMetricFamily("nba_outbound_waiting", "Results that wait for a receiver.", labels=label),
            GaugeMetricFamily("nba_outbound_dead", "Results that a receiver will not get by itself.", labels=label),
            GaugeMetricFamily("nba_outbound_oldest_seconds", "Since when the oldest of them waits.", labels=label),
        )
