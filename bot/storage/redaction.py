"""Takes e-mail addresses, phone numbers and the like out of what is stored, by Presidio's patterns.

The recognisers are called one by one. Presidio's engine would want a spaCy model, which we neither download nor need
for patterns. What is found gives way to a mask of the same length, so that places in the text stay where they are.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import regex
from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    IbanRecognizer,
    NhsRecognizer,
    PhoneRecognizer,
    UsSsnRecognizer,
)

#: What the mask says, by what Presidio calls it.
LABELS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "account",
    "US_SSN": "number",
    "UK_NHS": "number",
    "NUMBER": "number",
    "NAME": "name",
    "BIRTH_DATE": "born",
    "ADDRESS": "address",
    "CONTACT": "contact",
}

FILL = "\N{MIDDLE DOT}"

#: Shorter ones could stand in any word, so they are masked only where they were found.
SHORTEST_ECHO = 4


class Span(NamedTuple):
    """A stretch of text that tells who the writer is: `text[start:end]`, of a kind in `LABELS`."""

    start: int
    end: int
    kind: str


def find(text: str) -> list[Span]:
    """What in the text tells who the writer is, in order; what overlaps is one span."""
    found = sorted(
        Span(result.start, result.end, result.entity_type)
        for recogniser in _recognisers("@" in text, any(c.isdigit() for c in text))
        for result in recogniser.analyze(text, recogniser.supported_entities)
        if not (result.entity_type == "PHONE_NUMBER" and _is_counting(text[result.start : result.end]))
    )
    merged: list[Span] = []
    for span in found:
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text, of the same length, with "[phone·····]" or the like in the place of each span."""
    for start, end, kind in spans:
        text = text[:start] + mask_of(end - start, LABELS[kind]) + text[end:]
    return text


def redact(text: str) -> str:
    """The text, of the same length, without what tells who the writer is."""
    return mask(text, find(text))


def redact_echoes(value: Any, words: Iterable[tuple[str, str]]) -> Any:
    """JSON data without any of these words, wherever it repeats them. words: (what was written, its kind)."""
    kinds = {word.lower(): kind for word, kind in words if len(word) >= SHORTEST_ECHO}
    if not kinds:
        return value
    longest_first = sorted(kinds, key=len, reverse=True)
    pattern = regex.compile("|".join(map(regex.escape, longest_first)), regex.IGNORECASE)

    def masked(match: regex.Match) -> str:
        return mask_of(len(match[0]), LABELS[kinds.get(match[0].lower(), "NUMBER")])

    def walk(item: Any) -> Any:
        if isinstance(item, str):
            return pattern.sub(masked, item)
        if isinstance(item, dict):
            return {key: walk(entry) for key, entry in item.items()}
        if isinstance(item, list | tuple):
            return [walk(entry) for entry in item]
        return item

    return walk(value)


def mask_all(text: str) -> str:
    """A mask over the whole text, an answer to the contact form."""
    return mask_of(len(text), LABELS["CONTACT"])


def mask_of(length: int, label: str) -> str:
    """A mask of this length, which says what it covers where there is room."""
    space = length - len(label) - 2
    return f"[{label}{FILL * space}]" if space >= 0 else FILL * length


def _is_counting(text: str) -> bool:
    """Whether a "phone number" is a row of small numbers, such as scores or the days of a cycle."""
    groups = regex.findall(r"\d+", text)
    return len(groups) > 5 and max(map(len, groups)) <= 2


def _own(kind: str, *expressions: str) -> PatternRecognizer:
    return PatternRecognizer(kind, patterns=[Pattern(f"{kind} {i}", e, 0.5) for i, e in enumerate(expressions)])


@cache
def _recognisers(with_at: bool, with_digits: bool) -> tuple[PatternRecognizer | PhoneRecognizer, ...]:
    """Those that can find something. Leaving out the others keeps an ordinary message at a few microseconds."""
    chosen: list[PatternRecognizer | PhoneRecognizer] = [_own("NAME", *_NAMES)]
    if with_at:
        chosen.append(_own("EMAIL_ADDRESS", *_EMAILS))
    if with_digits:
        chosen += [
            # US covers Canada too. Numbers that begin with + are found whatever their country.
            PhoneRecognizer(supported_regions=("US", "GB")),
            CreditCardRecognizer(),
            IbanRecognizer(),
            UsSsnRecognizer(),
            NhsRecognizer(),
            _own("PHONE_NUMBER", *_PHONES),
            _own("NUMBER", *_NUMBERS),
            _own("BIRTH_DATE", *_BIRTH_DATES),
            _own("ADDRESS", *_ADDRESSES),
        ]
    return tuple(chosen)


_NAMES = (
    # Case decides what is a name: "my name is Mary Jones", not "my name is on the list".
    r"(?<=\b(?:my name is|my name's|name:)\s{1,3})(?-i:[A-Z][\w'-]+)(?:\s(?-i:[A-Z][\w'.-]*)){0,2}",
)

_EMAILS = (
    # Not Presidio's recogniser: it fetches a list of domain endings from the network when first used.
    r"[^\s@,;:<>()\"\[\]]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
)

_PHONES = (
    # In the usual groups, also where the area code does not exist: people make slips.
    r"(?<![\w.,/-])(?:\+?1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w/]|[.,-]\d)",
    r"(?<![\w.,/-])\+\d{1,3}(?:[-. ]?\d{2,5}){2,4}(?![\w/]|[.,-]\d)",
    r"(?<![\w.,/-])0\d{4}[ -]\d{6}(?![\w/]|[.,-]\d)",
    # A local number only where it is called one: "500-1000 mg" looks the same.
    r"(?<=\b(?:call|phone|number|cell|mobile|text|reach|dial|tel)\b\D{0,25})"
    + r"[2-9]\d\d[-. ]\d{4}(?![\w/]|[.,-]\d|\s?m[gl]\b)",
)

_NUMBERS = (
    # No count, dose or lab value is that long.
    r"(?<![\w.,])\d{9,}(?!\w)",
    r"(?<=\b(?:mrn|record|member|policy|insurance|patient|chart|medicare|account)\b"
    + r"(?:\s(?:id|no|number))?[.:#\s]{1,3}(?:is\s)?)(?=[A-Z-]*\d)[A-Z\d-]{5,20}\b",
    # US Medicare beneficiary
    r"\b[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}\b",
)

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

_DATE = rf"(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_DAY}\s[A-Z]{{3,9}},?\s\d{{4}}|[A-Z]{{3,9}}\s{_DAY},?\s\d{{4}})"

_BIRTH_DATES = (rf"(?<=\b(?:dob|born|birth|birthday|birthdate)\b\W{{0,3}}(?:(?:is|on|date)\b\W{{0,3}})?){_DATE}\b",)

_STREETS = "street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl"

_ADDRESSES = (rf"\b\d{{1,5}}\s(?:(?-i:[NSEW])\.?\s)?(?:(?-i:[A-Z])[\w'.-]+\s){{1,3}}(?:{_STREETS})\b\.?",)
