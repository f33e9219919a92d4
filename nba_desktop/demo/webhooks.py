"""Webhooks as a telephone system sends them: real requests, at their time, in their order."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import requests

from nba_desktop.adapters.http_session import new_session
from nba_desktop.demo.site import Hook
from nba_desktop.simulator.scenario import Post

_LIMIT_S = 10.0


class Webhooks:
    """Posts the reports of one scenario from a thread of its own; `problem` says what went wrong."""

    def __init__(self, url: str, dialect: str, hook: Hook, posts: Sequence[Post], run: str, speed: float) -> None:
        self._url = url
        self._hook = hook
        self._posts = posts
        self._run = run
        self._speed = speed
        # sipgate only reports answer and hang-up where the answer to the new call asks for them.
        self._asks_to_be_asked = dialect == "sipgate"
        self._stopped = threading.Event()
        self.problem = ""
        self._thread = threading.Thread(target=self._play, name="webhooks", daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        """Whether all is said."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Say no more."""
        self._stopped.set()
        self._thread.join()

    def _play(self) -> None:
        began = time.monotonic()
        with new_session(_LIMIT_S) as session:
            for post in self._posts:
                if self._stopped.wait(max(0.0, began + post.after / self._speed - time.monotonic())):
                    return
                body = post.body.replace("{run}", self._run).encode()
                try:
                    answer = session.post(
                        f"{self._url}{self._hook.path}", body, headers=self._hook.headers(body), timeout=_LIMIT_S
                    )
                except requests.RequestException as error:
                    self.problem = type(error).__name__
                    return
                if answer.status_code != requests.codes.ok:
                    self.problem = f"HTTP {answer.status_code}"
                    return
                if self._asks_to_be_asked and b"event=newCall" in body and "onHangup" not in answer.text:
                    self.problem = "the answer asks for no further event, so that none would come"
                    return
