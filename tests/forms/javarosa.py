"""JavaRosa, the engine of ODK Collect, as a second opinion: it fills a form from a script. Needs a JDK."""

import functools
import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SOURCE = Path(__file__).parents[1] / "tools" / "FillForm.java"
CLASSES = Path(__file__).parents[2] / "build" / "javarosa"
JAR = Path(str(files("pyxform"))) / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


def need_java() -> None:
    """Skip the test on a laptop without a JDK; in CI it must be there."""
    if shutil.which("javac") is None and not os.environ.get("CI"):
        pytest.skip("no JDK is installed")


def fill(form_xml: Path, media: Path, script: Iterable[str]) -> bytes:
    """The submission that JavaRosa writes after a script in which every command succeeds.

    Parameters
    ----------
    form_xml : Path
        A built XForm.
    media : Path
        Folder with venues.csv and sites.csv.
    script : iterable of str
        Commands of FillForm.java, such as "set\\t/data/arrival/check_code\\tJC2026".
    """
    with TemporaryDirectory() as folder:
        filled = Path(folder) / "filled.xml"
        lines = [*script, f"save\t{filled}"]
        failed = [line for line in zip(lines, run(form_xml, media, lines), strict=True) if line[1] != "OK"]
        assert failed == []
        return filled.read_bytes()


def run(form_xml: Path, media: Path, script: Iterable[str]) -> list[str]:
    """What JavaRosa answers to each command of a script, "OK" or why not."""
    need_java()
    with TemporaryDirectory() as folder:
        commands = Path(folder) / "script.tsv"
        commands.write_text("\n".join(script), "utf-8")
        java = ["java", "-Dfile.encoding=UTF-8", "-cp", f"{JAR}{os.pathsep}{_compiled()}", "FillForm"]
        done = subprocess.run(
            [*java, form_xml, media, commands], check=True, capture_output=True, encoding="utf-8", timeout=120
        )
    return [line.rpartition(" -> ")[2] for line in done.stdout.splitlines() if " -> " in line]


@functools.cache
def _compiled() -> Path:
    """The folder of the compiled classes, made again when their source is newer."""
    known = CLASSES / "FillForm.class"
    if not known.is_file() or known.stat().st_mtime < SOURCE.stat().st_mtime:
        CLASSES.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CLASSES) as folder:
            javac = ["javac", "-encoding", "UTF-8", "-cp", JAR, "-d", folder, SOURCE]
            subprocess.run(javac, check=True, capture_output=True)
            for made in Path(folder).iterdir():
                made.replace(CLASSES / made.name)
    return CLASSES
