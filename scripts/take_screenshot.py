"""A picture of one page of a running service: sign in, open it, save it as PNG."""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def take(page: Page, service: str, login: str, password: str, path: str, to: Path, *, full: bool) -> None:
    """Sign in and save what the page at `path` looks like."""
    page.goto(f"{service}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button")
    page.goto(f"{service}{path}")
    page.screenshot(path=to, full_page=full)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", help="/venues/3")
    parser.add_argument("to", type=Path, help="docs/screen.png")
    parser.add_argument("--login", default="inspector")
    parser.add_argument("--password", required=True)
    parser.add_argument("--service", default="http://127.0.0.1:8000")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--full", action="store_true", help="the whole page, not only what fits")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.browser, args=FLAGS)
        page = browser.new_page(viewport={"width": asked.width, "height": asked.height})
        take(page, asked.service, asked.login, asked.password, asked.path, asked.to, full=asked.full)
        browser.close()
    print(f"{asked.to}: {asked.to.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
