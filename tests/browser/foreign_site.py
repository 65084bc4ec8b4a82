"""A page of somebody else that embeds the guide by one line, with a strict policy and styles that spoil everything."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

HOSTILE = """
* { color: lime !important; background: magenta !important; font-size: 5px !important; position: static !important;
    display: inline !important; width: 10px !important; transform: rotate(3deg) !important; }
button, iframe, rash-guide { display: none !important; visibility: hidden !important; opacity: 0 !important; }
"""


def foreign_site(guide: str, settings: str = "defer", hostile: bool = False, twice: bool = False) -> Starlette:
    """An application with one page. `guide` is the gateway's address, `settings` are attributes of the script."""
    line = f'<script src="{guide}/widget.js" {settings}></script>'
    page = f"""<!doctype html><html lang="en"><head><title>A hospital</title>
        {"<link rel=stylesheet href=/hostile.css>" if hostile else ""}
        {line}</head>
        <body>{line if twice else ""}<h1>A hospital</h1>
        <noscript><a href="{guide}/chat">Rash guide</a></noscript></body></html>"""
    policy = f"default-src 'none'; style-src 'self'; script-src {guide}; frame-src {guide}"

    def show(_: Request) -> HTMLResponse:
        return HTMLResponse(page, headers={"content-security-policy": policy})

    def styles(_: Request) -> HTMLResponse:
        return HTMLResponse(HOSTILE, media_type="text/css")

    return Starlette(routes=[Route("/", show), Route("/hostile.css", styles)])
