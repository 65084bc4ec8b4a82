"""Whole patients, from where the rash is to advice and grade."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.clinical.body_surface import extent_from_areas, extent_from_palms
from bot.clinical.explanation import assess
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency

USUAL = {"pain": 0, "sleep_lost": False, "chores_limited": False, "self_care_limited": False}
ALL_RED_FLAGS = frozenset(sign for sign in Sign if sign.flag)


@dataclass(frozen=True)
class Patient:
    """A story in one line, what is known, and what should come of it."""

    story: str
    urgency: Urgency
    grade: int | None
    areas: dict[str, str] = field(default_factory=dict)
    palms: int | None = None
    present: frozenset[Sign] = frozenset()
    unsure: frozenset[Sign] = frozenset()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def findings(self) -> Findings:
        """Everything that was not reported was asked about and denied."""
        extent = extent_from_areas(self.areas) if self.areas else None
        if self.palms is not None:
            extent = extent_from_palms(self.palms)
        return Findings(
            present=self.present,
            unsure=self.unsure,
            denied=ALL_RED_FLAGS - self.present - self.unsure,
            rash=extent is not None,
            extent=extent,
            **{**USUAL, **self.facts},
        )


PATIENTS = [
    Patient(
        "Speckles on both shins after gardening, hardly itchy",
        Urgency.ROUTINE,
        1,
        areas={"lower_legs": "spots"},
        facts={"itch": 1},
    ),
    Patient(
        "Dotted over trunk and thighs, no itch: many areas, little skin",
        Urgency.ROUTINE,
        1,
        areas={"trunk": "spots", "thighs": "spots"},
        facts={"itch": 0},
    ),
    Patient("Six palms on the flank, mild itch", Urgency.ROUTINE, 1, palms=6, facts={"itch": 1}),
    Patient("Seven palms on the flank: the guard lifts it", Urgency.SAME_DAY, 2, palms=7, facts={"itch": 1}),
    Patient(
        "Chest and upper back half covered, six and a half percent, moderate itch",
        Urgency.ROUTINE,
        1,
        areas={"chest": "half", "upper_back": "half"},
        facts={"itch": 2},
    ),
    Patient(
        "Nearly all of both arms, does not itch",
        Urgency.SAME_DAY,
        2,
        areas={"arms": "all"},
        facts={"itch": 0},
    ),
    Patient(
        "Half the trunk and a quarter of the legs, 23 percent, severe itch",
        Urgency.SAME_DAY,
        2,
        areas={"trunk": "half", "legs": "quarter"},
        facts={"itch": 3},
    ),
    Patient(
        "Half the trunk and a quarter of legs and chest wall, 26 percent with moderate itch: read as over 30",
        Urgency.SAME_DAY,
        3,
        areas={"trunk": "half", "legs": "quarter", "buttocks": "half"},
        facts={"itch": 2},
    ),
    Patient(
        "Half of the whole body, only just felt",
        Urgency.SAME_DAY,
        2,
        areas={"whole_body": "half"},
        facts={"itch": 1},
    ),
    Patient(
        "Nearly all of the whole body, dry and scaling",
        Urgency.URGENT,
        2,
        areas={"whole_body": "all"},
        facts={"itch": 1},
    ),
    Patient(
        "A small patch on each hand that wakes her",
        Urgency.SAME_DAY,
        1,
        areas={"hands": "quarter"},
        facts={"itch": 2, "sleep_lost": True},
    ),
    Patient(
        "Sore hands, can't do up buttons or hold a fork",
        Urgency.SAME_DAY,
        3,
        areas={"hands": "half"},
        facts={"itch": 1, "pain": 2, "self_care_limited": True},
    ),
    Patient(
        "A few spots on the neck, shivery under two blankets",
        Urgency.URGENT,
        1,
        areas={"neck": "spots"},
        present=frozenset({Sign.CHILLS}),
        facts={"itch": 1},
    ),
    Patient(
        "Itches all night on half the legs and feels hopeless",
        Urgency.URGENT,
        2,
        areas={"legs": "half"},
        present=frozenset({Sign.LOW_MOOD}),
        facts={"itch": 3, "sleep_lost": True},
    ),
    Patient(
        "Spots on the belly; pomalidomide put him in hospital with his skin once",
        Urgency.SAME_DAY,
        1,
        areas={"belly": "spots"},
        present=frozenset({Sign.PAST_SEVERE_REACTION}),
        facts={"itch": 0},
    ),
    Patient(
        "Cannot see her own back and is not sure of blisters there",
        Urgency.URGENT,
        1,
        areas={"upper_back": "quarter"},
        unsure=frozenset({Sign.BLISTERS}),
        facts={"itch": 1},
    ),
    Patient(
        "Rings on palms and knees over a tenth of the skin, nothing else",
        Urgency.EMERGENCY,
        None,
        areas={"hands": "all", "lower_legs": "half"},
        present=frozenset({Sign.TARGET_SPOTS}),
        facts={"itch": 0},
    ),
    Patient(
        "Ulcers in the mouth from the dentures, skin clear",
        Urgency.URGENT,
        None,
        present=frozenset({Sign.MOUTH_SORES}),
        facts={"itch": 0},
    ),
]


@pytest.mark.parametrize("patient", PATIENTS, ids=[patient.story for patient in PATIENTS])
def test_a_patient_gets_the_right_advice(patient: Patient) -> None:
    """Advice and estimated grade are those that the evidence asks for."""
    assessment = assess(patient.findings)
    assert (assessment.urgency, assessment.grade) == (patient.urgency, patient.grade)
