"""The table of urgency rules, to be read from top to bottom by a clinician.

Ids and sources are those of the red flags in the clinical evidence (RF01 to RF14 emergency, RF20 to RF36 below it).
A rule has a tier and says what must be there: one sign of `signs`, and, where given, one of `together_with`,
the state of the rash, and a `when` over the rest of the findings. `urgency.py` decides with the table.

Where the table is stricter than the source, it is so on purpose: shingles on the trunk, an infected rash, low-platelet
spots and a single blister are `same_day` there and `urgent` here, because every red flag gives at least `urgent`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.clinical.extent_band import ExtentBand, extent_band, may_reach_10
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency

#: Itch or pain from this level on (0 to 4) counts as severe, and from MODERATE on as more than mild.
MODERATE, SEVERE = 2, 3

MUCOSAL = frozenset({Sign.MOUTH_SORES, Sign.EYE_INFLAMMATION, Sign.GENITAL_SORES})
UNWELL = frozenset({Sign.FEVER, Sign.CHILLS, Sign.RIGORS, Sign.VERY_UNWELL})


class Rash(Enum):
    """What a rule needs to know about the rash."""

    ANY = "any"
    POSSIBLE = "possible"
    STATED = "stated"
    RULED_OUT = "ruled out"

    def holds(self, findings: Findings) -> bool:
        """Not asked counts as a rash where `POSSIBLE` is enough: people come to this guide because of one."""
        if self is Rash.POSSIBLE:
            return not findings.rash_ruled_out
        if self is Rash.STATED:
            return findings.rash is True
        if self is Rash.RULED_OUT:
            return findings.rash_ruled_out
        return True


@dataclass(frozen=True)
class Rule:
    """One line of the table. `when` is asked last; without `signs` it decides alone."""

    id: str
    tier: Urgency
    name: str
    sources: tuple[str, ...]
    signs: frozenset[Sign] = frozenset()
    together_with: frozenset[Sign] = frozenset()
    rash: Rash = Rash.ANY
    when: Callable[[Findings], bool] | None = None

    def found(self, findings: Findings, counted: frozenset[Sign]) -> frozenset[Sign] | None:
        """The signs among `counted` that make the rule true, or None where it is not."""
        main, second = self.signs & counted, self.together_with & counted
        if (self.signs and not main) or (self.together_with and not second):
            return None
        if not self.rash.holds(findings) or (self.when is not None and not self.when(findings)):
            return None
        return main | second


def _at_least(band: ExtentBand) -> Callable[[Findings], bool]:
    return lambda findings: findings.extent is not None and extent_band(findings.extent) >= band


def _in_band(band: ExtentBand) -> Callable[[Findings], bool]:
    return lambda findings: findings.extent is not None and extent_band(findings.extent) == band


def _only_high_end(findings: Findings) -> bool:
    extent = findings.extent
    return extent is not None and extent_band(extent) == ExtentBand.UNDER_10 and may_reach_10(extent)


def _itch_severe(findings: Findings) -> bool:
    return findings.itch is not None and findings.itch >= SEVERE


def _pain_severe(findings: Findings) -> bool:
    return findings.pain is not None and findings.pain >= SEVERE


def _signs(*signs: Sign) -> frozenset[Sign]:
    return frozenset(signs)


_E, _U, _D = Urgency.EMERGENCY, Urgency.URGENT, Urgency.SAME_DAY

RULES: tuple[Rule, ...] = (
    # --- emergency -----------------------------------------------------------------------------------------------
    Rule("RF01", _E, "Trouble breathing or swallowing", ("S38", "S36", "S73"), _signs(Sign.AIRWAY)),
    Rule("RF02", _E, "Swelling of face, lips, tongue or eyelids", ("S01", "S38", "S35"), _signs(Sign.FACIAL_SWELLING)),
    Rule("RF03", _E, "Severe allergic reaction", ("S73",), _signs(Sign.ANAPHYLAXIS)),
    Rule(
        "RF03",
        _E,
        "Hives with faintness, vomiting or a racing heart",
        ("S73",),
        _signs(Sign.HIVES),
        together_with=_signs(Sign.FAINTNESS, Sign.VOMITING, Sign.RACING_HEART),
    ),
    Rule(
        "RF04",
        _E,
        "Blisters, or peeling or raw skin",
        ("S01", "S36", "S37"),
        _signs(Sign.BLISTERS, Sign.SKIN_PEELING),
    ),
    Rule(
        "RF05",
        _E,
        "Sores of mouth, lips or genitals with a rash",
        ("S36", "S37"),
        _signs(Sign.MOUTH_SORES, Sign.GENITAL_SORES),
        rash=Rash.POSSIBLE,
    ),
    Rule("RF06", _E, "Inflamed eyes with a rash", ("S37", "S36"), _signs(Sign.EYE_INFLAMMATION), rash=Rash.POSSIBLE),
    Rule("RF07", _E, "Skin pain out of proportion", ("S37",), _signs(Sign.SKIN_PAIN)),
    Rule(
        "RF07",
        _E,
        "Target-like or dusky spots over 10 % of the skin or more",
        ("S37", "S07"),
        _signs(Sign.TARGET_SPOTS),
        when=_at_least(ExtentBand.FROM_10_TO_30),
    ),
    Rule(
        "RF08",
        _E,
        "Fever or chills with a rash and skin pain or sores",
        ("S37",),
        UNWELL,
        together_with=MUCOSAL | {Sign.SKIN_PAIN},
        rash=Rash.POSSIBLE,
    ),
    Rule("RF09", _E, "Hard shaking chills", ("S44",), _signs(Sign.RIGORS)),
    Rule("RF10", _E, "Chest pain or coughing blood", ("S04", "S38"), _signs(Sign.CHEST_PAIN)),
    Rule("RF11", _E, "Stroke signs", ("S38",), _signs(Sign.STROKE)),
    Rule("RF12", _E, "Serious bleeding", ("S45",), _signs(Sign.BLEEDING)),
    Rule("RF13", _E, "Thoughts of self-harm", ("S60", "S74"), _signs(Sign.SELF_HARM)),
    # S44 for confusion as a sign of sepsis; that a collapse is an emergency needs no paper.
    Rule("RF14", _E, "Confusion, seizure or collapse", ("S44",), _signs(Sign.CONFUSION_OR_COLLAPSE)),
    Rule(
        "RF21",
        _E,
        "Fever with a rash and swelling, blisters, peeling, sores or skin pain",
        ("S36",),
        _signs(Sign.FEVER),
        together_with=MUCOSAL | {Sign.FACIAL_SWELLING, Sign.BLISTERS, Sign.SKIN_PEELING, Sign.SKIN_PAIN},
        rash=Rash.POSSIBLE,
    ),
    Rule(
        "RF26",
        _E,
        "Target-like spots with sores or skin pain",
        ("S07", "S01", "S37"),
        _signs(Sign.TARGET_SPOTS),
        together_with=MUCOSAL | {Sign.SKIN_PAIN},
    ),
    Rule(
        "RF27",
        _E,
        "Shingles near eye or nose, or widespread",
        ("S41", "S43"),
        _signs(Sign.SHINGLES_EYE_OR_WIDESPREAD),
    ),
    # --- urgent --------------------------------------------------------------------------------------------------
    Rule(
        "RF07",
        _U,
        "Severe skin pain",
        ("S37",),
        rash=Rash.POSSIBLE,
        when=_pain_severe,
    ),
    Rule(
        "RF20",
        _U,
        "Fever, or chills or feeling very unwell without one",
        ("S39", "S40"),
        _signs(Sign.FEVER, Sign.CHILLS, Sign.VERY_UNWELL),
    ),
    Rule("RF21", _U, "Fever with a rash", ("S36",), _signs(Sign.FEVER), rash=Rash.STATED),
    Rule(
        "RF22",
        _U,
        "Swollen glands, yellow skin or dark urine",
        ("S31", "S35"),
        _signs(Sign.SWOLLEN_GLANDS, Sign.JAUNDICE),
    ),
    Rule("RF23", _U, "Many small pus spots", ("S35",), _signs(Sign.PUSTULES)),
    Rule("RF24", _U, "Redness or scaling of nearly all the skin", ("S07", "S36"), _signs(Sign.ERYTHRODERMA)),
    Rule(
        "RF24",
        _U,
        "Rash over nearly all the skin",
        ("S07", "S36"),
        rash=Rash.POSSIBLE,
        when=_at_least(ExtentBand.NEAR_TOTAL),
    ),
    Rule("RF25", _U, "Spread within hours", ("S36",), _signs(Sign.RAPID_SPREAD)),
    Rule("RF26", _U, "Target-like or dusky spots", ("S07", "S01"), _signs(Sign.TARGET_SPOTS)),
    Rule("RF27", _U, "One-sided painful band of blisters", ("S41", "S43"), _signs(Sign.SHINGLES)),
    Rule("RF28", _U, "Infected skin", ("S36", "S44"), _signs(Sign.SKIN_INFECTION)),
    Rule(
        "RF29",
        _U,
        "Purple spots, new bruises, or nose or gum bleeding",
        ("S45",),
        _signs(Sign.PURPURA, Sign.MINOR_BLEEDING),
    ),
    Rule("RF30", _U, "One swollen, painful, warm limb", ("S04", "S38"), _signs(Sign.LEG_CLOT)),
    Rule("RF31", _U, "Possible pregnancy or exposure", ("S04", "S05"), _signs(Sign.PREGNANCY_EXPOSURE)),
    Rule("RF32", _U, "Blister in a single small area", ("S36",), _signs(Sign.SINGLE_BLISTER)),
    Rule("RF33", _U, "Sores or inflamed eyes without a rash", ("S07",), MUCOSAL, rash=Rash.RULED_OUT),
    # --- same day ------------------------------------------------------------------------------------------------
    # Faintness belongs to the first question about allergy even where nobody has called the rash hives.
    Rule("RF03", _D, "Faintness with a rash", ("S73",), _signs(Sign.FAINTNESS), rash=Rash.STATED),
    Rule("RF34", _D, "Severe low mood or agitation", ("S74", "S60"), _signs(Sign.LOW_MOOD)),
    Rule(
        "RF35",
        _D,
        "Rash over 30 % of the skin, with or without symptoms",
        ("S07", "S15"),
        rash=Rash.POSSIBLE,
        when=_at_least(ExtentBand.OVER_30),
    ),
    Rule(
        "RF35",
        _D,
        "Rash over 10 to 30 % of the skin",
        ("S07", "S15"),
        rash=Rash.POSSIBLE,
        when=_in_band(ExtentBand.FROM_10_TO_30),
    ),
    Rule("RF35", _D, "Rash that may reach 10 % of the skin", ("S07",), rash=Rash.POSSIBLE, when=_only_high_end),
    Rule("RF35", _D, "Severe itch", ("S07", "S15"), rash=Rash.POSSIBLE, when=_itch_severe),
    Rule("RF35", _D, "Sleep lost", ("S07", "S15"), rash=Rash.POSSIBLE, when=lambda f: f.sleep_lost is True),
    Rule("RF35", _D, "Housework limited", ("S07",), rash=Rash.POSSIBLE, when=lambda f: f.chores_limited is True),
    Rule("RF35", _D, "Self-care limited", ("S07",), rash=Rash.POSSIBLE, when=lambda f: f.self_care_limited is True),
    Rule("RF35", _D, "No better after days", ("S15",), rash=Rash.POSSIBLE, when=lambda f: f.not_improving is True),
    Rule("RF35", _D, "Back after a restart", ("S15",), rash=Rash.POSSIBLE, when=lambda f: f.back_after_restart is True),
    Rule(
        "RF36",
        _D,
        "Rash with a past severe reaction to this kind of medicine",
        ("S01",),
        _signs(Sign.PAST_SEVERE_REACTION),
        rash=Rash.POSSIBLE,
    ),
)
