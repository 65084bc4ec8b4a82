"""Takes what a message says, in words, into the case.

Three rules hold everywhere: a sign that is there is never forgotten because it is not repeated; a denial takes a
sign back only where the patient corrects themselves, else it is asked about; "not sure" is kept as a possible yes.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.assessment.case import ABSENT, PRESENT, UNSURE, Case
from bot.assessment.steps import FORGETS
from bot.assessment.turn import Turn, answered_directly
from bot.clinical.signs import FLAG_OF_CONCEPT, RASH_SIGNS, Sign
from bot.language.overall import overall_answer
from bot.language.reading import CORRECTION, Answer, Finding, Ground, Reading, Status

#: Note on a turn whose answer to the checklist did not say which sign is meant.
CHECKLIST_UNSURE = "checklist_unsure"
_STATUS_OF_ANSWER = {Answer.YES: PRESENT, Answer.NO: ABSENT, Answer.NOT_SURE: UNSURE}
_SIGNS = {sign.value for sign in Sign}
_MAX_QUOTES = 12
#: More questions at once would not be one direct question any more; what was not asked, no answer can deny.
MAX_DOUBTS = 3


def merge(case: Case, reading: Reading, step: str | None, checklist: tuple[Sign, ...]) -> Turn:
    """The turn that a message in words makes of the case.

    step: the assessment question that is open, or None. checklist: the signs that the "red_flags" question asks about.
    """
    turn = Turn(case)
    if case.asked and reading.answer is not None:
        turn = answered_directly(case, _STATUS_OF_ANSWER[reading.answer])
    elif case.asked and _denies_what_was_asked(case, reading):
        turn = answered_directly(case, ABSENT)
    turn = _signs(turn, reading, step)
    facts = _facts(turn.case, reading)
    informed = turn.informed or facts != turn.case
    turn = replace(turn, case=facts, informed=informed)
    turn = _answer_to_step(turn, reading, step, checklist)
    again = _passed_over(case, turn, reading, step)
    turn = replace(turn, doubts=tuple(dict.fromkeys((*again, *turn.doubts))))
    quotes = turn.case.quotes
    if turn.informed and reading.text.strip() and reading.answer is None:
        quotes = (*quotes, reading.text.strip())[-_MAX_QUOTES:]
    return replace(turn, case=replace(turn.case, quotes=quotes, asked=turn.doubts[:MAX_DOUBTS], asked_again=again))


def _denies_what_was_asked(case: Case, reading: Reading) -> bool:
    """ "No, her skin is not peeling or raw" to the direct question whether it is: as plain as a bare no.

    Every red flag that was asked about is denied in words, none of them is told otherwise, and no other is told.
    """
    signs = [(Sign(finding.concept).flag, finding) for finding in reading.findings if finding.concept in _SIGNS]
    if any(flag and finding.status is not Status.ABSENT for flag, finding in signs):
        return False
    return set(case.asked) <= {flag for flag, _ in signs}


def _passed_over(before: Case, turn: Turn, reading: Reading, step: str | None) -> tuple[str, ...]:
    """Red flags of the direct question that this message leaves unanswered. They are put once more, not a third time.

    A message that speaks of the sign in any way has dealt with it, and one that reports another is answered with care.
    """
    answered = reading.answer is not None or (step == "red_flags" and turn.answered)
    # Whether what was told is still there is asked twice, too, before the seek-care reply comes again.
    known = {sign.flag for sign in before.having(PRESENT)}
    beside_an_alarm = before.told_urgent and not known.issuperset(before.asked)
    if answered or beside_an_alarm or any(sign.flag for sign in turn.reported):
        return ()
    spoken_of = {Sign(finding.concept).flag for finding in reading.findings if finding.concept in _SIGNS}
    return tuple(flag for flag in before.asked if flag not in spoken_of and flag not in before.asked_again)


def _counted(reading: Reading, step: str | None) -> tuple[Finding, ...]:
    """The findings, with those left out that are part of another, and a bad reaction of the past made plain."""
    kept = _bands_as_one(reading)
    return kept + _reaction_to_a_kin(kept, reading.text, step)


#: Blisters or pain beyond the band are more than shingles.
_BEYOND_A_BAND = re.compile(r"\b(?:all over|whole|everywhere|elsewhere|other (?:places?|parts?)|both sides)\b", re.I)


def _bands_as_one(reading: Reading) -> tuple[Finding, ...]:
    """ "A stripe of shingles round my ribs, with little blisters in it": a band counts once, its parts do not."""
    if _BEYOND_A_BAND.search(reading.text):
        return reading.findings
    present = [finding for finding in reading.findings if finding.status is Status.PRESENT]
    bands = [finding for finding in present if finding.concept == "shingles"]
    return tuple(
        _as_sure_as_its_parts(finding, present) if finding in bands else finding
        for finding in reading.findings
        if not any(_is_part_of(finding, band) for band in bands)
    )


def _as_sure_as_its_parts(band: Finding, present: list[Finding]) -> Finding:
    """ "Maybe shingles, a stripe of blisters": the whole must not be less urgent than a part that is surely there."""
    sure = any(not finding.in_doubt and _is_part_of(finding, band) for finding in present)
    return replace(band, in_doubt=band.in_doubt and not sure)


#: "... stripe round my ribs, with little blisters in it": so far apart, in characters, words still tell of one band.
_NEAR = 40
#: What a band of shingles is made of, so that the same words are not taken for these as well.
_PART_OF_SHINGLES = {"blisters", "single_blister", "chest_pain", "skin_pain"}
#: "Shingles, and crushing chest pain" are two things: pain of the chest has to share words with the band.
_REACH = {"chest_pain": 0}


def _is_part_of(finding: Finding, band: Finding) -> bool:
    """ "Shingles with blisters": whether the second is told of the first, near it."""
    reach = _REACH.get(finding.concept, _NEAR)
    near = band.start <= finding.end + reach and finding.start <= band.end + reach
    return finding.concept in _PART_OF_SHINGLES and near


_THE_KIN_OF_LENALIDOMIDE = re.compile(r"\b(?:thalidomide|lenalidomide|revlimid|pomalidomide|pomalyst|imnovid)\b", re.I)
#: Lenalidomide is what most patients take now; a past reaction to these two is one to a kin of it.
_NOT_THIS_ONE = re.compile(r"\b(?:thalidomide|pomalidomide|pomalyst|imnovid)\b", re.I)


def _reaction_to_a_kin(findings: tuple[Finding, ...], text: str, step: str | None) -> tuple[Finding, ...]:
    """ "I had blisters on thalidomide years ago": a past sign, taken for a severe reaction to a kin of lenalidomide.

    Lenalidomide by its own name counts only beside the question about medicines.
    """
    past = [finding for finding in findings if finding.status is Status.PAST and finding.concept in FLAG_OF_CONCEPT]
    if not past or not _THE_KIN_OF_LENALIDOMIDE.search(text):
        return ()
    if step != "medicines" and not _NOT_THIS_ONE.search(text):
        return ()
    first = past[0]
    return (replace(first, concept="past_severe_reaction", status=Status.PRESENT, rule=f"{first.rule}, to a kin"),)


#: That they are over is no glad tidings in a few words.
_NO_COMFORT = frozenset({Sign.SELF_HARM, Sign.PREGNANCY_EXPOSURE})


def _signs(turn: Turn, reading: Reading, step: str | None) -> Turn:
    """ "Blisters since Monday, no fever, a bit breathless maybe": what is there, what is not, what to ask about."""
    case, reported, doubts, mentioned = turn.case, list(turn.reported), list(turn.doubts), list(turn.case.mentioned)
    denied: list[str] = []
    past = list(case.past)
    findings = [finding for finding in _counted(reading, step) if finding.concept in _SIGNS]
    for finding in findings:
        sign = Sign(finding.concept)
        before = case.signs.get(sign.value)
        if finding.stands:
            case = case.with_signs(PRESENT, sign, words=finding.text)
            reported.append(sign)
        elif finding.doubtful:
            # "All gone down by Monday": whether what was told is still there.
            again = finding.ground is Ground.BACK_REFERENCE and sign not in reported
            if sign.flag and (before != PRESENT or again):
                doubts.append(sign.flag)
        elif (
            CORRECTION in reading.notes
            and before == PRESENT
            and sign not in reported
            and finding.ground is not Ground.FINE
        ):
            # Denied after all, long over, or somebody else's: the patient takes it back. What this very message
            # reports is not taken back by it: "actually I do have a fever, I had one last year too". Nor is what was
            # told of two places by one of them: "lips and tongue swollen" - "sorry, tongue is normal".
            case = case.with_signs(ABSENT, sign)
            if finding.status is Status.PAST and sign not in _NO_COMFORT:
                case = replace(case, gone=(*case.gone, sign.value))
        elif finding.status is Status.ABSENT:
            if before != PRESENT:
                case = case.with_signs(ABSENT, sign)
                denied.append(sign.value)
            elif sign.flag:
                doubts.append(sign.flag)
        else:
            mentioned.append(sign.value)
        if finding.status is Status.PAST:
            past.append(sign.value)
    # What this very message denies the next can mean: "None of those blisters, no." "Correction: there are several".
    mentioned = [name for name in mentioned if case.signs.get(name) != ABSENT] + denied
    reported_flags = {sign.flag for sign in reported}
    return replace(
        turn,
        heard=(*turn.heard, *_guessed(findings)),
        case=replace(case, mentioned=tuple(dict.fromkeys(mentioned)), past=tuple(dict.fromkeys(past))),
        reported=tuple(dict.fromkeys(reported)),
        doubts=tuple(flag for flag in dict.fromkeys(doubts) if flag not in reported_flags),
        informed=turn.informed or case.signs != turn.case.signs,
    )


_LONGEST_QUOTE = 90


def _guessed(findings: list[Finding]) -> list[str]:
    """The words in which the net heard a sign: it guesses which one it is; the patient's own words are surer."""
    net = [finding for finding in findings if finding.stands and finding.ground is Ground.NET]
    return [f"“{finding.text[:_LONGEST_QUOTE]}”" for finding in net]


