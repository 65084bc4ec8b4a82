"""Numbers: only plausible ones in the right company are temperatures."""

from datetime import date

import pytest

from bot.language import Finding, Reader, Status, verdict
from bot.language.quantities import days_since


def fever(reader: Reader, text: str) -> Finding | None:
    return next((f for f in reader.read(text).findings if f.concept == "fever" and f.measure), None)


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("temp 102.7", 39.28), ("38,5 since noon", 38.5), ("running a 101 something", 38.33),
        ("thermometer says 100.8", 38.22), ("fever of 39", 39.0), ("temp is one oh two", 38.89),
        ("temperature thirty eight point five", 38.5), ("102F this morning", 38.89),
        ("101.8 and covered in spots", 38.78),
        ("38.3, and the rash", 38.3), ("39 degrees celsius", 39.0), ("spiked to 103", 39.44),
        ("yes im at 102 with it", 38.89),
    ],
)  # fmt: skip
def test_fever_is_read(reader: Reader, text: str, celsius: float) -> None:
    """Fahrenheit and Celsius, decimal commas, spoken numbers."""
    found = fever(reader, text)
    assert found is not None
    assert found.status is Status.PRESENT
    assert found.measure is not None
    assert found.measure.value == pytest.approx(celsius, abs=0.1)


@pytest.mark.parametrize("text", ["97.9 so that's fine", "about 36.8", "98.4, checked twice", "temp 37.0"])
def test_normal_reading_denies_fever(reader: Reader, text: str) -> None:
    """A normal reading is as good as "no fever"."""
    found = fever(reader, text)
    assert found is not None
    assert found.status is Status.ABSENT


def test_raised_reading_is_asked_about(reader: Reader) -> None:
    """Below the fever line but not normal."""
    found = fever(reader, "99.7 and a rash")
    assert found is not None
    assert found.in_doubt


@pytest.mark.parametrize(
    "text",
    [
        "38 days on rev", "I weigh 102 kg", "aged 39", "39 spots on my arm", "102 in Phoenix today", "took 40 mg",
        "pulse 101", "it cost 38.50 euros", "my temper is up to 104", "room 101", "bp 128/76", "cycle 38",
        "41 years old", "ambient 38 C", "my sugar level is down to 103", "testosterone was 105 last month",
        "my T count was at 101", "my pressure shot up to 110/205", "I'm in my mid 40's", "the doctor doubled it to 40",
        "Wk 1: 12 spots. Wk 2: 19. Wk 3: 39. Temperature never above 36.8",
    ],
)  # fmt: skip
def test_other_numbers_are_no_temperature(reader: Reader, text: str) -> None:
    """Weights, ages, weather, doses, prices, days, heart rates."""
    found = fever(reader, text)
    assert found is None or found.status is Status.ABSENT


@pytest.mark.parametrize("number", ["100.9", "a hundred point nine", "38,3", "one hundred and one point two"])
@pytest.mark.parametrize("question", ["how much Tylenol for {}?", "is {} a fever", "can one drink with {}?"])
def test_a_tenth_of_a_degree_was_measured(reader: Reader, question: str, number: str) -> None:
    """Nobody supposes one, in figures or in words, so it is asked about; a round number in a question is none."""
    assert verdict(reader.read(question.format(number))).action != "clear"
    assert verdict(reader.read("is a hundred and one a fever")).action == "clear"


def test_low_oxygen_is_trouble_breathing(reader: Reader) -> None:
    """Below 93 percent."""
    assert any(f.concept == "airway" and f.status is Status.PRESENT for f in reader.read("oximeter 89%").findings)


@pytest.mark.parametrize("text", ["sats 97", "my sats are 96 %", "spo2 99"])
def test_a_good_reading_denies_nothing(reader: Reader, text: str) -> None:
    """The question is about swallowing too, and only plain words clear a sign."""
    assert not [finding for finding in reader.read(text).findings if finding.concept == "airway"]


@pytest.mark.parametrize(("weekday", "days"), [(0, 2), (1, 1), (2, 7), (3, 6), (6, 3)])
def test_a_weekday_is_counted_back_from_today(weekday: int, days: int) -> None:
    """Seen from a Wednesday: Monday is two days ago, Wednesday a week."""
    assert days_since(weekday, date(2026, 12, 2)) == days


def test_since_a_weekday_is_so_many_days(reader: Reader) -> None:
    """Not the same for every weekday."""
    names = ("monday", "tues", "wednesday", "thurs", "friday", "sat", "sunday")
    read = [reader.read(f"itchy rash on my arms since {name}").findings for name in names]
    told = [f.measure.value for findings in read for f in findings if f.concept == "rash_onset" and f.measure]
    assert sorted(told) == [1, 2, 3, 4, 5, 6, 7]


def test_hives_with_low_pressure_are_anaphylaxis(reader: Reader) -> None:
    """Two findings that mean more together."""
    assert any(f.concept == "anaphylaxis" for f in reader.read("wheals all over. BP 78/40").findings)
