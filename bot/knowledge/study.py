"""The figures of the article's study, and all that limits them. Told only when asked for."""

from bot.knowledge.base import Record, Sourced, Statement


class Bar(Record):
    """One bar of the chart; value in the unit of the study."""

    label: str
    value: float


class Group(Sourced):
    """Two medians side by side, with the p value as the article prints it."""

    label: str
    bars: tuple[Bar, ...]
    p: str


class Study(Sourced):
    """title is in plain words, paper the title as printed. people and with_rash are counts.

    findings, limits, agree, disagree and identity are statements for patients; source_says is not.
    """

    title: str
    paper: str
    unit: str
    people: int
    with_rash: int
    intro: str
    groups: tuple[Group, ...]
    findings: tuple[Statement, ...]
    limits: tuple[Statement, ...]
    agree: tuple[Statement, ...]
    disagree: tuple[Statement, ...]
    identity: Statement
    source_says: tuple[str, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement in the order in which it is told."""
        return (*self.findings, *self.limits, *self.disagree, *self.agree, self.identity)
