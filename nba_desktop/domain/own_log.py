"""What an employee sees of the log of readings: what he read himself, and who looked at that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nba_desktop.contract.audit import AuditLook, OwnAudit, OwnRead
from nba_desktop.domain.blocks import BlockState, BlockStatus


@dataclass(frozen=True, slots=True)
class OwnLogState:
    """Everything on the page, newest first; it is asked for each time it is `opened`.

    `earlier` is where the next page of readings begins, None where there is none.
    """

    opened: bool = False
    reads: tuple[OwnRead, ...] = ()
    looks: tuple[AuditLook, ...] = ()
    earlier: str | None = None
    block: BlockState = BlockState()

    @property
    def is_known(self) -> bool:
        """Whether an answer has come, be it an empty one."""
        return bool(self.reads or self.looks) or self.block.status is BlockStatus.READY


def with_page(state: OwnLogState, page: OwnAudit, *, further: bool) -> OwnLogState:
    """Take a page in; a `further` one goes on where those before it end."""
    reads = (*state.reads, *page.reads) if further else page.reads
    return replace(state, reads=reads, looks=page.looks, earlier=page.next, block=BlockState(BlockStatus.READY))
