# Every target first makes sure that .venv is complete; when it is, that costs a few milliseconds and does nothing.
PY := .venv/bin/python
BIN := .venv/bin
ARGS ?=
DATA ?= ../shared/data
# One more than there are cores: tests wait for programs a third of their time.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN); [ $$n -gt 3 ] && echo 4 || echo $$((n + 1)))

TS := $(wildcard translations/*.ts)
QM := $(TS:.ts=.qm)

.DEFAULT_GOAL := help
.PHONY: help setup demo panel backend test test-faults bench bench-decisions bench-cti bench-review bench-half-year bench-import bench-news bench-value fuzz fuzz-api bundle package deb-test msi-test lock translations picture recordings contact-sheet settings openapi clean
# Sources, catalogues and databases are written one after the other; nothing here gains from -j.
.NOTPARALLEL:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@sh packaging/setup.sh

translations/%.qm: translations/%.ts | setup
	@# Running programs have the old one mapped: it is replaced, never written over.
	@$(BIN)/pyside6-lrelease -silent $< -qm $@.new && mv $@.new $@

demo: setup $(QM) ## the whole way of a call, on the screen or headless (ARGS="--headless --out DIR")
	@$(PY) -m nba_desktop demo $(ARGS)

panel: setup $(QM) ## the panel on this workstation (ARGS="--help")
	@$(PY) -m nba_desktop panel $(ARGS)

backend: setup ## the backend as a server of its own (ARGS="--help")
	@$(PY) -m nba_desktop backend serve $(ARGS)

test: export QT_QPA_PLATFORM ?= offscreen
# Empty counts as not set: workers and the programs that tests start would compile every module anew.
test: export PYTHONDONTWRITEBYTECODE =
test: setup $(QM) ## everything that must hold: lint, format, types, layers, translations, tests
	@sh packaging/oidc_provider.sh
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	@# Types are checked beside the tests, which wait for programs much of their time.
	@mkdir -p build
	@nice -n 10 $(BIN)/mypy > build/types.txt 2>&1 & types=$$!; \
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(ARGS); tests=$$?; \
	wait $$types; types=$$?; cat build/types.txt; exit $$((tests > types ? tests : types))

test-faults: export QT_QPA_PLATFORM ?= offscreen
test-faults: setup $(QM) ## twenty faults, 500 killed panels, a day without backend, last line JSON (ARGS="--rounds 50 --only 1")
	@sh packaging/oidc_provider.sh
	@$(PY) tests/faults/run.py $(ARGS)

bench: setup $(QM) ## the figures of the README, last line JSON
	@$(PY) tests/bench/run.py $(ARGS)

# One core each: what is compared is CPU time.
bench-decisions: export OMP_NUM_THREADS = 1
bench-decisions: export OPENBLAS_NUM_THREADS = 1
bench-decisions: setup ## the decision engine beside its rivals, last line JSON (DATA=DIR)
	@sh packaging/bench_env.sh
	@$(PY) tests/bench/decisions/run.py --data "$(DATA)" $(ARGS)

bench-cti: setup ## calls by Asterisk and webhook under load, last line JSON (ARGS="--seconds 60 --calls-per-s 200")
	@$(PY) tests/bench/cti/run.py $(ARGS)

bench-review: setup $(QM) ## the review, the consent ledger and the statistics, last line JSON (ARGS="--facts 100000 --entries 20000 --teams 100")
	@$(PY) tests/bench/all_of_review.py $(ARGS)

bench-half-year: setup ## 200,000 made-up calls, and whether the review finds what is true of them, last line JSON
	@$(PY) tests/bench/half_year.py $(ARGS)

bench-value: setup ## lifetime values on CDNOW, last line JSON (DATA=DIR)
	@$(PY) tests/bench/value.py --data "$(DATA)" $(ARGS)

bench-import: setup ## 1 million customers with 20 million touchpoints taken in, killed and resumed, last line JSON (ARGS="--touchpoints 500000")
	@$(PY) tests/bench/site_import.py $(ARGS)

bench-news: setup ## how soon an event is news in a call of another process, last line JSON (ARGS="--events 20")
	@$(PY) tests/bench/news.py $(ARGS)

fuzz: setup ## hostile input for every parser, last line JSON (ARGS="--inputs 1000000 --only ami")
	@$(PY) tests/fuzz/run.py $(ARGS)

fuzz-api: setup ## every route asked rightly and wrongly by the OpenAPI document, last line JSON (ARGS="--examples 20 --only /v1/events")
	@$(PY) tests/fuzz/api.py $(ARGS)

bundle: setup $(QM) ## the panel as a folder that needs no Python, built and then proved
	@sh packaging/bundle.sh

package: setup $(QM) ## all that is rolled out, built twice, measured and tried, last line JSON (ARGS="--only deb_test")
	@sh packaging/package.sh $(ARGS)

deb-test: setup ## the packages in dist/ installed, run, upgraded, removed and purged in a minimal Debian, last line JSON
	@sh packaging/deb_test.sh

msi-test: setup ## the Windows installer with a stand-in for the panel, tried under wine, last line JSON
	@sh packaging/windows/msi_test.sh

lock: setup ## resolve the dependencies anew, with hashes, for every system
	@sh packaging/lock.sh $(PY)

translations: setup ## bring the message catalogues up to date with the sources
	@sh packaging/translations.sh translations
	@for ts in translations/*.ts; do \
	  $(BIN)/pyside6-lrelease -silent "$$ts" -qm "$${ts%.ts}.qm.new" && mv "$${ts%.ts}.qm.new" "$${ts%.ts}.qm" || exit 1; \
	done

picture: setup $(QM) ## the pictures of README and guides, from the running program
	@$(PY) packaging/picture.py

recordings: setup ## record the answers of the practice calls anew, from the sample site
	@$(PY) packaging/practice_recordings.py

contact-sheet: export QT_QPA_PLATFORM ?= offscreen
contact-sheet: setup $(QM) ## every view in every language, theme and size as pictures, and what is cut, last line JSON
	@$(PY) tests/widget/ui/walk/run.py $(ARGS)

settings: setup ## write what administrators need of the settings anew: group policies, JSON schema, docs/settings.md
	@$(PY) packaging/settings_documents.py

openapi: setup ## write docs/openapi.json anew from the backend's routes
	@mkdir -p build
	@$(PY) -m nba_desktop backend openapi > build/openapi.json && mv build/openapi.json docs/openapi.json

clean: ## remove what was built, keep .venv
	rm -rf build dist demo-out translations/*.qm .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
