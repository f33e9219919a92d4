"""The tables of a simulation, for the terminal and for the page alike; with two versions side by side."""

from __future__ import annotations

from typing import Final

from nba_desktop.backend.analysis.simulation_cells import NOT_SHOWN, Figure, Table, beside, change, count, share
from nba_desktop.backend.analysis.simulation_report import (
    GOOD_CHOICE,
    ActionResult,
    RuleCost,
    SimulationReport,
    VersionResult,
)

MOST_WON_BACK: Final = 10
"""So many rules are named for the customers without any action."""


def tables_of(report: SimulationReport, most_rules: int | None = None) -> tuple[Table, ...]:
    """Return every table; of the rules' costs the `most_rules` costliest, or all."""
    # What changes is what was asked for, so it stands first.
    found = [] if report.comparison is None else [_comparison(report), _moves(report)]
    found += [
        _funnel(report),
        _issues(report),
        _actions(report),
        _never(report.result),
        _choice(report),
        _without(report),
        _factors(report),
        _rules(report, most_rules),
    ]
    return tuple(found)


def _funnel(report: SimulationReport) -> Table:
    def steps(result: VersionResult) -> list[tuple[str, tuple[int, int, int]]]:
        pairs = report.customers * len(result.actions)
        everything = ("all actions", (0, pairs, report.customers))
        return [everything, *((_step(one.step), (one.removed, one.left, one.customers)) for one in result.funnel)]

    now = steps(report.result)
    before = [None] * len(now) if report.against is None else [numbers for _, numbers in steps(report.against)]
    rows = [
        (
            (step,),
            [Figure(number, None if other is None else other[place]) for place, number in enumerate(numbers)],
        )
        for (step, numbers), other in zip(now, before, strict=True)
    ]
    heads, written = beside(
        report.against is not None,
        ("Step",),
        (("Pairs removed", "count"), ("Pairs left", "count"), ("Customers left", "count")),
        rows,
    )
    note = (
        "A pair is one action for one customer. Customers left are those who still have at least one action; after the "
        "selection, those who are shown one. What the selection removes is outranked, not refused."
    )
    return Table("funnel", "Funnel by stage", note, heads, written, 1)


def _step(step: str) -> str:
    return step.replace("_", " ")


def _issues(report: SimulationReport) -> Table:
    others = {one.issue: one for one in report.against.issues} if report.against is not None else {}
    rows = []
    for one in report.result.issues:
        other = others.get(one.issue)
        rows.append(
            (
                (one.issue, str(one.actions)),
                [
                    Figure(one.first, None if other is None else other.first),
                    Figure(one.first / report.customers, None if other is None else other.first / report.customers),
                    Figure(one.shown, None if other is None else other.shown),
                    Figure(one.customers, None if other is None else other.customers),
                ],
            )
        )
    heads, written = beside(
        report.against is not None,
        ("Issue", "Actions"),
        (("First", "count"), ("First, share", "share"), ("Shown", "count"), ("Customers shown any", "count")),
        rows,
    )
    return Table("issues", "Wins by issue", "Shown is any place among the top three.", heads, written, 1)


def _actions(report: SimulationReport) -> Table:
    others = {one.action_id: one for one in report.against.actions} if report.against is not None else {}

    def row(one: ActionResult, other: ActionResult | None) -> tuple[tuple[str, ...], list[Figure]]:
        return (one.action_id, one.title, one.issue), [
            Figure(one.first, None if other is None else other.first),
            Figure(one.shown, None if other is None else other.shown),
            Figure(one.candidates, None if other is None else other.candidates),
        ]

    actions = sorted(report.result.actions, key=lambda one: (-one.first, -one.shown, one.action_id))
    rows = [row(one, others.get(one.action_id)) for one in actions]
    heads, written = beside(
        report.against is not None,
        ("Action", "Title", "Issue"),
        (("First", "count"), ("Shown", "count"), ("Candidate", "count")),
        rows,
    )
    here = {one.action_id for one in actions}
    gone = [one for one in others.values() if one.action_id not in here]
    written += tuple(
        (
            one.action_id,
            one.title,
            one.issue,
            *(cell for number in (one.first, one.shown, one.candidates) for cell in _gone(number)),
        )
        for one in gone
    )
    note = "First is the first place, shown any of the top three, candidate what reached the ranking."
    return Table("actions", "Wins by action", note, heads, written, 3)