def _severity(finding: Finding) -> int | None:
    """0 to 4; a symptom that is only named has none, one that is denied is 0."""
    if finding.status is Status.ABSENT:
        return 0
    return finding.severity if finding.status is Status.PRESENT else None


def _yes_no(finding: Finding) -> bool | None:
    return {Status.PRESENT: True, Status.ABSENT: False}.get(finding.status)


#: What makes it plain that there is a rash, whoever asked.
_RASH_CONCEPTS = {"rash", *(sign.value for sign in RASH_SIGNS)}


def _facts(case: Case, reading: Reading) -> Case:
    """Everything that is not a sign: sites and extent, symptoms, daily life, times, medicines."""
    correcting = CORRECTION in reading.notes
    sites = {f.site: f for f in reading.findings if f.concept == "area" and f.site}
    if sites:
        # "No, only the left arm" replaces the places; "no, not the arms" takes out those that it names.
        replaced = correcting and any(finding.status is Status.PRESENT for finding in sites.values())
        areas = {} if replaced else dict(case.areas)
        for site, finding in sites.items():
            if finding.status is Status.ABSENT:
                areas.pop(site, None)
            elif finding.status is Status.PRESENT:
                stated = finding.measure.unit if finding.measure else None
                areas[site] = stated or areas.get(site, "unknown")
        case = replace(case, areas=areas)
    there = any(f.concept in _RASH_CONCEPTS and f.status is Status.PRESENT for f in reading.findings)
    for finding in reading.findings:
        take = _TAKE.get(finding.concept)
        if finding.concept == "rash" and finding.status is Status.ABSENT and (there or (case.rash and not correcting)):
            # "I have an itchy rash. No rash on my face": the denial of one place.
            continue
        if take and finding.status in (Status.PRESENT, Status.ABSENT):
            case = take(case, finding)
        if finding.concept in _RASH_CONCEPTS and finding.status is Status.PRESENT:
            case = replace(case, rash=True)
    return case


