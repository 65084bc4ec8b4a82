"""The signs that can make a rash urgent, and how urgent each is on its own.

Each sign belongs to one red flag, the name under which patients are asked about it and under which messages are
labelled. Combinations of signs are rules of `rules.py`. Source of the tiers: red flags RF01 to RF36 of the
clinical evidence (T1 is emergency, T2! and listed T2 signs are urgent, the rest same day).
"""

from collections.abc import Collection
from enum import Enum


class Urgency(str, Enum):
    """What to do, from least to most urgent."""

    ROUTINE = "routine"
    SAME_DAY = "same_day"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for routine up to 3 for emergency."""
        return list(Urgency).index(self)

    @property
    def is_urgent(self) -> bool:
        """Whether the guide says to seek care now."""
        return self.rank >= Urgency.URGENT.rank


class Sign(str, Enum):
    """One thing a patient can report. The value is the concept id used in the lexicon and in stored data."""

    AIRWAY = "airway"
    FACIAL_SWELLING = "facial_swelling"
    ANAPHYLAXIS = "anaphylaxis"
    BLISTERS = "blisters"
    SINGLE_BLISTER = "single_blister"
    SKIN_PEELING = "skin_peeling"
    MOUTH_SORES = "mouth_sores"
    EYE_INFLAMMATION = "eye_inflammation"
    GENITAL_SORES = "genital_sores"
    SKIN_PAIN = "skin_pain"
    TARGET_SPOTS = "target_spots"
    PURPURA = "purpura"
    FEVER = "fever"
    CHILLS = "chills"
    RIGORS = "rigors"
    VERY_UNWELL = "very_unwell"
    SWOLLEN_GLANDS = "swollen_glands"
    JAUNDICE = "jaundice"
    SKIN_INFECTION = "skin_infection"
    PUSTULES = "pustules"
    ERYTHRODERMA = "erythroderma"
    RAPID_SPREAD = "rapid_spread"
    SHINGLES = "shingles"
    SHINGLES_EYE_OR_WIDESPREAD = "shingles_eye_or_widespread"
    BLEEDING = "bleeding"
    MINOR_BLEEDING = "minor_bleeding"
    CHEST_PAIN = "chest_pain"
    STROKE = "stroke"
    LEG_CLOT = "leg_clot"
    PREGNANCY_EXPOSURE = "pregnancy_exposure"
    SELF_HARM = "self_harm"
    CONFUSION_OR_COLLAPSE = "confusion_or_collapse"
    # Not red flags on their own: they count together with others, or as same day.
    HIVES = "hives"
    FAINTNESS = "faintness"
    VOMITING = "vomiting"
    RACING_HEART = "racing_heart"
    LOW_MOOD = "low_mood"
    PAST_SEVERE_REACTION = "past_severe_reaction"

    @property
    def flag(self) -> str | None:
        """The red flag that the sign belongs to, or None where it is none by itself."""
        return FLAG_OF.get(self)


FLAG_OF: dict[Sign, str] = {
    Sign.AIRWAY: "airway",
    Sign.FACIAL_SWELLING: "facial_swelling",
    Sign.ANAPHYLAXIS: "anaphylaxis",
    Sign.BLISTERS: "blistering",
    Sign.SINGLE_BLISTER: "blistering",
    Sign.SKIN_PEELING: "skin_peeling",
    Sign.MOUTH_SORES: "mucosal_lesion",
    Sign.EYE_INFLAMMATION: "mucosal_lesion",
    Sign.GENITAL_SORES: "mucosal_lesion",
    Sign.SKIN_PAIN: "skin_pain",
    Sign.TARGET_SPOTS: "purpura_or_target",
    Sign.PURPURA: "purpura_or_target",
    Sign.FEVER: "fever",
    Sign.CHILLS: "fever",
    Sign.RIGORS: "fever",
    Sign.VERY_UNWELL: "fever",
    Sign.SWOLLEN_GLANDS: "swollen_glands",
    Sign.JAUNDICE: "jaundice",
    Sign.SKIN_INFECTION: "infection",
    Sign.PUSTULES: "infection",
    Sign.ERYTHRODERMA: "erythroderma",
    Sign.RAPID_SPREAD: "rapid_spread",
    Sign.SHINGLES: "shingles",
    Sign.SHINGLES_EYE_OR_WIDESPREAD: "shingles",
    Sign.BLEEDING: "bleeding",
    Sign.MINOR_BLEEDING: "bleeding",
    Sign.CHEST_PAIN: "chest_pain",
    Sign.STROKE: "stroke",
    Sign.LEG_CLOT: "leg_clot",
    Sign.PREGNANCY_EXPOSURE: "pregnancy_exposure",
    Sign.SELF_HARM: "self_harm",
    Sign.CONFUSION_OR_COLLAPSE: "confusion_or_collapse",
}

#: The same by the id of a concept, as findings name it.
FLAG_OF_CONCEPT: dict[str, str] = {sign.value: flag for sign, flag in FLAG_OF.items()}

#: Every red flag once, in the order in which it is named to the patient.
RED_FLAGS: tuple[str, ...] = tuple(dict.fromkeys(FLAG_OF.values()))

#: How urgent a sign is on its own, once it is present.
URGENCY_OF_SIGN: dict[Sign, Urgency] = {
    **dict.fromkeys(FLAG_OF, Urgency.EMERGENCY),
    **dict.fromkeys(
        (
            Sign.SINGLE_BLISTER,
            Sign.TARGET_SPOTS,
            Sign.PURPURA,
            Sign.FEVER,
            Sign.CHILLS,
            Sign.VERY_UNWELL,
            Sign.SWOLLEN_GLANDS,
            Sign.JAUNDICE,
            Sign.SKIN_INFECTION,
            Sign.PUSTULES,
            Sign.ERYTHRODERMA,
            Sign.RAPID_SPREAD,
            Sign.SHINGLES,
            Sign.MINOR_BLEEDING,
            Sign.LEG_CLOT,
            Sign.PREGNANCY_EXPOSURE,
        ),
        Urgency.URGENT,
    ),
    **dict.fromkeys((Sign.LOW_MOOD, Sign.PAST_SEVERE_REACTION), Urgency.SAME_DAY),
    **dict.fromkeys((Sign.HIVES, Sign.FAINTNESS, Sign.VOMITING, Sign.RACING_HEART), Urgency.ROUTINE),
}


def signs_of(flags: Collection[str]) -> tuple[Sign, ...]:
    """Every sign of some red flags, in the order of the signs."""
    return tuple(sign for sign in Sign if sign.flag in flags)


#: The sign that stands for a red flag where only the flag is known, as after a "yes": the first, its plain form.
MAIN_SIGN: dict[str, Sign] = {flag: sign for sign, flag in reversed(FLAG_OF.items())}

#: Signs that are themselves a rash, so that "no rash" beside one of them is not taken at its word.
RASH_SIGNS: frozenset[Sign] = frozenset(
    {
        Sign.BLISTERS,
        Sign.SINGLE_BLISTER,
        Sign.SKIN_PEELING,
        Sign.TARGET_SPOTS,
        Sign.PURPURA,
        Sign.PUSTULES,
        Sign.ERYTHRODERMA,
        Sign.RAPID_SPREAD,
        Sign.SHINGLES,
        Sign.SHINGLES_EYE_OR_WIDESPREAD,
        Sign.HIVES,
    }
)

#: Each sign in a clinician's words, for explanations; the patient's words are content, not logic.
NAME_OF_SIGN: dict[Sign, str] = {
    Sign.AIRWAY: "trouble breathing or swallowing",
    Sign.FACIAL_SWELLING: "swelling of face, lips, tongue or eyelids",
    Sign.ANAPHYLAXIS: "severe allergic reaction",
    Sign.BLISTERS: "blisters",
    Sign.SINGLE_BLISTER: "blister in one small area",
    Sign.SKIN_PEELING: "peeling or raw skin",
    Sign.MOUTH_SORES: "sores of mouth or lips",
    Sign.EYE_INFLAMMATION: "red, painful or light-sensitive eyes",
    Sign.GENITAL_SORES: "genital sores",
    Sign.SKIN_PAIN: "skin pain out of proportion",
    Sign.TARGET_SPOTS: "target-like or dusky spots",
    Sign.PURPURA: "purple spots that do not fade, or new bruises",
    Sign.FEVER: "temperature of 38.0 C or more",
    Sign.CHILLS: "chills",
    Sign.RIGORS: "hard shaking chills",
    Sign.VERY_UNWELL: "feeling very unwell",
    Sign.SWOLLEN_GLANDS: "swollen glands",
    Sign.JAUNDICE: "yellow skin or eyes, or dark urine",
    Sign.SKIN_INFECTION: "signs of skin infection",
    Sign.PUSTULES: "many small pus spots",
    Sign.ERYTHRODERMA: "redness or scaling of nearly all the skin",
    Sign.RAPID_SPREAD: "spread within hours",
    Sign.SHINGLES: "one-sided painful band of blisters",
    Sign.SHINGLES_EYE_OR_WIDESPREAD: "shingles near eye or nose, or widespread",
    Sign.BLEEDING: "bleeding that does not stop, or from the gut",
    Sign.MINOR_BLEEDING: "nose or gum bleeding",
    Sign.CHEST_PAIN: "chest pain, or coughing blood",
    Sign.STROKE: "stroke signs",
    Sign.LEG_CLOT: "one swollen, painful, warm limb",
    Sign.PREGNANCY_EXPOSURE: "possible pregnancy, or someone else exposed to the capsules",
    Sign.SELF_HARM: "thoughts of self-harm or suicide",
    Sign.CONFUSION_OR_COLLAPSE: "confusion, seizure or collapse",
    Sign.HIVES: "hives",
    Sign.FAINTNESS: "faintness",
    Sign.VOMITING: "vomiting",
    Sign.RACING_HEART: "racing heart",
    Sign.LOW_MOOD: "severe low mood or agitation",
    Sign.PAST_SEVERE_REACTION: "past severe reaction to thalidomide, lenalidomide or pomalidomide",
}
