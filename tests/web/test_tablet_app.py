"""The tablet app's files: from our origin, under a policy of their own, kept as long as they are good."""

import re


def test_the_app_opens_at_any_of_its_screens_and_allows_no_inline_script(app):
    client = app.test_client()

    for address in ("/app/", "/app/today", "/app/visits/9"):
        answer = client.get(address, buffered=True)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert "'unsafe-eval'" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not re.search(r"<script(?![^>]* src=)", answer.text)


def test_files_named_by_their_content_are_kept_and_the_service_worker_is_asked_for_again(app):
    client = app.test_client()
    script = re.search(r'src="(/app/assets/[^"]+\.js)"', client.get("/app/", buffered=True).text)

    kept, worker = (client.get(address, buffered=True) for address in (script[1], "/app/sw.js"))

    assert "immutable" in kept.headers["Cache-Control"]
    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")


def test_nothing_outside_the_app_is_served(app):
    client = app.test_client()

    for address in ("/app/absent.js", "/app/../wsgi.py", "/app/%2e%2e/%2e%2e/README.md"):
        assert client.get(address).status_code == 404
