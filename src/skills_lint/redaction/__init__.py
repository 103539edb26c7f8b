"""Secrets, e-mail addresses, user names and home folders taken out of text, in one place, before anything is kept."""

from __future__ import annotations

from .redactor import Redactor, open_redactor

__all__ = ["Redactor", "open_redactor"]
