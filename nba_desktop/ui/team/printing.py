"""Printing a page: its button, and the question for a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QDialog, QWidget

from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.setters import set_named

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINT_KEYS: Final = "Ctrl+P"
_MARGINS_MM: Final = QMarginsF(14, 12, 14, 12)


class PrintButton(Button):
    """Prints the page it stands on; the same as its keys."""

    def __init__(self) -> None:
        words = QCoreApplication.translate("PrintButton", "Print")
        super().__init__(words)
        keys = QCoreApplication.translate("PrintButton", "Print this page ({keys})").format(keys=PRINT_KEYS)
        set_named(self, words, keys)


def chosen_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer and its settings in the system's own dialogue; None for "cancel"."""
    # Few print, and loading it would make every start longer.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Landscape, _MARGINS_MM, QPageLayout.Unit.Millimeter)
    )
    # What stands in the printer's queue is seen by others: it names nobody.
    printer.setDocName("NBA Desktop")
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None
