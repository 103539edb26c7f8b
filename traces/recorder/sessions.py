"""All sessions, in order of time."""

from .weeks import first, second, third

SESSIONS = (*first.SESSIONS, *second.SESSIONS, *third.SESSIONS)