def _itch(case: Case, finding: Finding) -> Case:
    severity = _severity(finding)
    return case if severity is None else replace(case, itch=severity)


def _pain(case: Case, finding: Finding) -> Case:
    severity = _severity(finding)
    return case if severity is None else replace(case, pain=severity)


def _rash(case: Case, finding: Finding) -> Case:
    return replace(case, rash=finding.status is Status.PRESENT or bool(case.areas and case.rash))


def _onset(case: Case, finding: Finding) -> Case:
    return replace(case, onset_days=finding.measure.value, onset_chosen=None) if finding.measure else case


def _start(case: Case, finding: Finding) -> Case:
    if not finding.measure:
        return case
    return replace(case, lenalidomide_weeks=round(finding.measure.value / 7, 1), lenalidomide_chosen=None)


def _medicine(case: Case, finding: Finding) -> Case:
    if finding.status is Status.ABSENT:
        return replace(case, no_new_medicines=True)
    return replace(case, medicines=tuple(dict.fromkeys((*case.medicines, finding.text))))


_TAKE: dict[str, Callable[[Case, Finding], Case]] = {
    "rash": _rash,
    "itch": _itch,
    "pain": _pain,
    "sleep_loss": lambda case, f: replace(case, sleep_lost=_yes_no(f)),
    "chores_limited": lambda case, f: replace(case, chores_limited=_yes_no(f)),
    "self_care_limited": lambda case, f: replace(case, self_care_limited=_yes_no(f)),
    "not_improving": lambda case, f: replace(case, not_improving=_yes_no(f)),
    "back_after_restart": lambda case, f: replace(case, back_after_restart=_yes_no(f)),
    "palms": lambda case, f: replace(case, palms=f.measure.value) if f.measure else case,
    "extent_share": lambda case, f: replace(case, share=f.measure.value) if f.measure else case,
    "rash_onset": _onset,
    "lenalidomide_start": _start,
    # Beside a danger sign nothing is as if there were no rash.
    "rash_gone": lambda case, f: case if case.told_urgent else replace(case, rash=False, **FORGETS["where"]),
    "spreading": lambda case, f: replace(case, spreading=_yes_no(f)),
    "new_medicine": _medicine,
}

