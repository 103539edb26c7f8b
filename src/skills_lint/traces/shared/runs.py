"""The runs in JSON of unknown shape: calls and results, paired by what they share and by what holds them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .shapes import (
    answer_beside,
    answered_id,
    call_in,
    code_of,
    ids_in,
    own_id,
    result_in,
    source_in,
    spoken_code,
    spoken_result,
    tells_an_error,
    traceback_in,
)
from .tree import flatten, subtree_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .tree import Node

_LEVELS = 4  # objects between a call and the one that holds its result too


@dataclass(frozen=True, slots=True)
class Run:
    """A call, a result, or both, by the index of the objects that they stand in."""

    at: int  # the call's object, or that of a result without one
    where: int  # the innermost object that holds both
    id: str | None  # by which the other half may be found in another record
    tool: str | None  # None where only a result is there
    arguments: Any
    result: Any | None  # None where only a call is there
    sure: bool = True  # it is one even if no other record holds the other half


def find_runs(value: Any) -> tuple[list[Node], list[Run]]:
    """Return the objects of a JSON value, and the runs among them in order."""
    nodes = flatten(value)
    ends = subtree_ends(nodes)
    calls, results = _calls(nodes), _results(nodes)
    shown = _shown(nodes, results)
    runs = list(_turns(nodes, calls, results))
    pairs = {at: (at, [results.pop(at)]) for at in calls if at in results}
    _pair_by_id(nodes, calls, results, pairs)
    _pair_by_twin(nodes, calls, results, pairs)
    _pair_by_place(nodes, ends, calls, results, pairs)
    alone = {at: call for at, call in calls.items() if at not in pairs}
    _pair_by_answer(nodes, alone, shown, pairs)
    _pair_by_twin(nodes, alone, shown, pairs)
    _pair_by_place(nodes, ends, calls, shown, pairs, alone=True)
    runs += _called(nodes, calls, pairs)
    runs += _shown_with_source(nodes, shown)
    runs += _answers_alone(nodes, results, shown)
    return nodes, sorted(runs, key=lambda run: run.at)


def _called(
    nodes: list[Node], calls: dict[int, tuple[str, Any]], pairs: dict[int, tuple[int, list[Any]]]
) -> Iterator[Run]:
    for at, (tool, arguments) in calls.items():
        where, contents = pairs.get(at, (at, None))
        shared = _shared_id(nodes, at) if contents is None else None
        yield Run(at, where, shared, tool, arguments, contents, sure=contents is not None or shared is not None)


def _shown_with_source(nodes: list[Node], shown: dict[int, dict[str, Any]]) -> Iterator[Run]:
    """Yield the tracebacks beside which stands Python source under any name, and take them out of `shown`."""
    for at in list(shown):
        source = source_in(nodes[at].fields)
        if source is not None:
            yield Run(at, at, None, "unknown", {"code": source}, shown.pop(at))


def _answers_alone(
    nodes: list[Node], results: dict[int, dict[str, Any]], shown: dict[int, dict[str, Any]]
) -> Iterator[Run]:
    for at, content in (results | shown).items():
        answered = answered_id(nodes[at].fields)
        sure = at in results and (answered is not None or tells_an_error(content))
        yield Run(at, at, answered, None, None, content, sure)


def ids_of(nodes: Sequence[Node], at: int) -> list[str]:
    """Return the ids by which a run may be tied to another record: of its object, then of the one around it."""
    parent = nodes[at].parent
    return [*ids_in(nodes[at].fields), *(ids_in(nodes[parent].fields) if parent >= 0 else ())]


def _calls(nodes: list[Node]) -> dict[int, tuple[str, Any]]:
    calls: dict[int, tuple[str, Any]] = {}
    inside: set[int] = set()  # objects within a call's arguments
    for at, node in enumerate(nodes):
        if node.parent in inside:
            inside.add(at)
            continue
        call = call_in(node.fields)
        if node.parent in calls and calls[node.parent][1] is nodes[node.parent].fields.get(node.key):
            inside.add(at)
        elif call is not None and node.key != "status" and not _tells_again(nodes, at, call, calls):
            calls[at] = call
    return calls


def _tells_again(nodes: list[Node], at: int, call: tuple[str, Any], calls: dict[int, tuple[str, Any]]) -> bool:
    """Return whether an object in the object of a call, or not far below, tells the same code as that."""
    code = code_of(call[1])
    for _ in range(_LEVELS):
        at = nodes[at].parent
        if at < 0 or code is None:
            return False
        if at in calls and code_of(calls[at][1]) == code:
            return True
    return False


def _results(nodes: list[Node]) -> dict[int, dict[str, Any]]:
    """Return the innermost results: what holds one is none itself by the same field."""
    results: dict[int, dict[str, Any]] = {}
    held: dict[int, set[str]] = {}  # by object, the fields in which a result was found
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        inner = held.get(at, set())
        fields = {key: value for key, value in node.fields.items() if key not in inner} if inner else node.fields
        found = result_in(fields, node.key)
        if found is not None:
            results[at] = found
        if (found is not None or inner) and node.parent >= 0:
            held.setdefault(node.parent, set()).add(node.key)
    return results


def _shown(nodes: list[Node], results: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return the tracebacks in fields of any name, for calls that have no other result."""
    return {
        at: told
        for at, node in enumerate(nodes)
        if at not in results and (told := traceback_in(node.fields)) is not None
    }


