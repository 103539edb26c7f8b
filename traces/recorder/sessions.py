"""All sessions: those before the skills were upgraded, the same asked again, and what users ask since."""

from .again import asked_again
from .weeks import first, quick, second, third

BEFORE = (*first.SESSIONS, *second.SESSIONS, *third.SESSIONS, *quick.BEFORE)
SESSIONS = (*BEFORE, *asked_again(BEFORE), *quick.CHARTED)
