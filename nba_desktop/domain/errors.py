"""The panel's error tree.

PanelError
├── BackendError
│   ├── BackendOffline        no connection, name not found, connection reset
│   ├── BackendTimeout        connected, but no answer in time
│   ├── BackendFault          5xx, or 408, 425, 429: worth trying again
│   ├── BackendUnauthorised   401: the token is missing, wrong or revoked
│   ├── BackendRefusal        any other 4xx: this request will never be taken
│   └── BackendGibberish      an answer that is not ours: HTML of a captive portal, garbage JSON
├── OutboxError
│   ├── OutboxFull            no room on the disk: nothing was stored
│   ├── OutboxUnwritable      the disk failed or may not be written: nothing was stored
│   └── OutboxDamaged         the file is not a sound outbox any more
├── OwnStoreError             what is the agent's own could not be read or kept
├── FileNotKept              a file that the user asked for could not be written
├── SecretsError              the keyring is missing, not allowed, locked, or silent
├── SettingsError             a settings file that cannot be used
├── CallUrlError              an address or command line that names no call and no customer
└── BackendStartError         the embedded backend did not come up
"""

from __future__ import annotations

from enum import StrEnum

from nba_desktop.contract.problems import Problem


class FailureCode(StrEnum):
    """What went wrong, as a code that the panel has a sentence for."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    SERVER_FAULT = "server_fault"
    UNAUTHORISED = "unauthorised"
    REFUSED = "refused"
    NOT_OUR_BACKEND = "not_our_backend"
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


class CallUrlError(PanelError):
    """An address that names no call and no customer; the message never repeats the argument."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not a call URL: {reason}", FailureCode.CALL_URL_INVALID)
        self.reason = reason


class BackendStartError(PanelError):
    """The embedded backend did not come up; the message carries its last words."""

    def __init__(self, message: str) -> None:
        super().__init__(message, FailureCode.BACKEND_NOT_STARTED)
