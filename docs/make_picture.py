"""Write docs/chat.png: the demo's page with a question asked. Needs Chromium.

python docs/make_picture.py
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).with_name("chat.png")
QUESTION = "когда откроется морской порт"


def main() -> None:
    """Start the demo, ask, take the picture, stop the demo."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo"]
    options = ["--no-browser", "--port", "0"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        address = next(word for word in demo.stdout.readline().split() if word.startswith("http"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 820, "height": 640})
            page.goto(address)
            page.locator(".message:not(.mine)").first.wait_for()  # the greeting stands first
            page.get_by_role("textbox").fill(QUESTION)
            page.keyboard.press("Enter")
            page.locator("blockquote").first.wait_for()
            page.screenshot(path=PICTURE)
            browser.close()
        demo.terminate()


if __name__ == "__main__":
    main()
