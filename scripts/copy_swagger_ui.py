"""After `npm ci`: put the files of Swagger UI that we serve beside our own."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "LICENSE", "NOTICE")


def copy(package: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(package / name, to / name)


if __name__ == "__main__":
    copy(ROOT / "node_modules" / "swagger-ui-dist", ROOT / "backend" / "web" / "static" / "swagger-ui")
    print(f"copied {len(FILES)} files of Swagger UI")
