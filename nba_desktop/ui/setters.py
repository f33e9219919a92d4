"""Setting what a widget shows only where it differs: an unchanged state costs next to nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def set_text(label: QLabel, text: str) -> None:
    """Set a label's text."""
    if label.text() != text:
        label.setText(text)


def set_shown(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget within its parent."""
    if widget.isHidden() == shown:
        widget.setVisible(shown)


def set_enabled(widget: QWidget, enabled: bool) -> None:
    """Enable or disable a widget."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled) == enabled:
        widget.setEnabled(enabled)


def set_variant(widget: QWidget, variant: str, name: str = "variant") -> None:
    """Set the dynamic property that the style sheet looks at, and have the widget styled anew."""
    if (widget.property(name) or "") != variant:
        widget.setProperty(name, variant)
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def set_named(widget: QWidget, name: str, description: str = "") -> None:
    """Set what a screen reader says; the description is the tooltip too."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)
        widget.setToolTip(description)
