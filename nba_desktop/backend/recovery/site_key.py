"""The site's key pair: workstations seal to its public part, the private one opens what they have sealed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, import_key

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.private_file import check_private

_CURVE: Final = "P-256"
_LARGEST: Final = 10_000


def public_file(out: Path) -> Path:
    """The file of the public key beside that of the private one: site.public.jwk beside site.jwk."""
    return out.with_name(f"{out.stem}.public{out.suffix}")


def new_site_key(out: Path) -> str:
    """Write a new key pair into files that are not there yet, the private key for this user alone; return the public.

    Both are JSON Web Keys, the public one in `public_file(out)`. Raises `ConfigurationError`.
    """
    beside = public_file(out)
    if beside.exists():
        raise ConfigurationError(
            f"{beside} is there already, and no key is ever overwritten: name another file for another pair; "
            "`site-key public` prints the public key of one that is there"
        )
    key = ECKey.generate_key(_CURVE, {"use": "enc"})
    named = {"kid": key.thumbprint(), "use": "enc"}
    public = json.dumps({**key.as_dict(private=False), **named})
    _write_new(out, json.dumps({**key.as_dict(private=True), **named}), 0o600)
    _write_new(beside, public, 0o644)
    return public


def public_site_key(path: Path) -> str:
    """The public part of the private key in a file, as `new_site_key` returned it; raises `ConfigurationError`."""
    key = read_site_key(path)
    return json.dumps({**key.as_dict(private=False), "kid": kid_of(key), "use": "enc"})


def kid_of(key: ECKey | OKPKey) -> str:
    """The name by which sealed entries name a key."""
    return key.kid or key.thumbprint()


def _write_new(out: Path, content: str, mode: int) -> None:
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise ConfigurationError(f"{out} is there already; what was sealed to it needs it, so name another") from None
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}") from None


def read_site_key(path: Path) -> ECKey | OKPKey:
    """The private key in a file; raises `ConfigurationError` that says what is wrong, and never repeats the key."""
    try:
        with path.open(encoding="utf-8") as file:
            values: Any = json.loads(file.read(_LARGEST))
        key = import_key(values) if values["kty"] in ("EC", "OKP") else None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    except (JoseError, ValueError, TypeError, KeyError):
        raise ConfigurationError(f"{path} is no JSON Web Key") from None
    if isinstance(key, ECKey | OKPKey) and not key.is_private:
        raise ConfigurationError(f"{path} is the public key, which workstations are given; name the private one")
    # The public one may be read by everybody: what is wrong with it is that it is the public one.
    check_private(path)
    if not isinstance(key, ECKey | OKPKey):
        raise ConfigurationError(f"{path} is no private key of a site: name what `site-key create` has written")
    return key
