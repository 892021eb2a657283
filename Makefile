# What a person or a machine asks of this checkout. tools/bootstrap prepares it; a second start is free.

export PYTHON
export PHOTOS
OUT = build/screenshots
LOCK = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE)

OLDEST_PIP = .venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --no-input

CHECKS = status=0; for check in 'ruff check .' 'ruff format --check .' mypy lint-imports; do \
	.venv/bin/$$check || status=1; \
	done

TRANSLATE = for ts in desktop/ui/translations/*.ts; do qm=$${ts%.ts}.qm; \
	[ ! -f "$$ts" ] || [ "$$qm" -nt "$$ts" ] || .venv/bin/pyside6-lrelease -silent "$$ts" -qm "$$qm"; \
	done

# Side by side, a file of tests in one process; whoever runs a single test by hand does not wait for that.
ABREAST = -n 3 --dist loadfile --no-loadscope-reorder
PYTEST = -m pytest $(ABREAST)
COVERED = desktop/core desktop/backends backend_lambda deploy

.PHONY: help run test test-oldest coverage test-faults mutants lint format translations screenshots pictures bench \
	bench-compare bench-speed bench-reference bench-ui bench-labels bench-search bench-meaning bench-watch bench-queue \
	simulate-queue simulate-scale soak killed-saves killed-setups corpus fuzz fuzz-parsers package \
	package-windows test-windows bench-package check-deb lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s%s\n", $$1, $$2 }' Makefile

run: ## open the window, or label in the terminal when there is no screen (PHOTOS=folder)
	@tools/bootstrap run
	@$(TRANSLATE)
	@set -- $${PHOTOS:+"$$PHOTOS"}; \
	case $${1-} in '~'/*) set -- "$$HOME/$${1#??}" ;; esac; \
	if [ "$$(uname)" = Darwin ] || [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		exec .venv/bin/tagdrop "$$@"; \
	fi; \
	[ $$# -gt 0 ] || set -- samples; \
	exec .venv/bin/tagdrop label "$$@"

test: ## style, types and every test, as CI runs them on Linux and macOS; pytest's result comes last
	@tools/bootstrap test
	@$(TRANSLATE)
	@$(CHECKS); .venv/bin/python $(PYTEST) || status=1; exit $$status

test-oldest: ## the tests with the oldest packages that pyproject.toml allows, in .venv-oldest
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/python -m venv --clear .venv-oldest
	$(OLDEST_PIP) --no-deps -r requirements-dev.lock
	$(OLDEST_PIP) uv
	.venv-oldest/bin/uv pip compile --quiet --resolution lowest-direct pyproject.toml -o .venv-oldest/lock
	$(OLDEST_PIP) --no-deps --no-build-isolation -r .venv-oldest/lock -e .
	.venv-oldest/bin/python $(PYTEST)

coverage: ## which branches the tests reach in core, backends, function and deploy: 95 % of each; longer than make test
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/coverage erase
	.venv/bin/coverage run $(PYTEST)
	.venv/bin/coverage combine --quiet
	@status=0; for part in $(COVERED); do \
		.venv/bin/coverage report --include="$$part/*" --fail-under=95 || status=1; \
		done; exit $$status

test-faults: ## every fault of docs/reliability.md, each at every call and event; minutes, without a network
	@tools/bootstrap test
	@$(TRANSLATE)
	EVERY_EVENT=1 .venv/bin/python -m tests.faults.matrix $(ABREAST)

mutants: ## does a test fail for every small mistake in the critical modules? hours, or MODULES="a.py b.py"
	@tools/bootstrap test
	.venv/bin/python -m tools.mutants $(MODULES)

lint: ## style, types and the directions of imports
	@tools/bootstrap test
	@$(CHECKS); exit $$status

format: ## format the code
	@tools/bootstrap test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

translations: ## add new texts to desktop/ui/translations/*.ts, and list what is missing
	@tools/bootstrap test
	.venv/bin/python -m tools.translations update
	@$(TRANSLATE)
	.venv/bin/python -m tools.translations check

screenshots: ## pictures of the window in every state, from the real program (OUT=build/screenshots)
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/python -m tools.screenshots $(OUT)

pictures: ## retake the pictures of docs/ that are older than the window, and lay out what make screenshots took
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/python -m tools.doc_pictures
	[ ! -d $(OUT) ] || .venv/bin/python -m tools.contact_sheet $(OUT)

bench-ui: ## how responsive the window is: gaps while labelling, 100,000 images; takes minutes
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_ui labelling
	.venv/bin/python -m tools.bench_ui large

bench: ## what the program takes, beside peers and floors; an hour, or PARTS="prepare keywords" SHORT=--short JSON=file
	@tools/bootstrap test
	.venv/bin/python -m tools.bench $(SHORT) $(if $(JSON),--json $(JSON)) $(PARTS)

bench-speed: ## a short run of make bench beside the ratios of tools/bench/reference.json, as CI does it
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/python -m tools.bench speed

bench-reference: ## measure these ratios anew: on a machine that does nothing else
	@tools/bootstrap test
	@$(TRANSLATE)
	.venv/bin/python -m tools.bench reference

bench-compare: ## which ratios of two runs of make bench have changed (A=before.json B=after.json)
	@tools/bootstrap test
	.venv/bin/python -m tools.bench compare $(A) $(B)

bench-labels: ## how accurate the labels are: held-out training photos, or FOLDER= with LABELS=table.csv
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_labels $(if $(FOLDER),$(FOLDER) $(LABELS) $(if $(OTHER),--other $(OTHER)))

bench-search: ## how long 200 searches take in a library of 100,000 photos
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_search

bench-meaning: ## search by meaning: how well it finds (FOLDER= LABELS=table.csv NETWORK=folder), or what it costs
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_meaning $(FOLDER) $(LABELS) $(if $(NETWORK),--network $(NETWORK))

bench-watch: ## a watched folder: 1,000 photos that arrive, 50,000 that rest; some minutes
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_watch

soak: ## label 10,000 photos amid kills and faults, here and through the emulator: is all there? about an hour
	@tools/bootstrap test
	.venv/bin/python -m tools.soak $(ARGS)

killed-saves: ## kill the saving of 500 photos 50 times: is each whole, does undo restore all? some minutes
	@tools/bootstrap test
	.venv/bin/python -m tools.killed_saves

killed-setups: ## kill a set-up and a removal at every event of the stack, not only at a quarter of them; some minutes
	@tools/bootstrap test
	EVERY_EVENT=1 .venv/bin/python -m pytest -q tests/faults/test_killed_setup.py tests/faults/test_killed_window.py

corpus: ## a folder of pictures, read beside Pillow, ImageMagick, libvips, exiftool … (DIR=folder AGAIN=tagdrop)
	@tools/bootstrap test
	.venv/bin/python -m tools.corpus $(DIR) $(if $(AGAIN),--again $(AGAIN))

fuzz: ## 100,000 damaged photos of every format: does one crash, stop or fill the program? an hour, can be interrupted
	@tools/bootstrap test
	.venv/bin/python -m tools.fuzz

fuzz-parsers: ## 20,000 damaged inputs for every parser of what is no photo: settings, library, events …; minutes
	@tools/bootstrap test
	.venv/bin/python -m tools.fuzz_parsers

package: ## the program as people get it: folder, archive, .deb, installer, checksums in dist/
	@tools/bootstrap test
	.venv/bin/python -m tools.package

package-windows: ## the Windows program, built, installed and used under Wine; as root, on Debian 12
	@tools/bootstrap test
	.venv/bin/python -m tools.windows package

test-windows: ## the unit and ui tests by Windows' Python, under Wine; as root, on Debian 12 (TESTS="a.py b.py")
	@tools/bootstrap test
	.venv/bin/python -m tools.windows test $(TESTS)

simulate-queue: ## what AWS does with ten thousand objects at once, by its rules; seconds
	@tools/bootstrap test
	.venv/bin/python -m tools.simulate_queue

simulate-scale: ## a million photos, many computers on one service: what throttles first, and what it costs
	@tools/bootstrap test
	.venv/bin/python -m tools.simulate_scale $(ARGS)
	.venv/bin/python -m tools.emulated_queue

bench-queue: ## a thousand objects at once in the emulator; minutes
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_queue

bench-package: ## its size, and the time to the window and to the first label; after make package
	@tools/bootstrap test
	.venv/bin/python -m tools.bench_package

check-deb: ## the .deb on a bare Debian 12, from install to removal; as root, after make package
	@tools/bootstrap test
	.venv/bin/python -m tools.check_deb

lock: ## pin what pyproject.toml asks for (UPGRADE=--upgrade for the newest of everything)
	@tools/bootstrap run
	.venv/bin/python -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) pyproject.toml --group dev -o requirements-dev.lock
	$(LOCK) pyproject.toml --group build -c requirements-dev.lock -o requirements.lock
	$(LOCK) --group checkov -o requirements-checkov.lock
	rm -rf .venv-lock

clean: ## remove the environments and everything that can be rebuilt
	rm -rf .venv .venv-checkov .venv-lock .venv-oldest build dist *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -f desktop/ui/translations/*.qm
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
