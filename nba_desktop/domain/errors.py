"""The panel's error tree.

PanelError
├── BackendError
│   ├── BackendOffline        no connection, name not found, connection reset
│   ├── BackendTimeout        connected, but no answer in time
│   ├── BackendFault          5xx, or 408, 425, 429: worth trying again
│   ├── BackendUnauthorised   401: the token is missing, wrong or revoked
│   ├── BackendRefusal        any other 4xx: this request will never be taken
│   ├── BackendMismatch       panel and backend do not fit: one of them must be brought up to date
│   └── BackendGibberish      an answer that is not ours: HTML of a captive portal, garbage JSON
├── OutboxError
│   ├── OutboxFull            no room on the disk: nothing was stored
│   ├── OutboxUnwritable      the disk failed or may not be written: nothing was stored
│   └── OutboxDamaged         the file is not a sound outbox any more
├── OwnStoreError             what is the agent's own could not be read or kept
├── FileNotKept              a file that the user asked for could not be written
├── SecretsError              the keyring is missing, not allowed, locked, or silent
├── SettingsError             a settings file that cannot be used
│   ├── PolicyError           the machine's policy cannot be relied on
│   └── SettingLocked         the machine's policy holds what this start was to change
├── CallUrlError              an address or command line that names no call and no customer
└── BackendStartError         the embedded backend did not come up
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from nba_desktop.contract.problems import Problem
from nba_desktop.domain.blocked import Blocked, BlockedCode


class FailureCode(StrEnum):
    """What went wrong, as a code that the panel has a sentence for."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    SERVER_FAULT = "server_fault"
    UNAUTHORISED = "unauthorised"
    REFUSED = "refused"
    NOT_OUR_BACKEND = "not_our_backend"
    PANEL_TOO_OLD = "panel_too_old"
    BACKEND_TOO_OLD = "backend_too_old"
    TOO_LATE = "too_late"
    DISK_FULL = "disk_full"
    DISK_UNWRITABLE = "disk_unwritable"
    STORE_DAMAGED = "store_damaged"
    KEYRING_MISSING = "keyring_missing"
    KEYRING_NOT_ALLOWED = "keyring_not_allowed"
    KEYRING_LOCKED = "keyring_locked"
    KEYRING_SILENT = "keyring_silent"
    KEYRING_NO_TOKEN = "keyring_no_token"
    SETTINGS_INVALID = "settings_invalid"
    POLICY_INVALID = "policy_invalid"
    SETTING_LOCKED = "setting_locked"
    CALL_URL_INVALID = "call_url_invalid"
    BACKEND_NOT_STARTED = "backend_not_started"
    LOGIN_REFUSED = "login_refused"
    RIGHTS_MISSING = "rights_missing"
    SIGN_IN_NEEDED = "sign_in_needed"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_EXPIRED = "tls_expired"
    TLS_FAILED = "tls_failed"
    DOCK_INNER_EDGE = "dock_inner_edge"
    DOCK_IMPOSSIBLE = "dock_impossible"
    CALL_GOES_ON = "call_goes_on"
    HOTKEY_TAKEN = "hotkey_taken"
    HOTKEY_IMPOSSIBLE = "hotkey_impossible"
    KEY_UNUSABLE = "key_unusable"
    PREFERENCES_DAMAGED = "preferences_damaged"
    PREFERENCES_UNWRITABLE = "preferences_unwritable"
    PRACTICE_UNAVAILABLE = "practice_unavailable"
    REVIEW_UNAVAILABLE = "review_unavailable"
    REVIEW_OPEN = "review_open"
    CRM_NOT_OPENED = "crm_not_opened"


class PanelError(Exception):
    """Anything the panel expects to go wrong; `code` selects the sentence that the agent reads."""

    code: FailureCode

    def __init__(self, message: str, code: FailureCode) -> None:
        super().__init__(message)
        self.code = code


class BackendError(PanelError):
    """The backend did not give a usable answer."""


class BackendOffline(BackendError):
    """No connection to the backend."""

    def __init__(self, message: str = "the backend cannot be reached") -> None:
        super().__init__(message, FailureCode.OFFLINE)


class BackendTimeout(BackendError):
    """Connected, but no answer in time."""

    def __init__(self, message: str = "the backend did not answer in time") -> None:
        super().__init__(message, FailureCode.TIMEOUT)


