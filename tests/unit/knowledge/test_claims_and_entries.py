"""Nothing of the article and of the recommended entries is lost, and every statement can be traced."""

import pytest

from bot.clinical.signs import FLAG_OF, RED_FLAGS, Sign, Urgency
from bot.knowledge import load_knowledge
from bot.knowledge.grading import BandWords

KNOWLEDGE = load_knowledge()


def test_every_claim_of_the_article_has_a_verdict() -> None:
    """C01 to C55 are all there, each with a verdict, the article's words in short and what was found."""
    assert list(KNOWLEDGE.claims) == [f"C{number:02}" for number in range(1, 56)]
    for claim in KNOWLEDGE.claims.values():
        assert claim.verdict and claim.article and claim.finding


@pytest.mark.parametrize("claim", ["C02", "C03", "C05", "C08", "C15", "C26", "C37"])
def test_claims_that_mislead_are_not_shown(claim: str) -> None:
    """The author's story, marketing and treatments of emergencies have no patient wording."""
    assert KNOWLEDGE.claims[claim].patient is None and not KNOWLEDGE.claims[claim].show


@pytest.mark.parametrize("claim", ["C18", "C19", "C28", "C32", "C37", "C45"])
def test_doses_are_kept_for_clinicians(claim: str) -> None:
    """What patients are not told stays in source_says."""
    assert KNOWLEDGE.claims[claim].source_says


def test_every_recommended_entry_is_there() -> None:
    """E01 to E45 each stand in exactly one topic."""
    wanted = {f"E{number:02}" for number in range(1, 46)}
    assert wanted <= set(KNOWLEDGE.entries)


def test_every_source_resolves() -> None:
    """Each source id of a reply can be turned into a source with a title and a level in words."""
    for entry in KNOWLEDGE.entries.values():
        named = dict.fromkeys(source for statement in entry.statements for source in statement.sources)
        assert [source.id for source in KNOWLEDGE.cite_statements(entry.statements)] == list(named)
    assert KNOWLEDGE.cite(["S07", "S07"])[0].title.startswith("NCI CTCAE v5.0")
    assert len(KNOWLEDGE.cite(["S07", "S07"])) == 1


def test_every_source_is_used() -> None:
    """A source that nothing rests on is a leftover, except those that only guided how the program was built."""
    used = {source for entry in KNOWLEDGE.entries.values() for told in entry.statements for source in told.sources}
    used |= {source for claim in KNOWLEDGE.claims.values() for source in claim.sources}
    used |= {source for flag in KNOWLEDGE.red_flags.values() for source in flag.sources}
    used |= {source for talk in KNOWLEDGE.small_talk.values() for source in talk.sources}
    background = {"S07b", "S10", "S56", "S61", "S63", "S67", "S68", "S69"}
    assert set(KNOWLEDGE.sources) - used == background


@pytest.mark.parametrize("flag", RED_FLAGS)
def test_every_red_flag_is_complete(flag: str) -> None:
    """Each has a title, a direct question about now, what to do if yes, a phrase, a reason and sources."""
    known = KNOWLEDGE.red_flags[flag]
    assert known.question.endswith("?")
    assert known.if_yes.startswith("If yes, ")
    assert known.title and known.heard and known.why and known.sources
    assert set(known.signs) == {sign for sign, of in FLAG_OF.items() if of == flag}


@pytest.mark.parametrize("sign", list(Sign))
def test_every_sign_has_words(sign: Sign) -> None:
    """Each sign can be named and asked about."""
    words = KNOWLEDGE.words_of(sign)
    assert words.heard and words.question and words.question.endswith("?")
    assert not words.heard[0].isupper() and not words.heard.endswith(".")


def test_heard_phrases_come_once_and_in_order() -> None:
    """Two signs with the same phrase are named once."""
    assert KNOWLEDGE.heard([Sign.CHILLS, Sign.FEVER, Sign.BLISTERS, Sign.FEVER]) == ("blisters", "fever", "chills")


def test_checklist_fits_a_phone_and_covers_the_flags() -> None:
    """At most eleven lines; only pregnancy and self-harm are asked elsewhere."""
    assert len(KNOWLEDGE.checklist) <= 11
    covered = {flag for item in KNOWLEDGE.checklist.values() for flag in item.flags}
    assert set(RED_FLAGS) - covered == {"pregnancy_exposure", "self_harm"}
    assert KNOWLEDGE.country.crisis.number in KNOWLEDGE.questions["red_flags"].text
    asked = {sign for choice in KNOWLEDGE.questions["medicines"].choices for sign in choice.sets.signs}
    assert {Sign.PREGNANCY_EXPOSURE, Sign.PAST_SEVERE_REACTION} <= asked


