"""Every entry answers a question in plain words, in the topic that such a question comes to, and no other."""

from typing import Any

import pytest

from bot.answers.study import study
from bot.answers.topics import other_question, topic, treatment
from bot.assessment.case import Case
from bot.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
RASH = {entry.id for entry in KNOWLEDGE.topics["rash"].entries}


def told(asked: str, text: str, case: Case | None = None) -> list[Any]:
    """The entries in the answer of the action for a topic; `asked` is "other" for health questions without one."""
    if asked == "treatment":
        replies = treatment(text, case or Case(), KNOWLEDGE)
    elif asked == "study":
        replies = study(text, KNOWLEDGE)
    elif asked == "other":
        replies = other_question(text, KNOWLEDGE)
    else:
        replies = topic(asked, text, KNOWLEDGE)
    return [reply.data["entry"] for reply in replies if "entry" in reply.data]


#: Beside the entry the topic that such a question belongs to, or is mostly taken for.
QUESTIONS = [
    ("E01", "about", "are you a real person"),
    ("E44", "about", "can you tell me what my blood results mean"),
    ("E78", "about", "is this private"),
    ("E79", "about", "where do you get your answers from"),
    ("E80", "about", "does this cost anything"),
    ("E29", "adjuncts", "is fish oil any good for it"),
    ("E30", "adjuncts", "should I take vitamin D"),
    ("E28", "adjuncts", "is kefir ok"),
    ("E31", "adjuncts", "is there a diet that helps"),
    ("E58", "adjuncts", "would turmeric help"),
    ("E59", "adjuncts", "can I drink green tea"),
    ("E60", "adjuncts", "is vitamin C all right"),
    ("E61", "adjuncts", "what about St John's wort"),
    ("E62", "adjuncts", "can I have a glass of wine"),
    ("E63", "adjuncts", "does CBD help"),
    ("E64", "adjuncts", "can I take zinc tablets"),
    ("E32", "adjuncts", "which herbs are safe"),
    ("E02", "other", "when should I worry"),
    ("E03", "other", "who do I call at night"),
    ("E04", "other", "what temperature is a fever"),
    ("E05", "other", "what is Stevens-Johnson syndrome"),
    ("E06", "other", "what is DRESS"),
    ("E07", "other", "what is angioedema"),
    ("E08", "other", "what is shingles"),
    ("E09", "other", "how can I tell if my skin is infected"),
    ("E10", "other", "why do I bruise so easily"),
    ("E11", "other", "can it give me a stroke"),
    ("E12", "other", "what if I get pregnant"),
    ("E13", "other", "I feel so hopeless on steroids"),
    ("E35", "desensitization", "what is desensitization"),
    ("E65", "desensitization", "what did Wanchoo write"),
    ("E66", "desensitization", "can I do it at home"),
    ("E36", "grades", "how do doctors grade it"),
    ("E72", "grades", "which version of the scale is that"),
    ("E73", "grades", "what does grade 4 mean in the article"),
    ("E37", "grades", "how do I measure it with my hand"),
    ("E38", "other", "should I take photos of it"),
    ("E39", "other", "what should I tell the nurse on the phone"),
    ("E41", "other", "I am asking for my husband"),
    ("E42", "other", "how do I report a side effect"),
    ("E43", "other", "is there a support group"),
    ("E77", "other", "how often should I check my skin"),
    ("E14", "study", "how common is a rash on lenalidomide?"),
    ("E14", "study", "how many people get a rash"),
    ("E14", "study", "what are the chances of a rash"),
    ("E14", "study", "does everybody get this rash"),
    ("E14", "other", "is the rash a common side effect"),
    ("E15", "study", "When does it start?"),
    ("E15", "study", "when does the rash usually start"),
    ("E15", "study", "can the rash start after months"),
    ("E15", "other", "how long after starting lenalidomide does the rash appear"),
    ("E16", "treatment", "How long does it last?"),
    ("E16", "treatment", "how long does it take for the rash to heal"),
    ("E16", "treatment", "will my rash go away on its own"),
    ("E16", "treatment", "how many weeks before it clears up"),
    ("E16", "study", "does a revlimid rash clear up by itself"),
    ("E16", "other", "when will this rash go away"),
    ("E16", "stop_medicine", "how quickly does the rash clear after I stop"),
    ("E17", "grades", "What does it look like?"),
    ("E17", "other", "what does a lenalidomide rash look like"),
    ("E17", "study", "are there pictures of the rash"),
    ("E74", "grades", "what does it look like on brown skin"),
    ("E74", "other", "what does the rash look like on dark skin"),
    ("E18", "study", "Why does it happen?"),
    ("E18", "study", "why do some people get a rash"),
    ("E18", "study", "what causes the rash"),
    ("E18", "study", "is the rash an allergy"),
    ("E27", "treatment", "which of my medicines causes the rash"),
    ("E27", "other", "can bactrim cause a rash"),
    ("E27", "other", "could my rash be from allopurinol"),
    ("E75", "treatment", "Is it catching?"),
    ("E75", "treatment", "can I hug my grandkids with this rash"),
    ("E75", "treatment", "can I give the rash to my wife"),
    ("E75", "other", "is the rash contagious"),
    ("E76", "grades", "Is it the generic?"),
    ("E76", "study", "can the generic cause the rash"),
    ("E19", "stop_medicine", "should I stop taking it"),
    ("E20", "stop_medicine", "will they lower my dose"),
    ("E21", "stop_medicine", "can I go back on it later"),
    ("E22", "stop_medicine", "who should never take it again"),
    ("E45", "stop_medicine", "I had a bad rash on thalidomide"),
    ("E67", "stop_medicine", "I forgot a capsule"),
    ("E33", "study", "is a rash a good sign"),
    ("E34", "study", "what did the study find"),
    ("E68", "study", "is it correlation or cause"),
    ("E69", "study", "do other studies disagree"),
    ("E70", "study", "I have no rash, is it not working"),
    ("E71", "study", "what is his story"),
    ("E23", "treatment", "what can I do at home"),
    ("E46", "treatment", "which lotion is best"),
    ("E47", "treatment", "does ice help"),
    ("E48", "treatment", "are hot showers bad for it"),
    ("E52", "treatment", "is an oatmeal bath good"),
    ("E51", "treatment", "what about baking soda"),
    ("E53", "treatment", "can I use calamine"),
    ("E24", "treatment", "would an allergy pill help"),
    ("E54", "treatment", "which pill is safe with my kidneys"),
    ("E50", "treatment", "can I take Benadryl"),
    ("E25", "treatment", "can I use hydrocortisone"),
    ("E26", "treatment", "do I need prednisone"),
    ("E49", "treatment", "is ibuprofen ok"),
    ("E55", "treatment", "do I go on with aspirin"),
    ("E40", "treatment", "can I sit in the sun"),
    ("E56", "treatment", "can I wear makeup on it"),
    ("E57", "treatment", "should I see a skin doctor"),
]


