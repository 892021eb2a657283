"""The packaged program for a test's eyes; only in the builds that tests and benches make."""

import sys

from desktop.core.isolation import CHILD

if sys.argv[1:2] == [CHILD]:
    from desktop.__main__ import main
else:
    from tests.rig.eye import main

main()
