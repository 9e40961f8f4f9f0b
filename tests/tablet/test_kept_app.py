"""The browser keeps the app itself for a day without a network, and nothing that it was answered."""

from tests.server import running

ANSWERS = """Promise.all(['/api/v1/rescue/key', '/api/v1/package', '/tablet/wipe'].map(
    async path => (await fetch(path)).status))"""
KEPT = """(async () => {
    const found = []
    for (const name of await caches.keys())
        for (const {url} of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
    return found
})()"""


def test_what_the_service_worker_keeps_is_the_app_and_with_it_the_app_opens_offline(deployment, browser):
    with running(deployment.settings) as address:
        page = browser.new_page()
        page.goto(f"{address}/app/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.wait_for_function("navigator.serviceWorker.controller !== null")

        assert page.evaluate(ANSWERS) == [200, 401, 401]
        kept = page.evaluate(KEPT)
        assert "/app/index.html" in kept
        assert [path for path in kept if not path.startswith("/app/")] == []

        page.context.set_offline(True)
        page.goto(f"{address}/app/today")
        page.locator("main").wait_for()
        page.context.close()