@pytest.mark.parametrize(("entry", "asked", "text"), QUESTIONS)
def test_a_plain_question_gets_its_entry(entry: str, asked: str, text: str) -> None:
    """It is the first thing told."""
    assert told(asked, text)[:1] == [entry]


def test_no_entry_is_left_out() -> None:
    """A text that no question leads to is reviewed for nothing."""
    assert {entry for entry, *_ in QUESTIONS} == set(KNOWLEDGE.entries)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("treatment", "how long before the cetirizine kicks in"),
        ("treatment", "how long should I stay in the oat bath"),
        ("treatment", "how long can I use the steroid cream"),
        ("treatment", "how long does Zyrtec last"),
        ("treatment", "how often can I take the antihistamine"),
        ("treatment", "what makes the rash go away"),
        ("treatment", "how do I get rid of the rash"),
        ("treatment", "the rash went away and came back, what now"),
        ("treatment", "what helps a rash on dark skin"),
        ("treatment", "is the generic ointment just as good"),
        ("treatment", "why do I itch at night"),
        ("grades", "is it normal or serious"),
        ("grades", "what does a serious rash look like"),
        ("grades", "how many grades are there"),
        ("grades", "is mine a common grade"),
        ("study", "how many people in the study had a rash"),
        ("study", "did people with a rash live longer"),
        ("study", "does the rash mean it works"),
        ("study", "how long did they follow people"),
        ("study", "does it matter how long the rash lasts for the outcome"),
        ("stop_medicine", "when can I start again"),
        ("stop_medicine", "how long do I have to stay off it"),
        ("stop_medicine", "do they change me to another drug if I get a rash"),
        ("desensitization", "how long does it last"),
        ("desensitization", "how soon after the rash can they try again"),
        ("adjuncts", "does zinc help my immune system"),
        ("about", "what do you look like"),
        ("about", "are you free for everyone"),
        ("other", "how long will constipation last"),
        ("other", "moon face from steroids, does it go away"),
        ("other", "is hair loss common"),
        ("other", "why am I so tired"),
        ("other", "when does the neuropathy start"),
        ("other", "can I lift my grandchild"),
        ("other", "can I have sex while on revlimid"),
        ("other", "is shingles contagious"),
        ("other", "is carfilzomib better than velcade"),
        ("other", "can I take antibiotics with it"),
        ("other", "what is allopurinol for"),
        ("other", "should I get the generic blood pressure pill"),
        ("other", "no rash, but what does my skin look like in the sun"),
        ("other", "the rash is fine, why are my platelets low"),
        ("other", "rash is gone, now I have diarrhoea, how long will it be"),
    ],
)
def test_other_questions_are_not_answered_with_what_a_rash_is(asked: str, text: str) -> None:
    """Words such as "how long", "common" and "why" stand in questions about anything."""
    assert not RASH & set(told(asked, text))


def test_who_asks_about_the_rash_itself_gets_no_figures_of_survival() -> None:
    """They are told when asked for; a question about both gets both."""
    about_the_rash = study("how many people get a rash", KNOWLEDGE)
    both = study("how many people get a rash, and do they live longer", KNOWLEDGE)
    assert [reply.type for reply in about_the_rash] == ["buttons"]
    assert [reply.type for reply in both] == ["text", "chart"]


@pytest.mark.parametrize("level", ["same_day", "urgent"])
def test_nobody_who_is_to_call_hears_that_rashes_fade(level: str) -> None:
    """The options for the urgency are told instead; a treatment by name is answered as ever."""
    case = Case(rash=True, told=level)
    assert told("treatment", "how long does it last", case) == []
    assert told("treatment", "how long does it last with calamine", case) == ["E53"]
