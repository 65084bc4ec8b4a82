"""Reads "mine is too", "not me though", "years ago I mean": words that point back to what was named before."""

from collections.abc import Callable

from bot.clinical.signs import FLAG_OF_CONCEPT, Sign
from bot.language.reading import Context, Ground, Status
from bot.language.scene import Fact
from bot.language.terms import Hit

#: A denial that starts by this word answers what was said before.
_AT_ONCE = 2
#: What a worsening makes of a sign that is known: "nosebleed" - "still pouring, third towel".
_WORSE = {Sign.MINOR_BLEEDING.value: Sign.BLEEDING.value, Sign.BLEEDING.value: Sign.BLEEDING.value}


def pointed_at(context: Context) -> tuple[str, ...]:
    """The signs that a pronoun can mean, the latest last; those asked about come first."""
    return tuple(dict.fromkeys((*context.asked, *context.mentioned)))


def back_references(
    hits: list[Hit],
    context: Context,
    told: bool,
    in_words: frozenset[str],
    closes: Callable[[Hit], bool],
    correction: bool,
    of_something_named: Callable[[Hit], bool],
) -> list[Fact]:
    """The signs that a message refers back to.

    hits: anaphora terms of the message. told: whether the message itself tells a sign as present. in_words: the signs
    that it denies by name. closes: whether a statement ends with a hit. correction: whether the message says that it
    corrects something. of_something_named: whether a sentence names a sign itself before the hit, which is then what it
    is of.
    """
    found: list[Fact] = []
    named = [sign for sign in pointed_at(context) if sign in FLAG_OF_CONCEPT]
    known = [sign for sign in context.known if sign in FLAG_OF_CONCEPT]
    denials = [hit for hit in hits if hit.name == "deny"]
    hedges = [hit for hit in hits if hit.name == "unsure"]
    over = any(hit.name == "past" for hit in hits)
    goes_on = any(hit.name == "another" for hit in hits)
    # "Nothing like that", "none on me": of the list, so nothing that was told before is taken back by it.
    of_the_list = frozenset(known) if context.step == "red_flags" and not correction else frozenset()
    for hit in hits:
        if hit.name == "claim" and not told and not hit.within(denials):
            found += [_meant(sign, hit, Status.PRESENT, "refers back to what was named before") for sign in named]
        elif hit.name == "deny":
            # At the start of a message that tells nothing itself, a denial takes back what was said before, too.
            taken_back = known if hit.start <= _AT_ONCE and not told and closes(hit) else []
            denied = [sign for sign in dict.fromkeys((*named, *taken_back)) if sign not in of_the_list]
            found += [_meant(sign, hit, Status.ABSENT, "refers back, denied") for sign in denied]
        elif hit.name in ("past", "unsure", "better") and of_something_named(hit):
            # "The kids had a fever but not now" ends nothing that was told before.
            continue
        elif hit.name == "past" and hit.within(hedges):
            # "It is gone now, I think" ends nothing for sure.
            continue
        elif hit.name == "past" and not told:
            # "The 2019 lot is over and done, this one started Sunday": whether it is there is asked.
            status, beside = (Status.UNSURE, ", with another told beside it") if goes_on else (Status.PAST, "")
            rule = f"refers back, long ago or over{beside}"
            found += [_meant(sign, hit, status, rule, in_doubt=goes_on) for sign in (*named, *known)]
        elif hit.name == "unsure" and not told:
            found += [_meant(sign, hit, Status.PRESENT, "refers back, not surely over") for sign in (*named, *known)]
        elif hit.name == "loosely" and not (told or over or of_something_named(hit)):
            # "All gone down by Monday", "in the photo!!": the patient is asked whether it is there.
            rule = "refers back, may be over or meant otherwise"
            found += [_meant(sign, hit, Status.UNSURE, rule, in_doubt=True) for sign in known if sign not in in_words]
        elif hit.name == "better" and not told:
            # Of what the patient has, not of what was only spoken of.
            found += [_meant(sign, hit, Status.PRESENT, "refers back, better and not gone") for sign in known]
        elif hit.name == "worse":
            found += [
                Fact(_WORSE[sign], hit.start, hit.end, Status.PRESENT, "goes on") for sign in known if sign in _WORSE
            ]
    return found


def _meant(sign: str, hit: Hit, status: Status, rule: str, in_doubt: bool = False) -> Fact:
    return Fact(sign, hit.start, hit.end, status, rule, in_doubt=in_doubt, ground=Ground.BACK_REFERENCE)
