"""Facts of providers for a decision: asked for side by side, waited for once and never for long, kept for a while."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Final

from nba_desktop.backend.decisioning.asked import attributes_asked
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_values import refused_bases
from nba_desktop.backend.decisioning.live import LiveFact, LiveState
from nba_desktop.backend.errors import ProviderFailed
from nba_desktop.backend.model import ConsentFacts, CustomerRecord
from nba_desktop.backend.providers.answer import Answer
from nba_desktop.backend.providers.asking import Ask
from nba_desktop.backend.providers.breaker import Breaker
from nba_desktop.backend.providers.kept import KeptAnswer, KeptAnswers, Key
from nba_desktop.backend.providers.provider import Provider, Providers, told_of

_log = logging.getLogger(__name__)

_MOST_KEPT: Final = 10_000
_VERSIONS: Final = 16
_TELLING: Final = frozenset(10**power for power in range(1, 9))


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked about one authenticated customer: attributes by provider; `refused` are allowed to nobody."""

    customer_id: str = ""
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)


NO_QUESTION: Final = Question()
"""Nobody is asked anything."""


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    """How often a provider was asked, answered, failed and was late, and whether it is left alone now."""

    counts: Mapping[str, int]
    left_alone: bool


@dataclass(slots=True)
class _Line:
    """One provider while the backend runs; `under_way` by customer."""

    provider: Provider
    ask: Ask
    pool: ThreadPoolExecutor
    breaker: Breaker
    under_way: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("asked", "answered", "failed", "late"), 0))


