"""What stands in a block's place while it is loading, late, failed, or masked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.texts.failures import failure

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class BlockWords:
    """A sentence with its icon, and whether trying again can help."""

    icon: str
    text: str
    retry: bool = False


def block_words(block: Block, contact: ContactState) -> BlockWords | None:
    """The words in place of a block's content, or None when the content can be shown.

    What is there already stays on the screen while a newer answer is on its way: most are there before anybody could
    read that they are awaited.
    """
    state = contact.block(block)
    there = _is_there(block, contact)
    if state.status is BlockStatus.FAILED:
        return BlockWords("alert", _failed(block, state.failure or FailureCode.TOO_LATE), retry=True)
    if there:
        return None
    if state.status is BlockStatus.LOADING and contact.view is None:
        return BlockWords("dots", _loading(block))
    if state.status is BlockStatus.SLOW:
        return BlockWords("clock", _slow(block))
    return BlockWords("lock", _masked(block))


def _is_there(block: Block, contact: ContactState) -> bool:
    if contact.view is None:
        return False
    return block is Block.CUSTOMER or contact.authenticated


def _loading(block: Block) -> str:
    match block:
        case Block.CUSTOMER:
            return translate("texts", "Looking for the caller …")
        case Block.JOURNEY:
            return translate("texts", "The customer journey is loading …")
        case Block.CONCERN:
            return translate("texts", "Probable concerns are loading …")
        case Block.ACTIONS:
            return translate("texts", "Actions are being chosen …")


def _slow(block: Block) -> str:
    match block:
        case Block.CUSTOMER:
            return translate("texts", "The search for the caller is taking longer …")
        case Block.JOURNEY:
            return translate("texts", "The customer journey is taking longer …")
        case Block.CONCERN:
            return translate("texts", "Probable concerns are taking longer …")
        case Block.ACTIONS:
            return translate("texts", "The actions are taking longer …")


def _failed(block: Block, code: FailureCode) -> str:
    why = failure(code)
    match block:
        case Block.CUSTOMER:
            return translate("texts", "Caller not available: {why}.").format(why=why)
        case Block.JOURNEY:
            return translate("texts", "Customer journey not available: {why}.").format(why=why)
        case Block.CONCERN:
            return translate("texts", "Probable concerns not available: {why}.").format(why=why)
        case Block.ACTIONS:
            return translate("texts", "Actions not available: {why}.").format(why=why)


def _masked(block: Block) -> str:
    match block:
        case Block.CUSTOMER:
            return translate("texts", "No caller yet.")
        case Block.JOURNEY:
            return translate("texts", "The customer journey appears after authentication.")
        case Block.CONCERN:
            return translate("texts", "Probable concerns appear after authentication.")
        case Block.ACTIONS:
            return translate("texts", "Actions appear after authentication.")