#: What settles each question when it is said, open or not.
_SETTLED: dict[str, Callable[[Case], bool]] = {
    "where": lambda case: bool(case.palms or case.share or any(c != "unknown" for c in case.areas.values())),
    "symptoms": lambda case: case.itch is not None and case.sleep_lost is not None,
    "daily_life": lambda case: (
        bool(case.self_care_limited) or (case.chores_limited is not None and case.self_care_limited is not None)
    ),
    "timing": lambda case: (
        (case.onset_days is not None or case.onset_chosen is not None)
        and (case.lenalidomide_weeks is not None or case.lenalidomide_chosen is not None)
    ),
    "medicines": lambda case: False,
}


def _answer_to_step(turn: Turn, reading: Reading, step: str | None, checklist: tuple[Sign, ...]) -> Turn:
    """Settles the open question, and any other that the message happens to answer in full."""
    case = turn.case
    settled = [name for name, is_settled in _SETTLED.items() if is_settled(case)]
    if step and not turn.answered:
        turn = _answer_to_open_step(turn, reading, step, checklist)
        case = turn.case
    return replace(turn, case=case.settle(*settled))


def _answer_to_open_step(turn: Turn, reading: Reading, step: str, checklist: tuple[Sign, ...]) -> Turn:
    case = turn.case
    if step == "red_flags":
        return _answer_to_checklist(turn, reading, checklist)
    if reading.answer is Answer.NO or (reading.answer is Answer.YES and step in _YES_MEANS):
        means = (_NO_MEANS if reading.answer is Answer.NO else _YES_MEANS).get(step, {})
        unknown = {name: told for name, told in means.items() if getattr(case, name) == getattr(_NEW, name)}
        case = replace(case, **unknown)
        return replace(turn, case=case.settle(step), answered=True, informed=True)
    if reading.answer is Answer.NOT_SURE:
        return replace(turn, case=case.settle(step), answered=True)
    if any(finding.concept in _CONCEPTS_OF_STEP[step] for finding in reading.findings):
        return replace(turn, case=case.settle(step), answered=True)
    return turn


_NEW = Case()
#: What a bare no tells, in the light of the question, of what is not known yet: it takes back nothing that was told.
_NO_MEANS: dict[str, dict[str, Any]] = {
    "symptoms": {"itch": 0, "pain": 0, "sleep_lost": False},
    "daily_life": {"chores_limited": False, "self_care_limited": False},
    "medicines": {"no_new_medicines": True},
}

#: What a bare yes tells, as the choice would that says no more.
_YES_MEANS: dict[str, dict[str, Any]] = {
    "daily_life": {"chores_limited": True},
    "medicines": {"medicines": ("another new medicine",)},
}

#: What counts as an answer, even a partial one, to the question that is open.
_CONCEPTS_OF_STEP = {
    "where": {"area", "palms", "extent_share", "rash_gone"},
    "symptoms": {"itch", "pain", "sleep_loss", "burning"},
    "daily_life": {"chores_limited", "self_care_limited"},
    "timing": {"rash_onset", "lenalidomide_start", "spreading"},
    "medicines": {"new_medicine", "past_severe_reaction", "medicine"},
}


def _answer_to_checklist(turn: Turn, reading: Reading, checklist: tuple[Sign, ...]) -> Turn:
    """A typed answer to "do you have any of these?"."""
    case = turn.case
    untold = tuple(sign for sign in checklist if sign.value not in case.signs)
    if turn.doubts:
        # Asked about directly first; the checklist comes again after that.
        return turn
    answer = reading.answer or (None if turn.reported else overall_answer(reading.text))
    if answer is Answer.NO:
        case = case.with_signs(ABSENT, *untold).settle("red_flags")
        return replace(turn, case=case, answered=True, informed=True)
    if answer in (Answer.NOT_SURE, Answer.YES) and not turn.reported:
        # Never a no: a yes that does not say which, or "not sure", leaves all that was not told possible.
        case = case.with_signs(UNSURE, *untold).settle("red_flags")
        return replace(turn, case=case, reported=untold, answered=True, informed=True, notes=(CHECKLIST_UNSURE,))
    if turn.reported:
        # One sign told is no denial of the others: the rest is asked once more.
        again = case.tries.get("red_flags", 0) > 0
        tried = replace(case, tries={**case.tries, "red_flags": case.tries.get("red_flags", 0) + 1})
        return replace(turn, case=tried.settle("red_flags") if again else tried, answered=True)
    return turn
