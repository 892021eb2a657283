"""The packaged program for a test's eyes; only in the builds that tests and benches make."""

from tests.rig.eye import main

main()
