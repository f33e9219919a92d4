"""Signatures are those of Standard Webhooks, and no secret stands in an error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.outbound.signing import key_of, new_secret, signed_headers


def test_a_signature_is_the_one_of_the_specification() -> None:
    # The example of the reference libraries.
    headers = signed_headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
def test_what_is_no_secret_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        key_of(secret)
    assert len(secret) < 7 or secret not in str(error.value)


def test_no_two_secrets_are_the_same() -> None:
    assert key_of(new_secret()) != key_of(new_secret())