class LiveFacts:
    """Asks the providers of a site; used by many threads.

    A provider that is down or slow holds up nobody but those who ask it: each has threads of its own. Nobody waits
    twice for one request. What answers too late for a decision is kept for the next.
    """

    def __init__(
        self,
        providers: Providers,
        ask_of: Callable[[Provider], Ask],
        clock: Callable[[], datetime],
        tick: Callable[[], float] = monotonic,
    ) -> None:
        self._timeout_s = providers.timeout_s
        self._ask_of = ask_of
        self._clock = clock
        self._tick = tick
        self._lock = threading.Lock()
        self._kept = KeptAnswers(_MOST_KEPT)
        self._asked_by: dict[str, frozenset[str]] = {}
        self._lines = {one.name: self._line(one) for one in providers.listed}

    @property
    def asks_anybody(self) -> bool:
        """Whether the site has providers at all."""
        return bool(self._lines)

    def question(self, catalogue: Catalogue, customer: CustomerRecord, consents: ConsentFacts) -> Question:
        """Return what the catalogue makes use of and the customer allows to be asked; he must be authenticated."""
        if not self.asks_anybody:
            return NO_QUESTION
        used, lines = self._used(catalogue), self._lines
        bases, off = refused_bases(consents), frozenset(catalogue.entry.attributes_off)
        asked: dict[str, frozenset[str]] = {}
        refused: dict[str, frozenset[str]] = {}
        for name, line in lines.items():
            wanted = used & line.provider.readers.keys()
            barred = frozenset(one for one in wanted if one in off or catalogue.schema[one].basis in bases)
            if wanted - barred:
                asked[name] = wanted - barred
            if barred:
                refused[name] = barred
        return Question(customer.customer_id, told_of(customer), asked, refused)

    def unanswered(self, question: Question) -> Question | None:
        """Return the question if somebody has to be asked anew: no answer is at hand, and none is under way."""
        with self._lock:
            now = self._tick()
            return question if any(self._is_open_to(name, question, now) for name in question.asked) else None

    def ask(self, question: Question) -> None:
        """Ask whoever has to be asked, all at once, and wait for them together for as long as a decision may."""
        with self._lock:
            now = self._tick()
            begun = [self._begin(name, question) for name in question.asked if self._is_open_to(name, question, now)]
        # Outside of the lock: whoever answers takes it.
        _, late = wait([one for _, one in begun], timeout=self._timeout_s)
        with self._lock:
            for name, one in begun:
                if one in late and name in self._lines:
                    self._was_late(self._lines[name])

    def facts(self, question: Question) -> tuple[LiveFact, ...]:
        """Return what is known now of every attribute of the question, and why the others are not."""
        with self._lock:
            return tuple(sorted(self._facts(question), key=lambda one: one.attribute))

    def health(self) -> dict[str, ProviderHealth]:
        """Return by name how each provider has done since the start."""
        with self._lock:
            return {name: ProviderHealth(dict(line.counts), line.breaker.is_open) for name, line in self._lines.items()}

    def take(self, providers: Providers) -> None:
        """Ask these from now on; who is declared as before keeps his counts, and every answer is forgotten."""
        with self._lock:
            before, self._lines = self._lines, {}
            self._timeout_s = providers.timeout_s
            self._kept = KeptAnswers(_MOST_KEPT)
            for one in providers.listed:
                known = before.get(one.name)
                if known is not None and known.provider.entry == one.entry:
                    line = before.pop(one.name)
                    line.provider, line.ask = one, self._ask_of(one)
                else:
                    line = self._line(one)
                self._lines[one.name] = line
        for line in before.values():
            line.pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Ask nobody any more; what is under way ends by itself."""
        for line in self._lines.values():
            line.pool.shutdown(wait=False, cancel_futures=True)

    def _line(self, provider: Provider) -> _Line:
        entry = provider.entry
        pool = ThreadPoolExecutor(entry.at_once, thread_name_prefix=f"provider-{entry.name}")
        return _Line(provider, self._ask_of(provider), pool, Breaker(entry.breaker.failures, entry.breaker.pause_s))

    def _used(self, catalogue: Catalogue) -> frozenset[str]:
        with self._lock:
            if catalogue.version not in self._asked_by:
                if len(self._asked_by) >= _VERSIONS:
                    self._asked_by.clear()
                self._asked_by[catalogue.version] = attributes_asked(catalogue)
            return self._asked_by[catalogue.version]

    def _is_open_to(self, name: str, question: Question, now: float) -> bool:
        line = self._lines.get(name)
        # One that another catalogue or file has no more is asked by nobody.
        return line is not None and (
            self._kept.find((name, question.customer_id), question.asked[name], now) is None
            and question.customer_id not in line.under_way
            and len(line.under_way) < line.provider.entry.at_once
            and line.breaker.admits(now)
        )

    def _begin(self, name: str, question: Question) -> tuple[str, Future[None]]:
        line = self._lines[name]
        line.breaker = line.breaker.asked()
        line.under_way.add(question.customer_id)
        line.counts["asked"] += 1
        return name, line.pool.submit(self._take, line, question.customer_id, question.told, question.asked[name])

    def _take(self, line: _Line, customer_id: str, told: Mapping[str, str], asked: Iterable[str]) -> None:
        """Ask one provider and keep what it says; runs on a thread of its own."""
        answer: Answer | None = None
        trouble = ""
        try:
            answer = line.ask(told, asked)
        except ProviderFailed as error:
            trouble = str(error)
        except Exception as error:  # noqa: BLE001
            # Nobody looks at the result of this thread; what it was about may be personal and is not logged.
            trouble = type(error).__name__
            _log.error("asking the provider %s broke off: %s", line.provider.name, trouble)
        with self._lock:
            line.under_way.discard(customer_id)
            if answer is None:
                self._failed(line, trouble)
            else:
                self._answered(line, (line.provider.name, customer_id), answer)

    def _answered(self, line: _Line, key: Key, answer: Answer) -> None:
        now = self._tick()
        line.counts["answered"] += 1
        if line.breaker.is_open:
            _log.warning("the provider %s answers again", line.provider.name)
        line.breaker = line.breaker.answered()
        self._kept.put(key, KeptAnswer(answer, self._clock(), now + line.provider.entry.cache_s), now)

    def _failed(self, line: _Line, trouble: str) -> None:
        line.counts["failed"] += 1
        was_open = line.breaker.is_open
        line.breaker = line.breaker.failed(self._tick())
        if line.breaker.is_open and not was_open:
            _log.warning(
                "the provider %s is left alone for %d s at a time until it answers again: %s (%s)",
                line.provider.name,
                line.provider.entry.breaker.pause_s,
                trouble,
                ", ".join(f"{count} {what}" for what, count in line.counts.items()),
            )

    def _was_late(self, line: _Line) -> None:
        line.counts["late"] += 1
        # Slowness alone opens no breaker: at the tenth, hundredth, thousandth time the log tells of it.
        if line.counts["late"] in _TELLING:
            _log.warning(
                "the provider %s was too late for a decision %d times of %d that it was asked",
                line.provider.name,
                line.counts["late"],
                line.counts["asked"],
            )

    def _facts(self, question: Question) -> Iterator[LiveFact]:
        now = self._tick()
        for name, attributes in question.refused.items():
            yield from (LiveFact(one, name, "not_asked") for one in attributes)
        for name, attributes in question.asked.items():
            kept = self._kept.find((name, question.customer_id), attributes, now)
            for one in attributes:
                yield LiveFact(one, name, self._why_missing(name, question)) if kept is None else _fact(one, name, kept)

    def _why_missing(self, name: str, question: Question) -> LiveState:
        line = self._lines.get(name)
        if line is None:
            return "not_asked"
        if question.customer_id in line.under_way or len(line.under_way) >= line.provider.entry.at_once:
            return "late"
        return "paused" if line.breaker.is_open else "failed"


def _fact(attribute: str, provider: str, kept: KeptAnswer) -> LiveFact:
    if attribute in kept.answer.unfit:
        return LiveFact(attribute, provider, "unfit", at=kept.at)
    value = kept.answer.values.get(attribute)
    if value is None:
        return LiveFact(attribute, provider, "nothing", at=kept.at)
    return LiveFact(attribute, provider, "answered", value, kept.at)
