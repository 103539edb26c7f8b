"""The forms of CPython's messages: a table of what each says and how the versions from 3.8 on word it.

The wordings come from running the interpreters (see `tests/errors/said`), those of 3.14 from its documentation.
"""

from __future__ import annotations

from ..forms import calls, names, syntax, system, types, uses, values
from .form import Form, Wording

__all__ = ["FORMS", "Form", "Wording"]

FORMS = (*names.FORMS, *calls.FORMS, *uses.FORMS, *types.FORMS, *values.FORMS, *syntax.FORMS, *system.FORMS)
