"""`python -m zona` is the command `zona`."""

import sys

from zona.cli import main

if __name__ == "__main__":
    sys.exit(main())
