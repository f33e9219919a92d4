"""What a site declares of the systems that are asked during a call, as written in `providers.yaml`."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from nba_desktop.backend.providers.template import check_template
from nba_desktop.contract.base import Code

_SCHEMES: Final = {"https", "http"}


def _sendable(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError(
            "the address cannot be read: it looks like https://tariffs.example/quotes/{customer_no}"
        ) from None
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError("an address has ASCII characters only: write others as %XX")
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("the address is not https://…")
    if "{" in f"{parts.scheme}{parts.netloc}":
        raise ValueError("a placeholder stands in the path or behind the '?', never in the name of the server")
    if parts.username or parts.password:
        raise ValueError("the address holds a password: name where it is found with 'credentials'")
    if parts.fragment:
        raise ValueError("the part behind '#' is never sent: remove it")
    if parts.scheme == "http" and not _is_this_machine(parts.hostname):
        raise ValueError("customers' data would be sent in the clear: write https://")
    check_template(url)
    return url


def _fillable(body: dict[str, Any]) -> dict[str, Any]:
    check_template(body)
    return body


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CredentialsEntry(_Part):
    """Where the secret of a request is found: in a variable of the environment, or in a file; never here.

    It is sent as `header`, behind `prefix`.
    """

    env: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] | None = None
    file: Annotated[str, Field(min_length=1)] | None = None
    header: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")] = "Authorization"
    prefix: Annotated[str, StringConstraints(pattern=r"^[ -~]*$", max_length=32)] = "Bearer "

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("write either 'env: NAME OF A VARIABLE' or 'file: PATH'")
        return self


class BreakerEntry(_Part):
    """After so many failures in a row the provider is left alone for `pause_s`, then tried with one request."""

    failures: Annotated[int, Field(ge=1, le=100)] = 5
    pause_s: Annotated[int, Field(ge=1, le=3600)] = 30


class FactEntry(_Part):
    """Where an attribute stands in an answer: names and places from the outside in, `offer.prices.0.eur`.

    `codes` are our values by the other system's, `otherwise` stands for one that is not among them. `format` is how
    dates are written, as strftime has it; without it they are ISO 8601.
    """

    path: Annotated[str, Field(min_length=1, max_length=200)]
    codes: dict[str, str | int | float | bool] | None = None
    otherwise: str | int | float | bool | None = None
    format: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.otherwise is not None and self.codes is None:
            raise ValueError("'otherwise' goes with 'codes': it is for what they do not list")
        return self

    @property
    def steps(self) -> tuple[str, ...]:
        """The path, step by step."""
        return tuple(self.path.removeprefix("$.").split("."))


def _fact(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class ProviderEntry(_Part):
    """One system: how it is asked of a customer, and which attributes of the register its answer holds.

    `cache_s` is how long an answer is kept, in memory alone. After `give_up_ms` nobody waits for one any more; what
    comes before that and after the decision is there for the next. `at_once` requests run at the same time.
    """

    name: Code
    url: Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), AfterValidator(_sendable)]
    method: Literal["GET", "POST"] = "GET"
    body: Annotated[dict[str, Any], AfterValidator(_fillable)] | None = None
    credentials: CredentialsEntry | None = None
    cache_s: Annotated[int, Field(ge=10, le=3600)] = 300
    give_up_ms: Annotated[int, Field(ge=50, le=30_000)] = 3000
    at_once: Annotated[int, Field(ge=1, le=64)] = 8
    breaker: BreakerEntry = BreakerEntry()
    attributes: Annotated[
        dict[Code, Annotated[FactEntry, BeforeValidator(_fact)]],
        Field(min_length=1),
    ]

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if (self.method == "POST") != (self.body is not None):
            raise ValueError("'body' belongs to 'method: POST', and to each of them")
        return self


class ProvidersEntry(_Part):
    """All systems; `timeout_ms` is how long a decision waits for all of them together."""

    timeout_ms: Annotated[int, Field(ge=20, le=5000)] = 400
    providers: Annotated[tuple[ProviderEntry, ...], Field(min_length=1, max_length=20)]
