"""The browser of this machine, found or missed loudly."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of its own over the network, no GPU, and no sandbox where root cannot have one.
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str:
    """The path of Chromium: ZONA_CHROMIUM, else the first on PATH.

    Raises RuntimeError (Indonesian) when there is none: end-to-end tests are never left out.
    """
    found = os.environ.get("ZONA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise RuntimeError(
            "Uji ujung ke ujung memerlukan Chromium. Debian: sudo apt install chromium;"
            " atau sebutkan letaknya dengan ZONA_CHROMIUM. (./zona test memasangnya sendiri bila"
            " dijalankan sebagai root.)"
        )
    return found


def list_arguments() -> list[str]:
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
