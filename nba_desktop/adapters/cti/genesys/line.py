"""The line to Genesys Cloud, lived through in a thread of its own: token, channel, topic, socket, snapshot, renewal."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from nba_desktop.adapters.cti.genesys.access import AccessKeeper, RefreshTokens
from nba_desktop.adapters.cti.genesys.api import GenesysApi
from nba_desktop.adapters.cti.genesys.channel_socket import ChannelSocket
from nba_desktop.adapters.cti.genesys.messages import Problem, Talk, read_message
from nba_desktop.adapters.cti.genesys.payload import Conversation, read_conversation, read_listing
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.snapshot import GenesysTranslator
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble, TokenRefused
from nba_desktop.adapters.cti.link_events import link_event
from nba_desktop.adapters.cti.retry import Backoff
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.sign_in.pages import SignInPages
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import SettingsError

_log = logging.getLogger(__name__)

Item = CallEvent | LinkState | bytes | Problem

_PING = json.dumps({"message": "ping"})


@dataclass(frozen=True, slots=True)
class GenesysTiming:
    """How long to wait, in milliseconds. The pause between attempts doubles from `retry_first` to `retry_longest`.

    The service sends a heartbeat every 30 s; after `heartbeat` without a word it is asked, and has `pong` to answer.
    A channel or a token is renewed `renew_before` its end, or at half of a shorter life. After a change of channels,
    what was heard on the old one is not heard again within `overlap`.
    """

    connect: int = 5_000
    request: int = 10_000
    sign_in: int = 180_000
    heartbeat: int = 40_000
    pong: int = 5_000
    renew_before: int = 3_600_000
    overlap: int = 10_000
    retry_first: int = 500
    retry_longest: int = 30_000
    retry_refused: int = 60_000


class GenesysLine:
    """One life of the line, from `start` to `stop`; `deliver` is called in its thread.

    After `stop` has returned nothing is delivered any more, however long a request still takes.
    """

    def __init__(
        self,
        settings: GenesysSourceSettings,
        timing: GenesysTiming,
        deliver: Callable[[Item], None],
        open_browser: Callable[[str], None],
        *,
        translator: Callable[[str], GenesysTranslator],
        pages: SignInPages,
        kept: RefreshTokens | None = None,
        routes: Routes | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._timing = timing
        self._deliver = deliver
        self._translator_for = translator
        self._now = now
        self._stopped = threading.Event()
        self._asked_again = threading.Event()
        self._lock = threading.Lock()
        self._socket: ChannelSocket | None = None
        self._translator: GenesysTranslator | None = None
        self._up = False
        self._is_prepared = False
        self._backoff = Backoff(timing.retry_first, timing.retry_longest, jitter)
        self._lacking: tuple[str, ...] = ()
        self._user_id = settings.user_id
        self._renew_at = 0.0
        self._open_browser = open_browser
        self._pages = pages
        self._kept = kept
        self._routes = routes
        self._thread = threading.Thread(target=self._run, name="genesys", daemon=True)

    def start(self) -> None:
        """Begin to connect."""
        self._thread.start()

    def stop(self) -> None:
        """Deliver nothing any more and let go; does not wait for what is on its way."""
        with self._lock:
            self._stopped.set()
            socket = self._socket
        self._asked_again.set()
        if socket is not None:
            socket.close()

    def sign_in(self) -> None:
        """Let the agent sign in again, when that is what the line waits for."""
        self._asked_again.set()

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._wait(self._lose(self._live()))
        finally:
            if self._is_prepared:
                self._api.close()

    def _live(self) -> LineTrouble:
        """Connect and listen for as long as it goes; return why it ended."""
        try:
            if not self._is_prepared:
                self._prepare()
            self._connect()
            self._listen()
        except LineTrouble as trouble:
            return trouble
        except SettingsError:
            # The file of certificates was there when the settings were read, and may come back.
            return LineTrouble("tls_untrusted")
        except Exception as error:  # noqa: BLE001 - a defect must not end the line; nobody would start it again
            # Its message may repeat what was heard.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.critical("defect in the line to Genesys Cloud: %s\n%s", type(error).__name__, where)
        return LineTrouble("closed")

    def _prepare(self) -> None:
        """Done in the thread, because the certificates of the machine take a while to read."""
        self._api = GenesysApi(
            self._settings,
            self._stopped,
            connect_s=self._timing.connect / 1000,
            total_s=self._timing.request / 1000,
            routes=self._routes,
            now=self._now,
        )
        self._access = AccessKeeper(
            self._settings,
            self._api,
            self._open_browser,
            self._stopped,
            sign_in_s=self._timing.sign_in / 1000,
            pages=self._pages,
            kept=self._kept,
        )
        self._is_prepared = True

    def _connect(self) -> None:
        self._say(LinkState(self._settings.source, "connecting"))
        self._lacking = ()
        try:
            self._begin()
        except TokenRefused:
            # It may have ended sooner than it said: once with a new one, and then it is a matter of rights.
            self._access.forget()
            try:
                self._begin()
            except TokenRefused:
                self._access.forget()
                refused = "login_refused" if self._settings.grant == "client_credentials" else "sign_in_needed"
                raise LineTrouble(refused) from None
        self._up = True
        self._say(LinkState(self._settings.source, "up"))
        self._say_link_event(CallEventType.LINK_UP, "")
        self._take_snapshot()
        self._backoff.reset()

    def _begin(self) -> None:
        """Know whose calls are meant, and listen to them."""
        token = self._access.token()
        if self._settings.grant == "pkce":
            self._user_id = self._api.user_id(token)
        self._translator = self._translator_for(self._user_id)
        self._open()

    def _open(self) -> None:
        """Open a channel with its topic, and have it in the old one's place."""
        token = self._access.token()
        channel = self._api.open_channel(token)
        socket = ChannelSocket(channel, self._api.context, self._timing.connect / 1000, self._routes)
        try:
            self._api.subscribe(token, channel, (f"v2.users.{self._user_id}.conversations",))
        except BaseException:
            socket.close()
            raise
        with self._lock:
            stopped = self._stopped.is_set()
            self._socket = None if stopped else socket
        if stopped:
            socket.close()
            raise LineTrouble("stopped")
        life_s = min(channel.lifetime_s, self._access.left_s) if self._access.can_renew else channel.lifetime_s
        self._renew_at = time.monotonic() + max(life_s - self._timing.renew_before / 1000, life_s / 2)

    def _listen(self) -> None:
        asked = False
        heard_twice: Counter[str] = Counter()
        overlap_ends = 0.0
        while not self._stopped.is_set():
            socket = self._socket
            if socket is None:
                return
            quiet_s = (self._timing.pong if asked else self._timing.heartbeat) / 1000
            until_renewal_s = max(self._renew_at - time.monotonic(), 0.0)
            message = socket.receive(min(quiet_s, until_renewal_s))
            if message is not None:
                asked = False
                talk = self._take(message, heard_twice if time.monotonic() < overlap_ends else Counter())
                if talk is Talk.CLOSING:
                    self._renew_at = 0.0
            elif quiet_s < until_renewal_s:
                if asked:
                    raise LineTrouble("silent")
                asked = True
                socket.send(_PING)
            if time.monotonic() >= self._renew_at:
                heard_twice = self._renew(socket)
                overlap_ends = time.monotonic() + self._timing.overlap / 1000
                asked = False

    def _renew(self, old: ChannelSocket) -> Counter[str]:
        """Change to a new channel without a gap; return what was heard on the old one meanwhile."""
        try:
            if self._access.can_renew and self._access.left_s < old.channel.lifetime_s:
                self._access.renew()
            self._open()
        except LineTrouble as trouble:
            if isinstance(trouble, TokenRefused):
                self._access.forget()
            # The old channel still lives: it is listened to, and this is tried again.
            self._renew_at = time.monotonic() + max(self._backoff.next_pause(), trouble.retry_after_ms) / 1000
            return Counter()
        self._backoff.reset()
        heard: Counter[str] = Counter()
        try:
            while (message := old.receive(0.0)) is not None:
                heard[_gist(message)] += 1
                self._take(message, Counter())
        except LineTrouble:
            pass  # the service closed it first; all that it had to say was heard
        old.close()
        return heard

    def _take(self, message: str | bytes, heard: Counter[str]) -> Talk:
        if heard and heard[(gist := _gist(message))] > 0:
            heard[gist] -= 1
            return Talk.NOTHING
        data = message.encode() if isinstance(message, str) else message
        self._say(data)
        read = read_message(data, self._user_id)
        if isinstance(read, Conversation):
            self._tell([read], snapshot=False)
            return Talk.NOTHING
        if isinstance(read, Problem):
            self._say(read)
            return Talk.NOTHING
        return read

    def _take_snapshot(self) -> None:
        """Ask what calls there are; without the right to, the line still tells of new ones."""
        try:
            listing = self._listing()
        except LineTrouble as trouble:
            if not trouble.lacking:
                raise
            self._lacking = (*self._lacking, trouble.lacking)
            self._say(LinkState(self._settings.source, "up", lacking=self._lacking))
            return
        self._say(json.dumps(listing).encode())
        conversations = read_listing(listing)
        if conversations is None:
            self._say(Problem("not_a_listing"))
        else:
            self._tell(conversations, snapshot=True)

    def _listing(self) -> dict[str, Any]:
        token = self._access.token()
        if self._settings.grant == "pkce":
            return self._api.active_conversations(token)
        assert self._translator is not None
        ids = dict.fromkeys((*self._translator.conversations, *self._api.open_conversation_ids(token, self._user_id)))
        found = [self._api.conversation(token, one) for one in ids]
        return {"entities": [one for one in found if one is not None and read_conversation(one) is not None]}

    def _tell(self, conversations: list[Conversation], *, snapshot: bool) -> None:
        translator, at = self._translator, self._now()
        if translator is None or self._stopped.is_set():
            return
        if snapshot:
            events = translator.snapshot(conversations, at)
        else:
            events = [event for one in conversations for event in translator.translate(one, at)]
        for event in events:
            self._say(event)

    def _lose(self, trouble: LineTrouble) -> int | None:
        """Say that the line is lost; return how long to wait, None until the agent signs in again."""
        with self._lock:
            socket, self._socket = self._socket, None
        if socket is not None:
            socket.close()
        code = trouble.code
        if isinstance(trouble, TokenRefused):
            # Taken back while the line was up: the next attempt begins with a new one.
            self._access.forget()
            code = "closed"
        pause: int | None = max(self._backoff.next_pause(), trouble.retry_after_ms)
        if code == "sign_in_needed":
            pause = None
        elif code == "login_refused":
            pause = self._timing.retry_refused
        was_up, self._up = self._up, False
        if was_up:
            self._say_link_event(CallEventType.LINK_DOWN, code)
        lacking = (trouble.lacking,) if trouble.lacking else ()
        self._say(LinkState(self._settings.source, "down", code, pause, lacking))
        return pause

    def _wait(self, pause: int | None) -> None:
        self._asked_again.wait(None if pause is None else pause / 1000)
        if self._asked_again.is_set() and not self._stopped.is_set():
            self._asked_again.clear()
            if self._is_prepared:
                self._access.ask_agent()

    def _say_link_event(self, type_: CallEventType, detail: str) -> None:
        self._say(link_event(self._settings.source, type_, self._now(), detail))

    def _say(self, item: Item) -> None:
        with self._lock:
            if not self._stopped.is_set():
                self._deliver(item)


def _gist(message: str | bytes) -> str:
    """What a message says, without the marks of the channel it came by."""
    try:
        values = json.loads(message)
    except (ValueError, RecursionError):
        return repr(message)
    return json.dumps(values.get("eventBody"), sort_keys=True) if isinstance(values, dict) else repr(message)
