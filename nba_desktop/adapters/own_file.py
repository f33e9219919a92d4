"""What is the agent's own, as a file in the data folder: readable by him alone, never sent, never logged."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from nba_desktop.adapters.files import disk_failure, write_atomically
from nba_desktop.domain.errors import OwnStoreError
from nba_desktop.domain.own import Own

_log: Final = logging.getLogger(__name__)


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    form: Literal[1] = 1
    own: Own


class OwnFile:
    """Implements the port `OwnStore` with one small file that is replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        """Where a file went that could not be read as one of ours, so that nothing of it is lost."""

    def load(self) -> Own:
        """What was kept last, or nothing yet; a damaged file is set aside. Raises `OwnStoreError`."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return Own()
        except OSError as error:
            raise OwnStoreError(
                f"the agent's own file cannot be read ({error.strerror})", disk_failure(error)
            ) from None
        try:
            return _Kept.model_validate_json(content).own
        except ValidationError:
            # The error's text repeats what is in the file, which is nobody else's.
            return self._aside()

    def save(self, own: Own) -> None:
        """Keep it in place of what was there. Raises `OwnStoreError`; what was kept before then stays."""
        try:
            write_atomically(self._path, _Kept(own=own).model_dump_json(indent=1).encode())
        except OSError as error:
            raise OwnStoreError(
                f"the agent's own file cannot be written ({error.strerror})", disk_failure(error)
            ) from None

    def _aside(self) -> Own:
        place = self._path.with_name(f"{self._path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            os.replace(self._path, place)
        except OSError as error:
            raise OwnStoreError(
                f"the damaged file cannot be set aside ({error.strerror})", disk_failure(error)
            ) from None
        self.set_aside = place
        _log.info("the agent's own file was no sound one and is set aside")
        return Own()
