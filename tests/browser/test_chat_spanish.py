"""The page in Spanish: its own words, the words of emergencies, and the way from one language to the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fake_rasa import FakeRasa


def to_spanish(page: Page) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Español").click()


def send(page: Page, text: str) -> None:
    page.get_by_label("Su respuesta").fill(text)
    page.get_by_label("Su respuesta").press("Enter")


def test_a_spanish_browser_gets_spanish(open_chat: Callable[..., Page]) -> None:
    """First screen, emergency signs and the notice, with the page's language set."""
    page = open_chat(agree=False, locale="es-MX")
    expect(page.get_by_role("heading", name="Antes de empezar")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#welcome .notice")).to_contain_text("aún no lo ha revisado un médico")
    page.get_by_role("button", name="Emergencia").click()
    expect(page.get_by_role("dialog").get_by_text("Piel que se pela o en carne viva")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("link", name="Llame al 911")).to_be_visible()


def test_the_switch_works_before_and_during_a_conversation(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """What was said stays, a reload keeps the language, and the way back is there; starters are sent in English."""
    page = open_chat()
    to_spanish(page)
    page.get_by_role("button", name="Tengo un sarpullido").click()
    expect(page.locator(".said")).to_have_text("Tengo un sarpullido")
    rasa.expect_newest(message="I have a rash")
    expect(page.get_by_label("Nada de esto")).to_be_visible()
    page.get_by_label("Nada de esto").check()
    page.get_by_role("button", name="Listo").click()
    page.locator(".body-map").wait_for()
    rasa.expect_newest(answer={"choices": ["none"]})
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_text("Más", exact=True).click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Talk to a person")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_emergency_card_is_in_spanish(open_chat: Callable[..., Page]) -> None:
    """The gateway's own card: headline, call, steps, what was heard, also above the conversation and spoken."""
    page = open_chat(agree=False, locale="es")
    page.get_by_role("button", name="Acepto").click()
    page.get_by_label("Su respuesta").wait_for()
    send(page, "silence, I have blisters")
    card = page.locator(".care.emergency")
    expect(card.get_by_role("heading", name="Busque ayuda ahora. Llame al 911.")).to_be_visible()
    expect(card.get_by_role("link", name="Llame al 911")).to_have_attribute("href", "tel:911")
    expect(card.locator(".heard")).to_contain_text("ampollas")
    expect(card).to_contain_text("No tome la próxima dosis de lenalidomida")
    expect(card).not_to_contain_text("Do not")
    expect(page.locator("#care-bar")).to_contain_text("Busque ayuda ahora.")
    expect(page.locator("#shout")).to_contain_text("Busque ayuda ahora. Llame al 911.")
    expect(page.locator("#say")).to_contain_text("No maneje usted.")
    expect(page.locator(".message.guide").last).not_to_have_attribute("lang", "en")


def test_the_crisis_card_is_in_spanish(open_chat: Callable[..., Page]) -> None:
    """The words for somebody who thinks of ending their life."""
    page = open_chat(agree=False, locale="es")
    page.get_by_role("button", name="Acepto").click()
    send(page, "crisis")
    expect(page.get_by_role("heading", name="Usted importa. Por favor, hable con alguien ahora.")).to_be_visible()
    expect(page.locator(".care")).to_contain_text("llame o mande un mensaje de texto al 988")


def test_what_stays_in_english_is_marked(open_chat: Callable[..., Page]) -> None:
    """A screen reader is told the language of an answer that has no Spanish."""
    page = open_chat(agree=False, locale="es")
    page.get_by_role("button", name="Acepto").click()
    send(page, "hello")
    expect(page.locator(".message.guide").last).to_have_attribute("lang", "en")
    expect(page.locator("#say p[lang=en]")).to_contain_text("You said: hello")
    expect(page.locator(".thumbs").last).to_have_attribute("lang", "es")
    send(page, "studies")
    chart = page.locator(".message.guide").last
    expect(chart).to_have_attribute("lang", "en")
    for own in (
        chart.get_by_text("Fuentes"),
        chart.get_by_text("Lo que esto no puede decirle"),
        chart.get_by_text("22,4 meses"),
    ):
        expect(own).to_have_attribute("lang", "es")
    expect(chart.get_by_text("How long people lived")).not_to_have_attribute("lang", "es")


@pytest.mark.parametrize(("locale", "shown"), [("es-MX", "22.4 meses"), ("es-ES", "22,4 meses")])
def test_numbers_are_written_as_in_the_country(open_chat: Callable[..., Page], locale: str, shown: str) -> None:
    """The decimal mark is that of the browser's country, where its language is that of the page."""
    page = open_chat(agree=False, locale=locale)
    page.get_by_role("button", name="Acepto").click()
    send(page, "studies")
    expect(page.locator(".chart .value").first).to_have_text(shown)


def test_missing_phrases_leave_english(open_chat: Callable[..., Page]) -> None:
    """When the Spanish can't be loaded, the English stands there: never nothing."""
    page = open_chat(agree=False, allow_errors=True)
    page.route("**/phrases/**", lambda route: route.abort())
    page.route("**/words/es.js", lambda route: route.abort())
    to_spanish(page)
    page.get_by_role("button", name="Emergency").click()
    expect(page.get_by_role("dialog").get_by_text("Peeling or raw skin")).to_be_visible()


def test_spanish_opens_without_a_connection(open_chat: Callable[..., Page]) -> None:
    """Numbers and signs in Spanish, after a first visit in Spanish."""
    page = open_chat(agree=False, locale="es", allow_errors=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Emergencia").click()
    expect(page.get_by_role("dialog").get_by_text("Piel que se pela o en carne viva")).to_be_visible()
