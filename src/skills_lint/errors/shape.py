"""The shape of a statement: what it does, without the names and values that it does it with."""

from __future__ import annotations

import ast

from .ran import parsed

_LONGEST = 80  # characters of a shape
_READ_LIMIT = 500  # characters of a statement
_ANY = "_"
_TRIVIAL = frozenset({_ANY, f"{_ANY}[{_ANY}]", f"{_ANY}()", f"raise {_ANY}", "pass", "..."})


def shape_of(statement: str) -> str | None:
    """Return `assert len(_) == _` for `assert len(rows) == 3`, or None where the shape would say nothing."""
    node = _statement(statement)
    if node is None:
        return None
    inner = node.value if isinstance(node, ast.Assign | ast.Return | ast.Expr | ast.AnnAssign | ast.AugAssign) else node
    return _written(inner if inner is not None else node)


def subscript_of(statement: str) -> str | None:
    """Return `_.environ[_]` for a statement that looks a key up there, or None where it may be in any dict."""
    node = _statement(statement)
    looked_up = [found for found in ast.walk(node) if isinstance(found, ast.Subscript)] if node is not None else []
    told = len(looked_up) == 1 and isinstance(looked_up[0].value, ast.Attribute | ast.Call)
    return _written(looked_up[0]) if told else None


def _statement(text: str) -> ast.stmt | None:
    """Return the node of a line of code, of a compound statement its head."""
    line = text.strip()[:_READ_LIMIT]
    line = line.removeprefix("el") if line.startswith("elif ") else line
    tree = parsed(f"{line} pass" if line.endswith(":") else line)
    return tree.body[0] if tree is not None and len(tree.body) == 1 else None


def _written(node: ast.AST) -> str | None:
    try:
        text = ast.unparse(ast.fix_missing_locations(_Masked().visit(node)))
    except (RecursionError, ValueError, MemoryError):
        return None
    text = text.partition("\n")[0].rstrip(":")[:_LONGEST]
    return None if text in _TRIVIAL else text


class _Masked(ast.NodeTransformer):
    """Names and values become `_`; what is called, and attributes, stay."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(_ANY, node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return node if node.value is None or isinstance(node.value, bool) else ast.Name(_ANY, ast.Load())

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        return ast.Name(_ANY, ast.Load())

    def visit_Call(self, node: ast.Call) -> ast.expr:
        func = node.func if isinstance(node.func, ast.Name) else self.visit(node.func)
        if any(not isinstance(argument, ast.Constant | ast.Name) for argument in node.args):
            return ast.Call(func, [self.visit(argument) for argument in node.args], [])
        return ast.Call(func, [ast.Name(_ANY, ast.Load())] if node.args or node.keywords else [], [])
