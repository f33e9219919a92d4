"""The backend's command line in its container."""

from __future__ import annotations

import sys
from pathlib import Path

from nba_desktop.backend import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:], resources=Path("/opt/nba/resources")))
