"""Every bench, one after the other, ours beside the alternative. `--small` is for a quick look."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHES = {
    "bench_pairs.py": [],
    "bench_check.py": [],
    "bench_screen.py": [],
    "bench_export.py": [],
    "bench_uploads.py": [],
    "bench_submissions.py": ["--stored", "300000"],
    "bench_package.py": [],
    "bench_hotspots.py": [],
    "bench_tiles.py": [],
    "bench_documents.py": [],
}
SMALL = {
    "bench_submissions.py": ["--count", "400"],
    "bench_hotspots.py": ["--violations", "50000"],
    "bench_tiles.py": ["--venues", "20000"],
}


def main(small: bool) -> None:
    for name, words in BENCHES.items():
        print(f"\n== {name}", flush=True)
        command = [sys.executable, HERE / name, *(SMALL.get(name, []) if small else words)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(HERE.parent)})


if __name__ == "__main__":
    main("--small" in sys.argv[1:])