def _shared_id(nodes: list[Node], at: int) -> str | None:
    """Return the id of a call: its own, or that of the object around it."""
    own = own_id(nodes[at].fields)
    parent = nodes[at].parent
    return own if own is not None or parent < 0 else own_id(nodes[parent].fields)


def _pair_by_id(
    nodes: list[Node],
    calls: dict[int, tuple[str, Any]],
    results: dict[int, dict[str, Any]],
    pairs: dict[int, tuple[int, list[Any]]],
) -> None:
    by_id = {shared: at for at in calls if at not in pairs and (shared := _shared_id(nodes, at)) is not None}
    for at in list(results):
        answered = answered_id(nodes[at].fields)
        if answered in by_id and by_id[answered] not in pairs and by_id[answered] != at:
            pairs[by_id[answered]] = at, [results.pop(at)]


def _pair_by_answer(
    nodes: list[Node],
    calls: dict[int, tuple[str, Any]],
    shown: dict[int, dict[str, Any]],
    pairs: dict[int, tuple[int, list[Any]]],
) -> None:
    """Pair each call with what stands beside it and may be its answer."""
    for at in calls:
        told = shown.pop(at, None)
        answer = answer_beside(nodes[at].fields) if told is None else told
        if answer is not None:
            pairs[at] = at, [answer]


def _pair_by_twin(
    nodes: list[Node],
    calls: dict[int, tuple[str, Any]],
    results: dict[int, dict[str, Any]],
    pairs: dict[int, tuple[int, list[Any]]],
) -> None:
    """Pair calls and results under the same key or index of two objects or lists, as in `/inputs/3`, `/outputs/3`."""
    twins = {twin: at for at in calls if at not in pairs and (twin := _twin(nodes[at].pointer)) is not None}
    for at in list(results):
        twin = _twin(nodes[at].pointer)
        call = None if twin is None else twins.pop(twin, None)
        if call is not None:
            pairs[call] = at, [results.pop(at)]


def _twin(pointer: str) -> tuple[str, str] | None:
    """Return what the pointers of a call and of its result share: all but the token before the last one."""
    outer, _, last = pointer.rpartition("/")
    outer, _, between = outer.rpartition("/")
    return None if not between or between.isdigit() else (outer, last)


def _pair_by_place(
    nodes: list[Node],
    ends: list[int],
    calls: dict[int, tuple[str, Any]],
    results: dict[int, dict[str, Any]],
    pairs: dict[int, tuple[int, list[Any]]],
    *,
    alone: bool = False,
) -> None:
    """Pair each call with the results in the nearest object that holds no other call, beside those in its own.

    Or only the calls that are still `alone`.
    """
    if not results:
        return
    order = sorted(calls)
    for at in order:
        own = pairs.get(at, (at, []))
        if own[0] != at or (alone and at in pairs):
            continue  # found by its id
        holder = at
        for _ in range(_LEVELS + 1):
            if bisect_left(order, ends[holder]) - bisect_left(order, holder) > 1:
                break
            near = [other for other in range(holder, ends[holder]) if other in results]
            if near:
                pairs[at] = holder, [*own[1], *(results.pop(other) for other in sorted(near))]
                own = pairs[at]
            holder = nodes[holder].parent
            if holder < 0:
                break


def _turns(nodes: list[Node], calls: dict[int, tuple[str, Any]], results: dict[int, dict[str, Any]]) -> Iterator[Run]:
    """Yield what an executor in a conversation ran: the last fenced block before its message with a status."""
    call: tuple[str, dict[str, str]] | None = None
    for at, node in enumerate(nodes):
        text = spoken_result(node.fields)
        if text is not None and call is not None and at not in results:
            yield Run(at, at, None, *call, text)
        if at not in calls:
            call = spoken_code(node.fields) or (None if text is not None else call)
