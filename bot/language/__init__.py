"""Reads a patient's message: which signs it tells, and whether they are there now."""

from bot.language.reader import Reader
from bot.language.reading import Answer, Context, Finding, Measure, Reading, Status
from bot.language.verdict import Verdict, verdict

__all__ = ["Answer", "Context", "Finding", "Measure", "Reader", "Reading", "Status", "Verdict", "verdict"]