def _gone(number: int) -> tuple[str, str, str]:
    """The cells of an action that only the version before has."""
    return NOT_SHOWN, count(number), change(Figure(0, number), "count")


def _never(result: VersionResult) -> Table:
    rows = []
    for one in result.never_first:
        stop = one.stops[0] if one.stops else None
        why = NOT_SHOWN if stop is None else f"{stop.sentence} ({_step(stop.stage)}: {stop.rule})"
        often = NOT_SHOWN if stop is None else count(stop.customers)
        rows.append((one.action_id, one.title, why, often, count(one.candidates), count(one.shown)))
    note = (
        "What stops each most often is the first rule that the engine names. Shown are the customers who see it in the "
        "second or third place."
    )
    if not rows:
        note = "Every action is first with some customer."
    heads = ("Action", "Title", "Stopped most often by", "Customers", "Candidate", "Shown")
    return Table("never", "Actions that are never first", note, heads, tuple(rows), 3)


def _choice(report: SimulationReport) -> Table:
    choice, other = report.result.choice, None if report.against is None else report.against.choice
    size = max(len(choice.histogram), 0 if other is None else len(other.histogram))

    def at(histogram: tuple[int, ...], number: int) -> int:
        return histogram[number] if number < len(histogram) else 0

    rows = [
        (
            (str(number),),
            [
                Figure(at(choice.histogram, number), None if other is None else at(other.histogram, number)),
                Figure(
                    at(choice.histogram, number) / report.customers,
                    None if other is None else at(other.histogram, number) / report.customers,
                ),
            ],
        )
        for number in range(size)
    ]
    heads, written = beside(
        report.against is not None, ("Candidates",), (("Customers", "count"), ("Share", "share")), rows
    )
    note = (
        f"Median {choice.median:g} candidates a customer; {share(choice.enough_share)} of the customers have "
        f"{GOOD_CHOICE} or more, which is good practice."
    )
    if other is not None:
        note += f" Before: median {other.median:g}, {share(other.enough_share)}."
    return Table("choice", "Candidates per customer", note, heads, written, 1)


def _without(report: SimulationReport) -> Table:
    without = report.result.without
    others = {}
    if report.against is not None:
        others = {(one.owner, one.stage, one.rule): one for one in report.against.without.rules}
    rows = []
    winning = [one for one in without.rules if one.won_back]
    for one in winning[:MOST_WON_BACK]:
        other = others.get((one.owner, one.stage, one.rule))
        rows.append(
            (
                (one.sentence, one.owner or "built in", f"{_step(one.stage)}: {one.rule}"),
                [
                    Figure(one.won_back, None if other is None else other.won_back),
                    Figure(one.customers, None if other is None else other.customers),
                ],
            )
        )
    heads, written = beside(
        report.against is not None,
        ("Rule", "Of", "Stage and name"),
        (("Won back", "count"), ("Fails for", "count")),
        rows,
    )
    note = f"{count(without.customers)} customers ({share(without.share)}) get no action."
    if report.against is not None:
        note += f" Before: {count(report.against.without.customers)} ({share(report.against.without.share)})."
    if winning:
        first = winning[0]
        alike = sum(one.won_back == first.won_back for one in winning) - 1
        others_too = f", and {alike} other rules alike" if alike else ""
        note += (
            f" The rule that costs most of them: “{first.sentence}” ({first.owner or 'built in'}){others_too}; "
            f"without it {count(first.won_back)} of them would get one. Won back are those who would get an action if "
            "this rule alone were gone."
        )
        if len(winning) > MOST_WON_BACK:
            note += f" The {MOST_WON_BACK} that win back most of {len(winning)}; --json has all."
    elif without.rules:
        note += " For none of them it is a single rule: two or more fail at every action."
    return Table("without", "Customers without any action", note, heads, written, 3)


