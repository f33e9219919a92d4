"""Who works with the panel where agents sign in: whose store is open, whose token asks the backend, who comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from nba_desktop.adapters.agent_stores import AgentStores
from nba_desktop.adapters.sign_in.signing_in import SigningIn, open_in_browser
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn
from nba_desktop.backend_link import BackendLink
from nba_desktop.domain.errors import FailureCode, OutboxError, SignInError
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.session.session import Session

if TYPE_CHECKING:
    from nba_desktop.adapters.network.routes import Routes
    from nba_desktop.adapters.settings import SignInSettings
    from nba_desktop.adapters.sqlite_outbox import SqliteOutbox

_KEPT: Final = "sign-in"


@dataclass(frozen=True, slots=True)
class Entrance:
    """How a panel follows on another one of the same program: with who has just signed in, or after a sign-out.

    After that the provider asks whoever is there.
    """

    signed_in: SignedIn | None = field(default=None, repr=False)
    anew: bool = False


class _StoreKept:
    """The place for the sign-in in an agent's own store."""

    def __init__(self, store: SqliteOutbox) -> None:
        self._store = store

    def read(self) -> str | None:
        return self._store.kept(_KEPT)

    def store(self, token: str) -> None:
        self._store.keep(_KEPT, token)

    def delete(self) -> None:
        self._store.keep(_KEPT, None)


class AgentLink(QObject):
    """One agent's place at the panel, from the start with his store to his leaving.

    `began` says that it is known who works here: from then on calls are his. `token_renewed` says that the link has
    another token. `left` carries the `Entrance` of the panel
    that takes this one's place: another agent has signed in, or this one out. What this one recorded stays in his
    store.
    """

    began = Signal()
    token_renewed = Signal()
    left = Signal(object)

    def __init__(
        self,
        settings: SignInSettings,
        stores: AgentStores,
        entrance: Entrance,
        session: Session,
        link: BackendLink,
        *,
        routes: Routes | None = None,
        open_browser: Callable[[str], bool] = open_in_browser,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stores = stores
        self._entrance = entrance
        self._session = session
        self._link = link
        self._store: SqliteOutbox | None = None
        self._has_begun = False
        signed_in = entrance.signed_in
        self.store_name = stores.last() if signed_in is None else self._name_of(signed_in.agent)
        """Whose store is to be opened; None before anybody has ever signed in here."""
        self._signing_in = SigningIn(
            settings, is_own=self._is_own, routes=routes, open_browser=open_browser, parent=self
        )
        self._signing_in.changed.connect(self._on_changed)
        self._signing_in.token_came.connect(link.use_sign_in)
        self._signing_in.token_renewed.connect(link.on_token_renewed)
        self._signing_in.token_renewed.connect(self.token_renewed)
        self._signing_in.other_came.connect(lambda other: self.left.emit(Entrance(other)))
        self._signing_in.left.connect(lambda: self.left.emit(Entrance(anew=True)))

    @property
    def who(self) -> Agent | None:
        """Who works here, once that is known."""
        return self._signing_in.agent

    @property
    def folder(self) -> Path | None:
        """Where his store lies."""
        return None if self.store_name is None else self._stores.folder(self.store_name)

    @property
    def key_name(self) -> str:
        """The name under which the keyring has the key of his store."""
        return "" if self.store_name is None else self._stores.key_name(self.store_name)

    def start(self, store: SqliteOutbox | None) -> None:
        """Go on with whoever signed in last, else wait until somebody does; `store` is open, if there is one."""
        self._store = store
        kept = _StoreKept(store) if store is not None and store.keeps_secrets else None
        self._signing_in.start(kept, self._entrance.signed_in, anew=self._entrance.anew, left=self._waiting())

    def stop(self) -> None:
        """End: nobody is asked or told anything more."""
        self._signing_in.stop()

    def sign_in(self) -> None:
        """The agent wants to sign in: his browser is opened."""
        self._signing_in.sign_in()

    def give_up(self) -> None:
        """The agent does not want to sign in, after all."""
        self._signing_in.give_up()

    def sign_out(self) -> None:
        """The agent wants to leave; in a call he is asked to do so after it."""
        if self._session.state.contacts:
            self._session.on_notice(Notice(FailureCode.SIGN_OUT_IN_CALL))
        elif self._signing_in.state.status is SignInStatus.SIGNED_IN:
            self._link.send_rest()
            if not self._session.state.contacts:
                # None has come meanwhile.
                self._signing_in.sign_out()

    def _on_changed(self, state: SignInState) -> None:
        self._session.on_sign_in(state)
        if state.status is SignInStatus.CHECKING and state.failure is not None:
            self._link.refuse(SignInError("whether the sign-in still holds could not be asked", state.failure))
        agent = self._signing_in.agent
        if agent is not None and not self._has_begun:
            self._has_begun = True
            self._stores.remember(self._name_of(agent))
            self.began.emit()

    def _is_own(self, agent: Agent) -> bool:
        return self._name_of(agent) == self.store_name

    def _name_of(self, agent: Agent) -> str:
        return self._stores.agent_of(agent.issuer, agent.subject)

    def _waiting(self) -> int:
        try:
            return self._store.status().waiting if self._store is not None else 0
        except OutboxError:
            return 0
