"""One page for the oncology team: what the patient reported, in their own words too, and what the guide said."""

from datetime import datetime, timezone

from bot.assessment.case import ABSENT, PRESENT, UNSURE, Case
from bot.clinical.body_surface import AREAS, GROUPS, Extent
from bot.clinical.explanation import Assessment
from bot.clinical.signs import NAME_OF_SIGN, Sign, Urgency
from bot.knowledge import Knowledge
from bot.replies import Reply

_SEVERITY = ("none", "mild", "moderate", "severe", "very severe")
_COVERAGE = {
    "spot": "one small spot", "spots": "a few spots", "quarter": "about a quarter", "half": "about half",
    "all": "nearly all", "unknown": "how much is not known",
}  # fmt: skip
_ADVICE = {
    Urgency.EMERGENCY: "Emergency: call {emergency} now",
    Urgency.URGENT: "Urgent: oncology on-call within the hour",
    Urgency.SAME_DAY: "Same day: call the oncology team today",
    Urgency.ROUTINE: "Routine: tell the oncology team on the next working day",
}
_NOTHING_NOW = "No rash and no danger sign told: no call needed now"


def summary(case: Case, assessment: Assessment, knowledge: Knowledge, no_rash: bool) -> Reply:
    """The summary as a reply of type "summary"; empty sections are left out. no_rash: as on the card of the result."""
    advice = _ADVICE[assessment.urgency].format(emergency=knowledge.country.emergency_number)
    guide = [_NOTHING_NOW if no_rash else advice]
    if assessment.grade:
        guide.append(f"Estimated grade {assessment.grade} (CTCAE v5, rash maculo-papular), from self-report")
    if assessment.article_band:
        guide.append(f"Grade by the article's own table: {assessment.article_band}, from self-report")
    guide += [f"For: {reason}" for reason in assessment.explanation.for_]
    guide += [f"Rules: {', '.join(assessment.explanation.rules)}"] if assessment.explanation.rules else []
    denied = "; ".join(_signs(case, ABSENT))
    # The advice first, what was found next; the long list of what was ruled out makes the end.
    sections = {
        "What the guide said, and why": guide,
        "Reported now": _signs(case, PRESENT),
        "Not sure": _signs(case, UNSURE),
        "Told of as over": _past(case),
        # Of a rash that is not there any more nothing is told as if it were.
        "Where and how much": [] if case.findings.rash_ruled_out else _where(case, assessment.extent),
        "Symptoms and daily life": _symptoms(case),
        "Times": _times(case),
        "New medicines": list(case.medicines) or (["none told"] if case.no_new_medicines else []),
        "In the patient's words": [f"“{quote}”" for quote in case.quotes],
        "Denied": [denied] if denied else [],
    }
    shown = [{"title": title, "lines": lines} for title, lines in sections.items() if lines]
    made_at = datetime.now(timezone.utc).isoformat(timespec="minutes")
    title = "Summary for your cancer team"
    twin = "\n".join([title, *(f"{s['title']}: {'; '.join(s['lines'])}" for s in shown), knowledge.status.notice])
    data = {
        "title": title,
        "made_at": made_at,
        "urgency": assessment.urgency.value,
        "no_rash": no_rash,
        "grade": assessment.grade,
        "sections": shown,
        "notice": knowledge.status.notice,
    }
    return Reply("summary", twin, data=data, sources=knowledge.cite(assessment.explanation.sources))


def _signs(case: Case, status: str) -> list[str]:
    names = [(sign, NAME_OF_SIGN[sign]) for sign in sorted(case.having(status), key=lambda sign: sign.value)]
    quoted = {sign: case.words.get(sign.value) for sign, _ in names}
    return [f"{name} (“{quoted[sign]}”)" if quoted[sign] and status == PRESENT else name for sign, name in names]


def _past(case: Case) -> list[str]:
    """An earlier reaction, which weighs when lenalidomide is to be taken again; what is there now stands above."""
    signs = sorted({Sign(name) for name in case.past} - case.having(PRESENT), key=lambda sign: sign.value)
    return [NAME_OF_SIGN[sign] for sign in signs]


def _where(case: Case, extent: Extent | None) -> list[str]:
    lines = [f"{_area_title(area)}: {_COVERAGE.get(str(level), str(level))}" for area, level in case.areas.items()]
    if case.palms is not None:
        lines.append(f"{case.palms:g} palms")
    if case.share is not None:
        lines.append(f"{case.share:.0%} of the body, as the patient puts it")
    if extent is not None:
        lines.append(f"About {extent.estimate:.0f} % of the skin ({extent.low:.0f} to {extent.high:.0f} %)")
    return lines


def _area_title(area: str) -> str:
    base, _, face = area.rpartition("_")
    if face in ("front", "back") and base in AREAS:
        return f"{AREAS[base].title}, {face}"
    if area in AREAS:
        return AREAS[area].title
    return area.replace("_", " ").capitalize() if area in GROUPS else area


def _symptoms(case: Case) -> list[str]:
    lines = []
    if case.itch is not None:
        lines.append(f"Itch: {_SEVERITY[case.itch]}")
    if case.pain is not None:
        lines.append(f"Pain of the skin: {_SEVERITY[case.pain]}")
    for value, name in (
        (case.sleep_lost, "Keeps the patient awake"),
        (case.chores_limited, "Limits housework or shopping"),
        (case.self_care_limited, "Limits washing, dressing or eating"),
        (case.spreading, "Spreading"),
        (case.not_improving, "No better after some days"),
        (case.back_after_restart, "Back after lenalidomide was begun again"),
    ):
        if value is not None:
            lines.append(f"{name}: {'yes' if value else 'no'}")
    return lines


def _times(case: Case) -> list[str]:
    """A number only where the patient named one: a doctor who reads "0 weeks" would take it for a first course."""
    lines = []
    if case.onset_chosen:
        lines.append(f"Rash started: {_in_a_line(case.onset_chosen)}")
    if case.onset_days is not None:
        lines.append(f"Rash for about {case.onset_days:g} days")
    if case.lenalidomide_chosen:
        lines.append(f"Lenalidomide started: {_in_a_line(case.lenalidomide_chosen)}")
    if case.lenalidomide_weeks is not None:
        lines.append(f"Lenalidomide for about {case.lenalidomide_weeks:g} weeks")
    return lines


def _in_a_line(title: str) -> str:
    return title[:1].lower() + title[1:]