def test_questions_come_in_the_order_of_the_assessment() -> None:
    """Six steps, each with a reason and help for those who type."""
    assert list(KNOWLEDGE.questions) == ["red_flags", "where", "symptoms", "daily_life", "timing", "medicines"]
    for question in KNOWLEDGE.questions.values():
        assert question.why and question.help
    for step in ("symptoms", "daily_life", "timing", "medicines"):
        assert KNOWLEDGE.questions[step].choices


def test_choice_titles_can_be_told_apart() -> None:
    """A choice travels by its title too, so no two of a question are alike."""
    for question in KNOWLEDGE.questions.values():
        titles = [choice.title for choice in question.choices]
        assert len(set(titles)) == len(titles)


def test_study_keeps_the_article_figures_and_its_limits() -> None:
    """The chart holds the four medians with their p values; limits and other cohorts are told with it."""
    study = KNOWLEDGE.study
    figures = {group.id: ([bar.value for bar in group.bars], group.p) for group in study.groups}
    assert figures == {"pfs": ([22.4, 10.5], "0.003"), "os": ([42.6, 24.6], "0.013")}
    assert (study.people, study.with_rash) == (245, 70)
    assert len(study.limits) >= 4 and study.disagree
    assert "could not find its journal" in study.identity.text


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("grade", [None, 1, 2, 3])
def test_every_urgency_and_grade_has_a_plan(urgency: Urgency, grade: int | None) -> None:
    """A plan is found for each combination, and its entries exist."""
    plan = KNOWLEDGE.grading.plan(urgency, grade)
    assert urgency in plan.urgency
    assert all(entry in KNOWLEDGE.entries for entry in (*plan.self_care, *plan.avoid))
    if urgency in (Urgency.EMERGENCY, Urgency.URGENT):
        assert not plan.self_care


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_grades_name_the_version_and_the_limit(grade: int) -> None:
    """An estimate names CTCAE v5 and says who alone can grade."""
    words = KNOWLEDGE.grading.grade(grade)
    assert f"CTCAE v5 that is about grade {grade}" in words.estimate
    assert "Only your clinician can grade it." in words.estimate


@pytest.mark.parametrize("words", KNOWLEDGE.grading.bands, ids=lambda words: words.band)
def test_article_bands_are_told_with_what_was_checked(words: BandWords) -> None:
    """The article's words never stand without the check."""
    assert words.article.startswith("The article") and words.checked


def test_coach_is_never_without_the_notice() -> None:
    """Name and address are the article's, and a coach is not a clinician."""
    coach = KNOWLEDGE.coach
    assert (coach.name, coach.email) == ("David Emerson", "David.PeopleBeatingCancer@gmail.com")
    assert "A coach is not a clinician" in coach.not_a_clinician


def test_content_is_marked_as_not_reviewed() -> None:
    """Until a clinician has signed, the notice says so."""
    assert not KNOWLEDGE.status.reviewed
    assert "not yet been reviewed by a clinician" in KNOWLEDGE.status.notice


@pytest.mark.parametrize("language", ["es", "de", "fr", "it", "pt", "tl"])
def test_emergency_message_in_other_languages(language: str) -> None:
    """It names the number of the country; English and unknown languages have none."""
    message = KNOWLEDGE.emergency_in(language)
    assert message is not None and "911" in message
    assert KNOWLEDGE.emergency_in("en") is None and KNOWLEDGE.emergency_in("xx") is None
    calm = KNOWLEDGE.only_english_in(language)
    assert calm is not None and "911" in calm and KNOWLEDGE.languages[language].emergency not in calm
    assert KNOWLEDGE.only_english_in("en") is None


def test_a_source_is_cited_at_the_weakest_level_of_its_statements() -> None:
    """A good source does not make a guess look strong: the level shown is that of the statement."""
    cited = {source.id: source.level for source in KNOWLEDGE.cite_statements(KNOWLEDGE.entries["E29"].statements)}
    assert cited["S51"] == "unverified" and cited["S04"] == "study"
    assert KNOWLEDGE.sources["S51"].level == "study"


def test_a_source_is_never_cited_as_better_than_it_is() -> None:
    """The article stays unverified where a statement rests on it and on a label."""
    banded = KNOWLEDGE.entries["E73"].statements
    assert any("S76" in statement.sources and statement.level == "label" for statement in banded)
    assert {source.level for source in KNOWLEDGE.cite_statements(banded) if source.id == "S76"} == {"unverified"}


def test_statement_ids_name_their_entry() -> None:
    """E23.2 stands in E23, so that an id in a stored conversation leads to its place."""
    for entry in KNOWLEDGE.entries.values():
        numbers = range(1, len(entry.statements) + 1)
        assert [statement.id for statement in entry.statements] == [f"{entry.id}.{number}" for number in numbers]
