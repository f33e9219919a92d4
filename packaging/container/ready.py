"""Whether the backend in this container is ready, with a certificate of its own or not; exit code 1: it is not."""

from __future__ import annotations

import ssl
import sys
from urllib.error import URLError
from urllib.request import urlopen

# Within the container: the certificate names the host that others ask.
ANY = ssl._create_unverified_context()


def is_ready(scheme: str) -> bool:
    """Ask it."""
    try:
        with urlopen(f"{scheme}://127.0.0.1:8765/readyz", timeout=2, context=ANY):
            return True
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_ready("http") or is_ready("https") else 1)
