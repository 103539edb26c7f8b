"""The pictures of the site in the README: the overview in light, and a root cause in dark.

`python tests/docs/site_pictures.py` builds the site of this repo and takes them anew; it needs chromium and its driver.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from docpages import ROOT

sys.path.insert(0, str(ROOT))

from tests.site.browsing import opened, served, set_up

ASSETS = ROOT / "docs" / "assets"
PICTURES = {  # file: page and place in it, scheme
    "site-overview.png": ("index.html", "light"),
    "site-cause.png": ("causes/store-api-misuse.html#did-it-help", "dark"),
}
_WIDTH = 1280  # pixels


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
        with served(site) as address:
            for name, (page, scheme) in PICTURES.items():
                with opened(Path(folder, name)) as browser:
                    set_up(browser, _WIDTH, scheme)
                    browser.get(address + page)
                    browser.execute_script("document.documentElement.style.scrollbarWidth = 'none'")
                    browser.save_screenshot(str(ASSETS / name))


if __name__ == "__main__":
    main()
