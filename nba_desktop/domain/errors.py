"""The panel's error tree.

PanelError
├── BackendError
│   ├── BackendOffline        no connection, name not found, connection reset
│   ├── BackendTimeout        connected, but no answer in time
│   ├── BackendFault          5xx, or 408, 425, 429: worth trying again
│   ├── BackendUnauthorised   401: the token is missing, wrong or revoked
│   ├── BackendRefusal        any other 4xx: this request will never be taken
│   ├── BackendMismatch       panel and backend do not fit: one of them must be brought up to date
│   ├── BackendUntrusted      nobody this machine trusts says that it is the backend, or nothing is encrypted
│   ├── BackendBehindProxy    a proxy on the way, or the rule that names it, lets nothing through
│   └── BackendGibberish      an answer that is not ours: HTML of a captive portal, garbage JSON
├── OutboxError
│   ├── OutboxFull            no room on the disk: nothing was stored
│   ├── OutboxUnwritable      the disk failed or may not be written: nothing was stored
│   │   └── OutboxInUse       another panel of this user has it
│   ├── OutboxForbidden       the settings forbid to keep it unencrypted, and there is no key: nothing was stored
│   └── OutboxDamaged         the file is not a sound outbox any more
│       └── OutboxKeyLost     the key at hand is not the one that it is encrypted with
├── OwnStoreError             what is the agent's own could not be read or kept
├── FileNotKept              a file that the user asked for could not be written
├── SiteKeyError              the key that entries are to be sealed to cannot be used
├── SecretsError              the keyring is missing, not allowed, locked, or silent
├── SignInError               nobody was signed in, or is any more
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
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    NOT_OUR_BACKEND = "not_our_backend"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    CERTIFICATE_WRONG_HOST = "certificate_wrong_host"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    NOT_ENCRYPTED = "not_encrypted"
    PROXY_AWAY = "proxy_away"
    PROXY_SIGN_IN = "proxy_sign_in"
    PROXY_ACCOUNT = "proxy_account"
    PROXY_REFUSED = "proxy_refused"
    PROXY_RULE = "proxy_rule"
    PANEL_TOO_OLD = "panel_too_old"
    BACKEND_TOO_OLD = "backend_too_old"
    TOO_LATE = "too_late"
    DISK_FULL = "disk_full"
    DISK_UNWRITABLE = "disk_unwritable"
    STORE_DAMAGED = "store_damaged"
    STORE_KEY_LOST = "store_key_lost"
    STORE_NOT_ENCRYPTED = "store_not_encrypted"
    STORE_IN_MEMORY = "store_in_memory"
    STORE_FORBIDDEN = "store_forbidden"
    STORE_LEFT_SEALED = "store_left_sealed"
    SITE_KEY_UNUSABLE = "site_key_unusable"
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
    SIGN_IN_ENDED = "sign_in_ended"
    SIGN_IN_UNANSWERED = "sign_in_unanswered"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_UNREACHABLE = "sign_in_unreachable"
    SIGN_IN_UNTRUSTED = "sign_in_untrusted"
    SIGN_IN_CLOCK = "sign_in_clock"
    SIGN_IN_NO_BROWSER = "sign_in_no_browser"
    SIGN_OUT_IN_CALL = "sign_out_in_call"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_EXPIRED = "tls_expired"
    TLS_NOT_YET_VALID = "tls_not_yet_valid"
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


_UNTRUSTED_WORDS: Final = {
    FailureCode.CERTIFICATE_UNTRUSTED: "the backend's certificate is signed by nobody this machine trusts",
    FailureCode.CERTIFICATE_WRONG_HOST: "the backend's certificate is for another name",
    FailureCode.CERTIFICATE_EXPIRED: "the backend's certificate has expired",
    FailureCode.CERTIFICATE_NOT_YET_VALID: "the backend's certificate is not valid yet, by this machine's clock",
    FailureCode.NOT_ENCRYPTED: "no encrypted line to the backend comes about",
}


class BackendUntrusted(BackendError):
    """What answers does not prove that it is the backend; nothing was told to it."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(_UNTRUSTED_WORDS[code], code)


_PROXY_WORDS: Final = {
    FailureCode.PROXY_AWAY: "no proxy that leads to the backend answers",
    FailureCode.PROXY_SIGN_IN: "the proxy wants a sign-in",
    FailureCode.PROXY_ACCOUNT: "the proxy refused the account",
    FailureCode.PROXY_REFUSED: "the proxy does not let this machine through to the backend",
    FailureCode.PROXY_RULE: "the rule that names the proxy cannot be used",
}


class BackendBehindProxy(BackendError):
    """The backend was not reached because of what is between; nothing was told to it."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(_PROXY_WORDS[code], code)


UNREACHED: Final = frozenset({*_UNTRUSTED_WORDS, *_PROXY_WORDS})
"""The codes of `BackendUntrusted` and `BackendBehindProxy`."""


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


class OutboxInUse(OutboxUnwritable):
    """Another panel of the same user has the file open."""

    def __init__(self) -> None:
        super().__init__("another running NBA Desktop of this user has the outbox open; close that one first")


class OutboxDamaged(OutboxError):
    """The file is not a sound outbox any more; it is set aside, never overwritten."""

    def __init__(
        self, message: str = "the outbox file is damaged", code: FailureCode = FailureCode.STORE_DAMAGED
    ) -> None:
        super().__init__(message, code)


class OutboxKeyLost(OutboxDamaged):
    """The file may be sound, but the key at hand does not open it; it is set aside until the right one is there."""

    def __init__(self) -> None:
        super().__init__("the outbox file is encrypted with another key", FailureCode.STORE_KEY_LOST)


class OutboxForbidden(OutboxError):
    """The settings forbid an outbox that is not encrypted, and there is no key for one."""

    def __init__(self) -> None:
        super().__init__(
            "the outbox must be encrypted, and neither a keyring nor the site's public key is there",
            FailureCode.STORE_FORBIDDEN,
        )


class OwnStoreError(PanelError):
    """What is the agent's own could not be read or kept; the message never repeats it."""


class FileNotKept(PanelError):
    """A file that the user asked for could not be written."""


class SiteKeyError(PanelError):
    """The key that entries are to be sealed to cannot be used; the message says why, and never repeats it."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"site_public_key: {problem}", FailureCode.SITE_KEY_UNUSABLE)


class SecretsError(PanelError):
    """No token could be read from, or written to, the keyring."""


class SignInError(PanelError):
    """Nobody was signed in, or is any more; the message never repeats a token, a code or a claim."""


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
