"""One fake: `python -m zona.bakohumas.channels.tests.fakes telegram --port 9000`."""

import argparse
import contextlib
import sys

from . import FAKES

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("kind", choices=sorted(FAKES))
parser.add_argument("--port", type=int, default=0)
options = parser.parse_args()
fake = FAKES[options.kind](options.port)
sys.stdout.write(f"{fake.url}\n")
sys.stdout.flush()
with contextlib.suppress(KeyboardInterrupt):
    fake.server.serve_forever(0.1)
