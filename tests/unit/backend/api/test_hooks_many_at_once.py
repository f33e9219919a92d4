"""Many webhooks at once ask the store once what has changed, and none waits for it that need not."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.types import Message

from nba_desktop.backend.api.hooks import hooks_router
from nba_desktop.backend.calls.feed import Feed
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.calls.source import Source
from nba_desktop.backend.calls.sources import FRESH_FOR_S, KnownSources, SourceService
from tests.fakes.hub_calls import source_of

LIMIT_S = 20
TOKEN = "geheim-und-lang-genug"


class SlowService(SourceService):
    """Says which sources there are as soon as it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.being_asked = threading.Event()
        self.let = threading.Event()

    def sources(self) -> Mapping[str, Source]:
        self.asked += 1
        self.being_asked.set()
        assert self.let.wait(LIMIT_S)
        return {"pbx": source_of("zammad", secret_sha256=hashlib.sha256(TOKEN.encode()).hexdigest())}


class Site:
    def __init__(self) -> None:
        self.now = 0.0
        self.service = SlowService()
        self.hub = Hub(Feed(1), lambda: datetime(2026, 3, 12, tzinfo=UTC))
        self.app = FastAPI()
        known = KnownSources(self.service, lambda: self.now)
        self.app.include_router(hooks_router(self.hub, known, RateLimit(lambda: self.now)))

    async def post(self, call: str) -> int:
        """Report a new call, and return the answer's status."""
        body = f"event=newCall&callId={call}&direction=in&user=Anna+Adler".encode()
        answers: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            answers.append(message)

        path = "/v1/hooks/pbx"
        scope = {"type": "http", "method": "POST", "path": path, "query_string": f"token={TOKEN}".encode()}
        await self.app(scope | {"headers": [], "root_path": "", "http_version": "1.1"}, receive, send)
        status: int = answers[0]["status"]
        return status

    async def post_many(self, name: str) -> list[asyncio.Task[int]]:
        """Let one hundred begin; return once the first asks the store."""
        tasks = [asyncio.create_task(self.post(f"{name}{number}")) for number in range(100)]
        assert await asyncio.to_thread(self.service.being_asked.wait, LIMIT_S)
        return tasks


def test_the_first_webhooks_wait_for_one_answer_of_the_store() -> None:
    async def run() -> None:
        site = Site()
        tasks = await site.post_many("a")
        site.service.let.set()
        assert set(await asyncio.gather(*tasks)) == {200}
        assert (site.service.asked, site.hub.live_calls) == (1, 100)

    asyncio.run(asyncio.wait_for(run(), LIMIT_S))


def test_later_ones_go_on_with_what_is_known_while_one_asks() -> None:
    async def run() -> None:
        site = Site()
        site.service.let.set()
        assert await site.post("first") == 200
        site.service.let.clear()
        site.service.being_asked.clear()
        site.now += FRESH_FOR_S
        tasks = await site.post_many("a")
        done, asking = await asyncio.wait(tasks, timeout=LIMIT_S, return_when="FIRST_COMPLETED")
        while len(done) < len(tasks) - 1:
            more, asking = await asyncio.wait(asking, timeout=LIMIT_S, return_when="FIRST_COMPLETED")
            assert more, "a webhook waits for the store"
            done |= more
        assert (site.service.asked, site.hub.live_calls) == (2, 100)
        site.service.let.set()
        assert set(await asyncio.gather(*tasks)) == {200}
        assert (site.service.asked, site.hub.live_calls) == (2, 101)

    asyncio.run(asyncio.wait_for(run(), 2 * LIMIT_S))
