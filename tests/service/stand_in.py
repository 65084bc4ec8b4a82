"""Stands in for a server in the tests of `bot serve`: python stand_in.py PART PORT [BEHAVIOUR].

PART is actions, rasa or gateway. BEHAVIOUR: "silent" (the gateway answers messages without Rasa), "dies" (ends after
its first request), "never" (doesn't listen).
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answers(BaseHTTPRequestHandler):
    """Answers what `bot.readiness` asks for."""

    part = ""
    behaviour = ""

    def do_GET(self) -> None:
        """Health of every part, and pages; this version has no console."""
        if self.path == "/coach":
            self.send_error(404)
        else:
            self._answer({"status": "ok"})

    def do_POST(self) -> None:
        """A session, a message, forgetting."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/api/messages":
            if self.behaviour == "silent":
                print("Rasa is broken; the gateway answers by itself", flush=True)
            self._answer({"replies": [{"type": "text", "text": "Hello"}], "urgency": None})
        else:
            print("POST", self.path, flush=True)
            self._answer({"token": "t"})

    def _answer(self, body: dict[str, object]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())
        if self.behaviour == "dies":
            print("out of memory", flush=True)
            sys.stdout.flush()
            self.server.shutdown()

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


if __name__ == "__main__":
    Answers.part, port, Answers.behaviour = sys.argv[1], int(sys.argv[2]), "".join(sys.argv[3:])
    if Answers.behaviour == "never":
        print("still thinking", flush=True)
        time.sleep(60)
    with ThreadingHTTPServer(("127.0.0.1", port), Answers) as server:
        server.serve_forever(poll_interval=0.05)
