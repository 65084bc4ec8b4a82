"""Care cards: what to do now, by urgency, with extra steps for the signs that were reported."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from pydantic import validator

from bot.clinical.signs import Sign, Urgency
from bot.knowledge.base import Record, Sourced, Statement

#: The card after a check in which the patient said that there is no rash.
NO_RASH = "no_rash"
#: A card is read in a hurry: no more extra steps than this, in the order of care.yml (most pressing first).
MAX_EXTRA_STEPS = 4


class Call(Record):
    """The number to tap and the words on the button."""

    number: str
    label: str


class CardText(Sourced):
    """One card as written.

    hold_dose says not to take the next dose; None where that is left to the team. dose_step is the id of the step that
    says so, which goes where a sign holds the dose after all. meanwhile ends the card in place of check_again where it
    is shown once more, to a message that tells no other sign.
    """

    headline: str
    steps: tuple[Statement, ...]
    call: Call
    say: str
    hold_dose: str | None
    dose_step: str | None = None
    watch: tuple[Statement, ...]
    check_again: str
    meanwhile: str | None = None

    @validator("dose_step")
    def _is_a_step(cls, value: str, values: dict[str, Any]) -> str:
        if value not in [step.id for step in values.get("steps", ())]:
            raise ValueError(f"there is no step '{value}'")
        return value


class Variant(Sourced):
    """Steps added to a card when one of `signs` is present. first puts them right after whom to call."""

    signs: tuple[Sign, ...]
    first: bool = False
    steps: tuple[Statement, ...]
    hold_dose: str | None = None


@dataclass(frozen=True)
class CareCard:
    """A card for one patient, ready to show. `heard` holds phrases for "You told me about:".

    statements are those of steps and watch, with their ids, sources and levels; rests_on has the card itself as well.
    """

    id: str
    urgency: Urgency
    headline: str
    steps: tuple[str, ...]
    call: Call
    say: str
    hold_dose: str | None
    watch: tuple[str, ...]
    check_again: str
    rests_on: tuple[Sourced, ...]
    statements: tuple[Statement, ...]
    heard: tuple[str, ...] = ()
    meanwhile: str | None = None

    @property
    def once_more(self) -> "CareCard":
        """As it is shown to a message that tells nothing new while the card stands."""
        return replace(self, check_again=self.meanwhile or self.check_again)

    @property
    def text(self) -> str:
        """The whole card as plain text, for channels that show nothing else."""
        lines = [self.headline]
        if self.heard:
            lines.append(f"You told me about: {', '.join(self.heard)}.")
        lines += [f"- {step}" for step in self.steps]
        if self.hold_dose:
            lines.append(self.hold_dose)
        lines.append(self.say)
        if self.watch:
            lines += ["Watch for:", *(f"- {item}" for item in self.watch)]
        lines.append(self.check_again)
        return "\n".join(lines)


@dataclass(frozen=True)
class CareCards:
    """All cards and variants. `compose` picks and combines them."""

    cards: dict[str, CardText]
    variants: tuple[Variant, ...]

    def compose(
        self, urgency: Urgency, signs: Collection[Sign] = (), heard: tuple[str, ...] = (), no_rash: bool = False
    ) -> CareCard:
        """The card for an urgency and the signs reported. no_rash: the patient was asked and has none.

        Thoughts of self-harm alone get the crisis card, a pregnancy question alone its own card. Beside other
        urgent signs they add their steps to the card of the urgency.
        """
        card = self.cards[self._card_id(urgency, signs, no_rash)]
        extra = [v for v in self.variants if v.id != card.id and not set(signs).isdisjoint(v.signs)]
        first = [step for variant in extra if variant.first for step in variant.steps][:MAX_EXTRA_STEPS]
        last = [step for variant in extra if not variant.first for step in variant.steps]
        holds = [variant.hold_dose for variant in extra if variant.hold_dose]
        own = [step for step in card.steps if not (holds and step.id == card.dose_step)]
        # Whom to call stays on top.
        steps = (own[0], *first, *own[1:], *last[: MAX_EXTRA_STEPS - len(first)])
        statements = (*steps, *card.watch)
        return CareCard(
            id=card.id,
            urgency=urgency,
            headline=card.headline,
            steps=tuple(step.text for step in steps),
            call=card.call,
            say=card.say,
            hold_dose=card.hold_dose or next(iter(holds), None),
            watch=tuple(item.text for item in card.watch),
            check_again=card.check_again,
            rests_on=(card, *statements),
            statements=statements,
            heard=heard,
            meanwhile=card.meanwhile,
        )

    def _card_id(self, urgency: Urgency, signs: Collection[Sign], no_rash: bool) -> str:
        urgent = {sign for sign in signs if sign.flag is not None}
        if urgent == {Sign.SELF_HARM}:
            return "crisis"
        if urgent == {Sign.PREGNANCY_EXPOSURE}:
            return "pregnancy_exposure"
        if no_rash and urgency is Urgency.ROUTINE and not signs:
            return NO_RASH
        return urgency.value
