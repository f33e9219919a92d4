"""The backend's errors.

BackendError
├── CatalogueErrors         a catalogue cannot be used: every CatalogueError found, at once
├── CatalogueError          one mistake, with file, line, column, message and suggestion
├── ConditionError          one mistake in a condition, with line and column inside it
├── LifecycleError          a version of the catalogue cannot take that step now
├── SampleDataError         the sample customers' file is not usable
├── ConfigurationError      a setting or a command-line option cannot be used
├── LearningError           a propensity model cannot do what is asked
│   ├── FeatureError        … because of a feature or an action: which, and why
│   └── SnapshotError       … because what was stored of it cannot be read
├── EvaluationError         logged data cannot be evaluated: a bad file, a bad row, too little of it
├── AnchorError             the anchors of the consent ledger cannot be read or written, or were changed
├── ProofError              the proof of a consent cannot be made: of what, and the way out
├── IdentityProviderFailed  the identity provider's keys cannot be fetched: what went wrong, in a word
├── ProviderFailed          a system that is asked during a call does not answer: what went wrong, in a word
├── StoreError              the database does not do what it must
│   ├── StoreUnavailable    … now; the same request may succeed later
│   │   └── StoreBusy       … because somebody else is writing
│   ├── StoreTooNew         … because a newer version of the program made it
│   └── UnreadableEntry     … because an entry of the consent ledger cannot be read; says which
└── Refused                 the request is understood and not carried out; has a code, a status and a title
    ├── Unauthenticated     no valid token
    │   └── InvalidToken    … although one came: why it does not count
    ├── SignInUnavailable   a token cannot be checked now; the same request may succeed later
    ├── Forbidden           the caller may not do this
    │   ├── RoleMissing     … nor anything else: his token gives no role here
    │   └── AgentTaken      … because another account stands for his agent
    ├── NotFound            nothing is there by that id
    ├── UnknownContact      no contact began under that id
    ├── UnknownCustomer     no customer has that id
    ├── InvalidMessage      the message breaks a rule of the contract; says where
    ├── Conflict            it contradicts what is already stored
    ├── ConsentProofMissing a consent without what proves it
    ├── ReasonRequired      customers are read outside a contact only with a reason
    ├── MalformedRequest    what came is no HTTP
    ├── TooLarge            the message is longer than allowed
    │   ├── TargetTooLong   … its path and query are
    │   └── HeadTooLarge    … its headers are
    ├── TooSlow             the message came too slowly
    ├── TookTooLong         the answer took too long; the same request may succeed later
    ├── MalformedHook       a telephone system's webhook cannot be read
    ├── PanelTooOld         the panel must be brought up to date before it is answered
    ├── BackendTooOld       the panel is newer than this backend understands
    └── TooManyRequests     more than the source may send; says when to try again
"""

from __future__ import annotations

from typing import ClassVar

from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.problems import FieldProblem


class BackendError(Exception):
    """Anything the backend reports on purpose."""


class CatalogueError(BackendError):
    """One mistake in a catalogue file; line and column count from 1."""

    def __init__(self, file: str, line: int, column: int, message: str, suggestion: str = "") -> None:
        super().__init__(file, line, column, message, suggestion)
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f" – {self.suggestion}" if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"


class CatalogueErrors(BackendError):
    """Every mistake found while loading a catalogue."""

    def __init__(self, errors: tuple[CatalogueError, ...]) -> None:
        super().__init__(errors)
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class ConditionError(BackendError):
    """One mistake in a condition; line and column count from 1 within its text."""

    def __init__(self, message: str, line: int = 1, column: int = 1, suggestion: str = "") -> None:
        super().__init__(message, line, column, suggestion)
        self.message = message
        self.line = line
        self.column = column
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f" – {self.suggestion}" if self.suggestion else ""
        return f"{self.line}:{self.column}: {self.message}{hint}"


class LifecycleError(BackendError):
    """A version of the catalogue cannot take that step now; the text names it, its state and the way out."""


class SampleDataError(BackendError):
    """The sample customers cannot be read; the text names file, place and what is wrong."""


class ConfigurationError(BackendError):
    """A setting or a command-line option cannot be used; the text names it and the way out."""


class LearningError(BackendError):
    """A propensity model cannot do what is asked; the text names what and the way out."""


class FeatureError(LearningError):
    """A feature, or the action to learn of, cannot be used."""


class SnapshotError(LearningError):
    """A snapshot or an update of the model cannot be read."""


class EvaluationError(BackendError):
    """Logged data cannot be evaluated; the text names the place (file, row, column) and the way out."""


class AnchorError(BackendError):
    """The anchors of the consent ledger cannot be read or written, or were changed; the text names the place."""


class ProofError(BackendError):
    """The proof of a consent cannot be made or written; the text says why and the way out."""


class IdentityProviderFailed(BackendError):
    """The identity provider's keys cannot be fetched; the text says what went wrong in a word."""


class ProviderFailed(BackendError):
    """A system that is asked during a call does not answer; the text says what went wrong and repeats no value."""


class StoreError(BackendError):
    """The database does not do what it must."""


