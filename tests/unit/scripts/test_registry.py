"""uv looks where pip is told to look, and failures of the network are put in plain words."""

import sys

import pytest

from scripts.prepare.console import CommandFailed
from scripts.prepare.registry import UV_INDEX_SETTINGS, as_uv_environment, explain, pip_settings, uv_environment


def test_pip_settings_are_read_by_precedence() -> None:
    """Variables beat the section for installing, which beats the global one."""
    listed = (
        ":env:.index-url='https://mirror.example/env'\n"
        "global.index-url='https://mirror.example/global'\n"
        "install.find-links='/wheels'\n"
        "global.find-links='/other'\n"
        "freeze.timeout='10'\n"
    )
    assert pip_settings(listed) == {"index-url": "https://mirror.example/env", "find-links": "/wheels"}


@pytest.mark.parametrize(
    ("pip", "uv"),
    [
        ({}, {}),
        ({"index-url": "https://m.example/simple"}, {"UV_DEFAULT_INDEX": "https://m.example/simple"}),
        ({"find-links": "/a\n/b"}, {"UV_FIND_LINKS": "/a,/b"}),
        # pip takes the best of all indexes, uv the first that knows the name
        (
            {"extra-index-url": "https://a.example https://b.example"},
            {"UV_INDEX": "https://a.example https://b.example", "UV_INDEX_STRATEGY": "unsafe-best-match"},
        ),
        (
            {"trusted-host": "m.example", "cert": "/ca.pem"},
            {"UV_INSECURE_HOST": "m.example", "SSL_CERT_FILE": "/ca.pem"},
        ),
        ({"default-timeout": "180"}, {"UV_HTTP_TIMEOUT": "180"}),
    ],
)
def test_pip_settings_in_uvs_words(pip: dict[str, str], uv: dict[str, str]) -> None:
    """Each setting of pip that matters has its counterpart."""
    assert as_uv_environment(pip) == uv


def test_uvs_own_settings_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has set up uv is not overruled by pip's settings."""
    for name in UV_INDEX_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example/simple")
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    assert uv_environment(sys.executable)["UV_DEFAULT_INDEX"] == "https://uv.example/simple"


def test_without_pip_its_variables_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without pip can't be asked, but PIP_INDEX_URL is there to read."""
    for name in UV_INDEX_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    assert uv_environment("/nonexistent/python")["UV_DEFAULT_INDEX"] == "https://pip.example/simple"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("error sending request for url (http://m.example/simple/x/)\ndns error", "http://m.example/simple/x/"),
        ("Hash mismatch for `rasa==3.6.21`", "requirements.lock"),
        ("something nobody expected", "something nobody expected"),
    ],
)
def test_failures_are_explained(output: str, said: str) -> None:
    """The kind of failure decides what the person is told to do."""
    assert said in str(explain(CommandFailed(["uv", "pip", "sync"], output), "install the packages"))
