"""Whom the panel believes over TLS."""

from __future__ import annotations

import ssl

import truststore


def machine_trust() -> ssl.SSLContext:
    """Whom this machine's store of certificates believes, as its administrator keeps it, and nobody else."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
