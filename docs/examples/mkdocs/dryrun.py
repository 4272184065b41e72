"""Hook of MkDocs: draws the pipeline before a build, and puts Dryrun beside the pages after it."""

import os
import shutil
import subprocess
from pathlib import Path

# The folder that Dryrun's `make dist` wrote.
DIST = Path(os.environ.get("DRYRUN_DIST", "dist"))


def on_pre_build(config):
    pages = Path(config["docs_dir"])
    command = ["dryrun", "graph", "--format", "svg", pages / "pipeline.yml"]
    drawn = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    picture = pages / "pipeline.svg"
    # `mkdocs serve` builds again whenever a file is written.
    if not picture.exists() or picture.read_bytes() != drawn:
        picture.write_bytes(drawn)


def on_post_build(config):
    shutil.copytree(DIST, Path(config["site_dir"]) / "dryrun", dirs_exist_ok=True)
