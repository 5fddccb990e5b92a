# One file for everything that one does with this project. `make` alone lists it all.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
DEMO_ENV := DJANGO_SETTINGS_MODULE=config.settings.base DEMO=true SITE_URL=http://localhost:$(PORT) PYTHONUNBUFFERED=1
DEV_ENV := env -u DEMO -u DEBUG DJANGO_SETTINGS_MODULE=config.settings.development SITE_URL=http://localhost:$(PORT) PYTHONUNBUFFERED=1
# Lint and tests run with settings of their own, whatever the shell has.
TEST_ENV := env -u DEMO -u SITE_URL DJANGO_SETTINGS_MODULE=config.settings.tests

.PHONY: help demo dev test coverage lint hooks format messages lock counts bench bench-search bench-api bench-door bench-jobs check-api clean

help: ## list what one can do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed ($(PYTHON) is older)."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making .venv…"; $(PYTHON) -m venv --clear .venv; }
	@echo "Installing locked dependencies ($(1)), about half a minute…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@touch $@
endef

# The demo needs what production needs; tests and linters need more.
$(STAMP): requirements.lock pyproject.toml
	$(call install,requirements.lock)

$(DEV_STAMP): requirements-dev.lock $(STAMP)
	$(call install,requirements-dev.lock)

demo: $(STAMP) ## install, load the demo territory, serve it and work beside it (PORT=8123 for another port)
	@$(DEMO_ENV) $(BIN)/python manage.py load_demo
	@printf '\n  Site   http://localhost:$(PORT)/\n  Admin  http://localhost:$(PORT)/admin/   account demo, password demo-loir-et-cher\n         one role alone: demo-redaction, demo-publication, demo-guichet, demo-traduction-anglais (-espagnol, -allemand), same password\n  Ctrl+C stops it.\n\n'
	@$(DEMO_ENV) $(BIN)/python manage.py work & \
	$(DEMO_ENV) $(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning & web=$$!; \
	trap 'kill $$(jobs -p) 2>/dev/null; wait' EXIT; trap exit INT TERM; wait $$web

dev: $(DEV_STAMP) ## install for development, load the demo territory, serve it and work beside it: both reload by themselves, debug pages, mails in the terminal
	@$(DEV_ENV) $(BIN)/python manage.py load_demo
	@printf '\n  Site   http://localhost:$(PORT)/\n  Admin  http://localhost:$(PORT)/admin/   account demo, password demo-loir-et-cher\n  Mails are printed here. Ctrl+C stops it.\n\n'
	@$(DEV_ENV) $(BIN)/python manage.py work --reload & work=$$!; trap 'kill $$work 2>/dev/null; wait' EXIT; trap exit INT TERM; \
	$(DEV_ENV) $(BIN)/python manage.py runserver $(PORT)

test: $(DEV_STAMP) ## run the tests (what needs a missing server or browser is skipped with a reason; in CI that is a failure)
	@$(TEST_ENV) $(BIN)/python manage.py compile_catalogues
	@$(TEST_ENV) $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

coverage: $(DEV_STAMP) ## run the tests with branch coverage (twice as long) and print it, least first (of a part: ARGS=tests/core/lists PART='site/core/lists/*')
	@$(TEST_ENV) $(BIN)/python manage.py compile_catalogues
	@$(TEST_ENV) $(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report $(if $(PART),--include='$(PART)')

lint: $(DEV_STAMP) ## check style of code, templates, scripts and style sheets, types, import directions, migrations and message catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(TEST_ENV) $(BIN)/mypy
	$(BIN)/djlint . --lint --quiet
	$(BIN)/oxlint --deny-warnings static
	@$(TEST_ENV) $(BIN)/python -m pytest -q -n 0 tests/rules tests/core/web/test_style_sheets.py
	$(TEST_ENV) $(BIN)/python manage.py check --fail-level WARNING
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST_ENV) $(BIN)/python manage.py check_catalogues

hooks: $(DEV_STAMP) ## let git check what one commits, with the locked tools (.pre-commit-config.yaml)
	$(BIN)/pre-commit install

format: $(DEV_STAMP) ## write code as the linters want it
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: $(DEV_STAMP) ## collect translatable strings into the catalogues, or a new one with ADD=ro (needs the gettext tools)
	$(TEST_ENV) $(BIN)/python manage.py makemessages $(if $(ADD),--locale $(ADD),--all) --no-location --no-obsolete --no-wrap --ignore 'var/*' --ignore 'tests/*' --ignore '.venv/*'

lock: ## renew the locks after a change in pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra postgres --group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra postgres --extra search --constraint requirements.lock pyproject.toml --output-file requirements-search.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra postgres --group build --group dev pyproject.toml --output-file requirements-dev.lock

counts: $(STAMP) ## count the demo's pages and records by type
	@$(DEMO_ENV) $(BIN)/python manage.py count_content

bench: $(DEV_STAMP) ## measure lists with 240 and 2,400 offers (time and queries), the reading of very long texts, and a publication in four languages
	@$(TEST_ENV) $(BIN)/python -m pytest -q -s -n 0 tests/benchmarks/bench_lists.py tests/benchmarks/bench_texts.py tests/benchmarks/bench_publication.py

bench-search: $(DEV_STAMP) ## measure the search with 4,000 and 40,000 pages on SQLite, and on what DATABASE_URL and SEARCH_URL name
	@for url in sqlite://:memory: $${DATABASE_URL##sqlite*}; do \
		$(TEST_ENV) DATABASE_URL="$$url" $(BIN)/python -m pytest -q -s -n 0 tests/benchmarks/bench_search.py || exit 1; \
	done

bench-api: $(DEV_STAMP) ## measure API lists, feeds, data files and sitemaps with 10,000 offers: time, queries, size
	@$(TEST_ENV) $(BIN)/python -m pytest -q -s -n 0 tests/benchmarks/bench_api.py

bench-door: $(DEV_STAMP) ## measure pages behind the shipped door (Debian's nginx and caddy) under slow attacks (SECONDS=60 EACH=50)
	@$(TEST_ENV) $(BIN)/python tests/benchmarks/bench_door.py

bench-jobs: $(DEV_STAMP) ## kill two workers forty times while 200 publications and 200 deliveries fall due (SQLite, and an empty PostgreSQL that DATABASE_URL names)
	@$(BIN)/python tests/benchmarks/bench_jobs.py

check-api: $(DEV_STAMP) ## ask the running API what its description allows and what it does not (schemathesis), and print the counts
	@$(TEST_ENV) SCHEMATHESIS_EXAMPLES=100 CHROMIUM=$${CHROMIUM:-none} $(BIN)/python -m pytest -q -n 0 tests/browser/test_contract.py

clean: ## remove the environment, the demo's database and its pictures
	rm -rf .venv var *.egg-info