class BackendFault(BackendError):
    """The backend failed in a way that may pass: 5xx, 408, 425, 429; `retry_after_s` if it said so."""

    def __init__(self, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(f"the backend answered {status}", FailureCode.SERVER_FAULT)
        self.status = status
        self.retry_after_s = retry_after_s


class BackendUnauthorised(BackendError):
    """The token is missing, wrong or revoked."""

    def __init__(self) -> None:
        super().__init__("the backend does not accept the token", FailureCode.UNAUTHORISED)


class BackendRefusal(BackendError):
    """The backend will never take this request; `problem` says why."""

    def __init__(self, status: int, problem: Problem | None) -> None:
        super().__init__(f"the backend refused the request with {status}", FailureCode.REFUSED)
        self.status = status
        self.problem = problem


class BackendMismatch(BackendError):
    """Panel and backend do not fit; waiting for either's update loses nothing.

    `panel` and `backend` are their versions, `needed` the least that the older of the two must have, `server` is the
    backend's address; each is empty where it is not known.
    """

    def __init__(
        self, code: FailureCode, panel: str = "", backend: str = "", needed: str = "", server: str = ""
    ) -> None:
        older = "panel" if code is FailureCode.PANEL_TOO_OLD else "backend"
        super().__init__(f"the {older} is too old", code)
        self.panel = panel
        self.backend = backend
        self.needed = needed
        self.server = server

    @property
    def blocked(self) -> Blocked:
        """The same as what the screen shows of it."""
        code = BlockedCode(self.code.value)
        return Blocked(code, panel=self.panel, backend=self.backend, needed=self.needed, server=self.server)


MISMATCHES: Final = frozenset({FailureCode.PANEL_TOO_OLD, FailureCode.BACKEND_TOO_OLD})
"""The codes of `BackendMismatch`."""


class BackendGibberish(BackendError):
    """Something answered, but it is not our backend."""

    def __init__(self, message: str = "the answer is not the backend's") -> None:
        super().__init__(message, FailureCode.NOT_OUR_BACKEND)


class OutboxError(PanelError):
    """The outbox could not keep what it was given; nothing of it was stored."""


class OutboxFull(OutboxError):
    """No room left on the disk."""

    def __init__(self, message: str = "no room left on the disk for the outbox") -> None:
        super().__init__(message, FailureCode.DISK_FULL)


class OutboxUnwritable(OutboxError):
    """The disk failed, or the file may not be written."""

    def __init__(self, message: str = "the outbox cannot be written") -> None:
        super().__init__(message, FailureCode.DISK_UNWRITABLE)


class OutboxDamaged(OutboxError):
    """The file is not a sound outbox any more; it is set aside, never overwritten."""

    def __init__(self, message: str = "the outbox file is damaged") -> None:
        super().__init__(message, FailureCode.STORE_DAMAGED)


class OwnStoreError(PanelError):
    """What is the agent's own could not be read or kept; the message never repeats it."""


class FileNotKept(PanelError):
    """A file that the user asked for could not be written."""


class SecretsError(PanelError):
    """No token could be read from, or written to, the keyring."""


class SettingsError(PanelError):
    """A settings file that cannot be used; `where` is the file and place, `problem` what is wrong there."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}", FailureCode.SETTINGS_INVALID)
        self.where = where
        self.problem = problem


class PolicyError(SettingsError):
    """The machine's policy cannot be relied on: nothing is connected, since what it was to forbid is not known."""

    def __init__(self, where: str, says: str, way_out: str) -> None:
        super().__init__(where, f"{says}; {way_out}")
        self.code = FailureCode.POLICY_INVALID
        self.says = says
        self.way_out = way_out


class SettingLocked(SettingsError):
    """The machine's policy holds a setting that an option of this start was to change."""

    def __init__(self, where: str, key: str, option: str) -> None:
        super().__init__(where, f"holds {key}; start without {option}")
        self.code = FailureCode.SETTING_LOCKED


class CallUrlError(PanelError):
    """An address that names no call and no customer; the message never repeats the argument."""

    def __init__(self, reason: str, rule: str = "") -> None:
        super().__init__(f"not a call URL: {rule or reason}", FailureCode.CALL_URL_INVALID)
        self.reason = reason


class BackendStartError(PanelError):
    """The embedded backend did not come up; the message carries its last words."""

    def __init__(self, message: str) -> None:
        super().__init__(message, FailureCode.BACKEND_NOT_STARTED)
