"""The packaged program for a test's eyes; only in the builds that tests and benches make."""

from tests.ui.eye import main

main()