def _factors(report: SimulationReport) -> Table:
    others = {one.factor: one for one in report.against.factors} if report.against is not None else {}
    rows = []
    for one in report.result.factors:
        other = others.get(one.factor)
        moved = ", ".join(f"{issue} {number:+,}".replace("-", "−") for issue, number in one.first_places.items())
        rows.append(
            (
                (one.factor, moved or NOT_SHOWN),
                [
                    Figure(one.first_changed_share, None if other is None else other.first_changed_share),
                    Figure(one.shown_changed_share, None if other is None else other.shown_changed_share),
                ],
            )
        )
    heads, written = beside(
        report.against is not None,
        ("Factor switched off", "First places by issue"),
        (("First changes", "share"), ("Top three changes", "share")),
        rows,
    )
    note = "Each factor of the priority counts 1 in turn. A change of the top three is other actions, in any order."
    return Table("factors", "Sensitivity to each factor", note, heads, written, 2)


def _rules(report: SimulationReport, most: int | None) -> Table:
    others = {_rule_key(one): one for one in report.against.rules} if report.against is not None else {}
    rules = report.result.rules
    rows = []
    for one in rules[:most]:
        other = others.get(_rule_key(one))
        rows.append(
            (
                (one.action_id, one.sentence, f"{_step(one.stage)}: {one.rule}", _owner(one)),
                [
                    Figure(one.only, None if other is None else other.only),
                    Figure(one.fails, None if other is None else other.fails),
                    Figure(one.unknown, None if other is None else other.unknown),
                    Figure(one.removes, None if other is None else other.removes),
                ],
            )
        )
    heads, written = beside(
        report.against is not None,
        ("Action", "Rule", "Stage and name", "Of"),
        (("Only obstacle", "count"), ("Fails", "count"), ("Value missing", "count"), ("Removes", "count")),
        rows,
    )
    note = (
        "Only obstacle: customers for whom the action would be a candidate without this rule. Removes: it is the first "
        "that fails."
    )
    if most is not None and len(rules) > most:
        note += f" The {most} costliest of {len(rules)}; --json and --html have all."
    return Table("rules", "What each rule costs", note, heads, written, 4)


def _owner(one: RuleCost) -> str:
    return "itself" if one.owner == f"action/{one.action_id}" else one.owner or "built in"


def _rule_key(one: RuleCost) -> tuple[str, str, str, str]:
    return one.action_id, one.owner, one.stage, one.rule


def _comparison(report: SimulationReport) -> Table:
    comparison, against = report.comparison, report.against
    assert comparison is not None
    assert against is not None

    def named(ids: tuple[str, ...]) -> str:
        return ", ".join(ids) or "none"

    rows = (
        ("Customers whose first action changes", _part(comparison.first_changed, comparison.first_changed_share)),
        ("Customers who are shown other actions", _part(comparison.shown_changed, comparison.shown_changed_share)),
        ("Actions only this version has", named(comparison.added)),
        ("Actions only the version before has", named(comparison.removed)),
        ("Actions that appear", named(comparison.appearing)),
        ("Actions that disappear", named(comparison.disappearing)),
    )
    note = (
        f"This version is {report.result.version}, the one before {against.version}, for the same customers. An action "
        "appears or disappears when only one of them shows it to anybody."
    )
    return Table("comparison", "Against the version before", note, ("", ""), rows, 2)


def _part(number: int, of_all: float) -> str:
    return f"{count(number)} ({share(of_all)})"


def _moves(report: SimulationReport) -> Table:
    comparison, against = report.comparison, report.against
    assert comparison is not None
    assert against is not None
    titles = {one.action_id: one.title for one in (*against.actions, *report.result.actions)}

    def called(action_id: str | None) -> str:
        return "no action" if action_id is None else f"{action_id} {titles[action_id]}"

    rows = tuple((called(one.before), called(one.after), count(one.customers)) for one in comparison.moves)
    note = "" if rows else "No customer's first action changes."
    return Table("moves", "Who takes whose first place", note, ("First before", "First now", "Customers"), rows, 2)
