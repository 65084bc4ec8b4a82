"""Review status, sources, and what became of every statement of the article."""

from datetime import date
from typing import Literal

from bot.knowledge.base import Level, Named, Record, Sourced

Verdict = Literal["supported", "partly", "unsupported", "contradicted", "unchecked", "gap", "not applicable"]
Retrieved = Literal["read in full", "read in part", "abstract", "headings", "secondary", "citation", "not retrieved"]


class Status(Record):
    """Whether a clinician has reviewed the content. `notice` is shown on every page until `reviewed` is true."""

    version: str
    date: date
    reviewed: bool
    reviewed_by: str | None
    notice: str


class SourceRecord(Named):
    """Where facts come from. `retrieved` says how much of it was read, `locator` how to find it."""

    title: str
    level: Level
    retrieved: Retrieved
    locator: str | None = None


class Claim(Sourced):
    """One statement of the article (or one that it leaves out) and what could be checked.

    article: what the article says, in our words. finding: what was found. patient: wording for patients, None where
    nothing is shown. source_says: doses and figures for coach and clinician only, never for patients.
    """

    verdict: Verdict
    article: str
    finding: str
    show: bool
    patient: str | None = None
    source_says: str | None = None