class StoreUnavailable(StoreError):
    """The database does not do it now: full disk, lock, lost connection. Nothing was half-written.

    `way_out` is for the site's log and commands: it may name a place on the server, which no panel is told.
    """

    def __init__(self, reason: str, way_out: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.reason}: {self.way_out}" if self.way_out else self.reason


class StoreBusy(StoreUnavailable):
    """Somebody else is writing, and it took too long to wait for him."""


class StoreTooNew(StoreError):
    """The database was made by a newer version of the program."""


class UnreadableEntry(StoreError):
    """The entry of the consent ledger at `position` is no readable text any more, or its page of the file is broken."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the entry {position} of the consent ledger cannot be read")
        self.position = position


class Refused(BackendError):
    """The request is understood and not carried out; the text is the reason and holds no personal data."""

    code: ClassVar[ProblemCode] = ProblemCode.INVALID_MESSAGE
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Refused"

    def __init__(self, detail: str = "", errors: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors


class Unauthenticated(Refused):
    """No valid token came with the request."""

    code = ProblemCode.UNAUTHENTICATED
    status = 401
    title = "A valid token is needed"


class InvalidToken(Unauthenticated):
    """A token came that does not count; the text says why, in ASCII without quotes, and repeats nothing of it.

    `compared` is what it says of the site beside what is expected, for the administrator who tries a token: it is never
    sent.
    """

    def __init__(self, detail: str = "", compared: str = "") -> None:
        super().__init__(detail)
        self.compared = compared


class SignInUnavailable(Refused):
    """A token cannot be checked now, because the identity provider's keys are not known."""

    code = ProblemCode.SIGN_IN_UNAVAILABLE
    status = 503
    title = "Tokens cannot be checked now"
    retry_after_s: ClassVar[int] = 5


class Forbidden(Refused):
    """The caller may not do this."""

    code = ProblemCode.FORBIDDEN
    status = 403
    title = "Not allowed"


class RoleMissing(Forbidden):
    """The identity provider's token gives no role here."""


class AgentTaken(Forbidden):
    """Another account of the identity provider, or a token made here, stands for the agent already."""


class NotFound(Refused):
    """Nothing is there by that id."""

    code = ProblemCode.NOT_FOUND
    status = 404
    title = "Not found"


class UnknownContact(Refused):
    """No contact began under that id."""

    code = ProblemCode.UNKNOWN_CONTACT
    status = 404
    title = "Unknown contact"


class UnknownCustomer(Refused):
    """No customer has that id."""

    code = ProblemCode.UNKNOWN_CUSTOMER
    status = 422
    title = "Unknown customer"


class InvalidMessage(Refused):
    """The message breaks a rule of the contract."""

    code = ProblemCode.INVALID_MESSAGE
    status = 422
    title = "Invalid message"


class Conflict(Refused):
    """It contradicts what is already stored."""

    code = ProblemCode.CONFLICT
    status = 409
    title = "Conflict with what is stored"


class ConsentProofMissing(Refused):
    """A consent without what proves it."""

    code = ProblemCode.CONSENT_PROOF_MISSING
    status = 422
    title = "The consent cannot be proved"


class ReasonRequired(Refused):
    """Customers are read outside a contact only with a reason."""

    code = ProblemCode.REASON_REQUIRED
    status = 422
    title = "A reason is needed"


class TooLarge(Refused):
    """The message is longer than allowed."""

    code = ProblemCode.TOO_LARGE
    status = 413
    title = "Too large"


class MalformedRequest(Refused):
    """What came is no HTTP."""

    code = ProblemCode.INVALID_MESSAGE
    status = 400
    title = "Malformed request"


class TargetTooLong(TooLarge):
    """Path and query are longer than allowed."""

    status = 414


class HeadTooLarge(TooLarge):
    """The headers are longer than allowed."""

    status = 431


class TooSlow(Refused):
    """The message came too slowly."""

    code = ProblemCode.TIMED_OUT
    status = 408
    title = "Too slow"


class TookTooLong(Refused):
    """The answer took too long; the same request may succeed later."""

    code = ProblemCode.TIMED_OUT
    status = 503
    title = "No answer in time"


class MalformedHook(Refused):
    """A telephone system's webhook cannot be read; the text names the field and repeats nothing of it."""

    code = ProblemCode.INVALID_MESSAGE
    status = 400
    title = "Malformed webhook"


class TooManyRequests(Refused):
    """More than the source may send; `retry_after_s` says when to try again."""

    code = ProblemCode.RATE_LIMITED
    status = 429
    title = "Too many requests"

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class PanelTooOld(Refused):
    """The panel must be brought up to date; `needed` is the version it must have at least.

    Not 426: that one is about the protocol of the connection, and must name one in an Upgrade header that the client
    may switch to (RFC 9110 section 15.5.22).
    """

    code = ProblemCode.PANEL_TOO_OLD
    status = 409
    title = "The panel is too old for this backend"

    def __init__(self, needed: str) -> None:
        super().__init__(f"the panel must have version {needed} or newer")
        self.needed = needed


class BackendTooOld(Refused):
    """The panel is newer than this backend understands."""

    code = ProblemCode.BACKEND_TOO_OLD
    status = 409
    title = "This backend is too old for the panel"
