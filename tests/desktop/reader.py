"""A screen reader as small as can be: told lines of JSON, it reads and operates one program over the real bus.

Run by the system's Python, which has pyatspi; it knows nothing of the program but what the bus says. An order has a
number, which its answer `{"answer": NUMBER, ...}` bears:

{"read": true} is answered with every node that is showing; {"do": NAME, "role": ROLE} carries out the action of the one
control with this name, else of the one that begins with it, else of the one that holds it; {"type": TEXT, "into": NAME}
puts a text into a field. What the program announces is said as it comes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi
from gi.repository import Atspi, GLib

STATES = (
    "focusable",
    "focused",
    "checked",
    "sensitive",
    "expandable",
    "expanded",
    "selected",
    "checkable",
    "read-only",
)
ACTIONS = ("Press", "Toggle", "ShowMenu")


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def find_program(name: str) -> Any:
    return next((one for one in pyatspi.Registry.getDesktop(0) if one is not None and one.name == name), None)


def nodes(node: Any, depth: int = 0) -> Iterator[tuple[Any, int, Any]]:
    """Every node that is showing, in reading order."""
    try:
        if node is None or depth > 40:
            return
        states = node.getState()
        if depth > 0 and not states.contains(pyatspi.STATE_SHOWING):
            return
        yield node, depth, states
        # pyatspi's own iterator asks for their number before each of them.
        children = [node.get_child_at_index(place) for place in range(node.get_child_count())]
    except GLib.GError:
        return  # it went while it was read
    for child in children:
        yield from nodes(child, depth + 1)


def told(node: Any, depth: int, states: Any) -> dict[str, object]:
    value = node.get_text_iface()
    return {
        "depth": depth,
        "role": node.getRoleName(),
        "name": node.name,
        "description": node.description,
        "states": [name for name in STATES if states.contains(getattr(pyatspi, state_name(name)))],
        "actions": actions_of(node),
        "text": Atspi.Text.get_text(value, 0, -1) if value is not None and is_field(node) else "",
    }


def state_name(name: str) -> str:
    return "STATE_" + name.upper().replace("-", "_")


def actions_of(node: Any) -> list[str]:
    actions = node.get_action_iface()
    return [] if actions is None else [actions.get_action_name(place) for place in range(actions.get_n_actions())]


def wanted(program: Any, order: dict[str, Any]) -> list[Any]:
    """The controls that are meant: those with the name, else those that begin with it, else those that hold it."""
    name, role = order["do"], order.get("role")
    usable = [
        (node, its)
        for node, _, states in nodes(program)
        if states.contains(pyatspi.STATE_SENSITIVE)
        and name in (its := node.name)
        and role in (None, node.getRoleName())
        and set(ACTIONS) & set(actions_of(node))
    ]
    return (
        [node for node, its in usable if its == name]
        or [node for node, its in usable if its.startswith(name)]
        or [node for node, _ in usable]
    )


def act(program: Any, order: dict[str, Any]) -> dict[str, object]:
    found = wanted(program, order)
    if len(found) != 1:
        return {"done": None, "found": [node.name for node in found]}
    names = actions_of(found[0])
    place = next(names.index(name) for name in ACTIONS if name in names)
    name = found[0].name
    found[0].get_action_iface().do_action(place)
    return {"done": name}


def field(program: Any, name: str) -> Any:
    return next((node for node, _, _ in nodes(program) if node.name == name and is_field(node)), None)


def is_field(node: Any) -> bool:
    return node.get_editable_text_iface() is not None


def obey(program: Any, order: dict[str, Any]) -> dict[str, object]:
    if "read" in order:
        return {"tree": [told(*one) for one in nodes(program)]}
    if "do" in order:
        return act(program, order)
    node = field(program, order["into"])
    if node is None:
        return {"typed": None}
    node.get_editable_text_iface().set_text_contents(order["type"])
    return {"typed": order["into"]}


def main() -> None:
    name = sys.argv[1]
    seen: dict[str, Any] = {}

    def look() -> bool:
        program = find_program(name)
        if program is None:
            return True
        # What the bus says now, not what it said when it was asked the last time.
        program.set_cache_mask(Atspi.Cache.NONE)
        seen["program"] = program
        pyatspi.Registry.registerEventListener(on_announcement, "object:announcement")
        say(found=program.name)
        return False

    def on_line(_channel: object, _condition: object) -> bool:
        line = sys.stdin.readline()
        if not line:
            pyatspi.Registry.stop()
            return False
        order = json.loads(line)
        try:
            say(answer=order["order"], **obey(seen["program"], order))
        except GLib.GError as error:
            say(answer=order["order"], went=str(error))
        return True

    def on_announcement(event: Any) -> None:
        say(announced=str(event.any_data), urgent=event.detail1 == 2)

    GLib.timeout_add(100, look)
    GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_line)
    pyatspi.Registry.start()


if __name__ == "__main__":
    main()
