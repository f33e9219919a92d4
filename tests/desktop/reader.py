"""A screen reader as small as can be: told lines of JSON, it reads and operates one program over the real bus.

Run by the system's Python, which has pyatspi; it knows nothing of the program but what the bus says.

{"read": true} answers with every node that is showing; {"do": NAME, "role": ROLE, "nth": 0} carries out a node's first
action, {"type": TEXT, "into": NAME} puts a text into a field. What the program announces is said as it comes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

STATES = ("focusable", "focused", "checked", "sensitive", "expanded", "selected", "pressed", "checkable")


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def find_program(name: str) -> Any:
    return next((one for one in pyatspi.Registry.getDesktop(0) if one is not None and one.name == name), None)


def nodes(node: Any, depth: int = 0) -> Iterator[tuple[Any, int, Any]]:
    """Every node that is showing, in reading order."""
    if node is None or depth > 40:
        return
    try:
        states = node.getState()
        if depth > 1 and not states.contains(pyatspi.STATE_SHOWING):
            return
        yield node, depth, states
        children = list(node)
    except GLib.GError:
        return  # it went while it was read
    for child in children:
        yield from nodes(child, depth + 1)


def told(node: Any, depth: int, states: Any) -> dict[str, object]:
    named = [name for name in STATES if states.contains(getattr(pyatspi, "STATE_" + name.upper()))]
    return {
        "depth": depth,
        "role": node.getRoleName(),
        "name": node.name,
        "description": node.description,
        "states": named,
        "actions": actions_of(node),
    }


def actions_of(node: Any) -> list[str]:
    actions = node.get_action_iface()
    return [] if actions is None else [actions.get_action_name(place) for place in range(actions.get_n_actions())]


def wanted(program: Any, order: dict[str, Any]) -> Any:
    found = [
        node
        for node, _, states in nodes(program)
        if order["do"] in node.name
        and order.get("role", node.getRoleName()) == node.getRoleName()
        and states.contains(pyatspi.STATE_SENSITIVE)
        and actions_of(node)
    ]
    place = order.get("nth", 0)
    return found[place] if place < len(found) else None


def obey(program: Any, order: dict[str, Any]) -> None:
    if "read" in order:
        say(tree=[told(*one) for one in nodes(program)])
    elif "do" in order:
        node = wanted(program, order)
        if node is None:
            say(done=None)
            return
        names = actions_of(node)
        place = next((names.index(name) for name in ("Press", "Toggle", "SetFocus") if name in names), 0)
        name = node.name
        node.get_action_iface().do_action(place)
        say(done=name)
    elif "type" in order:
        node = next((n for n, _, _ in nodes(program) if n.name == order["into"] and is_field(n)), None)
        if node is None:
            say(typed=None)
            return
        node.get_editable_text_iface().set_text_contents(order["type"])
        say(typed=order["into"])


def is_field(node: Any) -> bool:
    return node.get_editable_text_iface() is not None


def main() -> None:
    name = sys.argv[1]
    seen: dict[str, Any] = {}

    def look() -> bool:
        program = find_program(name)
        if program is None:
            return True
        seen["program"] = program
        say(found=program.name)
        return False

    def on_line(_channel: object, _condition: object) -> bool:
        line = sys.stdin.readline()
        if not line:
            pyatspi.Registry.stop()
            return False
        obey(seen["program"], json.loads(line))
        return True

    def on_announcement(event: Any) -> None:
        say(announced=str(event.any_data))

    pyatspi.Registry.registerEventListener(on_announcement, "object:announcement")
    GLib.timeout_add(100, look)
    GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_line)
    pyatspi.Registry.start()


if __name__ == "__main__":
    main()
