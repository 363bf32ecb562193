# Every task of the newsroom and of the suite. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
INSTALLED := .venv/.installed
BUILD := $(BIN)/python -m plugins.fast_build build content --log-handler plain
CHECKER := tests/html_checker/node_modules/.package-lock.json
PORT ?= 8000
# The machine's own Python first: Debian's is compiled with profiles, and builds quicker than one of pyenv's (CONTRIBUTING.md)
PYTHON ?= $(firstword $(shell for each in /usr/bin/python3 python3; do \
  $$each -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each; done) python3)
export REASON

help: ## List these tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- the newsroom
serve: $(INSTALLED) ## Build the edition, serve it at http://127.0.0.1:8000 and show each saved change (PORT=8000)
	$(BIN)/python -m plugins.fast_build serve --port $(PORT)

html: $(INSTALLED) ## Build the edition into output/ as it will be, with addresses for this machine
	$(BUILD) -s pelicanconf.py -o output --fatal=errors

# What is live after these commands is said by their exit status: 0 and 3 (3: not served as it should), else it is as before
PRESS = $(BIN)/python -m plugins.publishing --settings $(CONF)
CONF ?= publishconf.py
publish: $(INSTALLED) ## Build, inspect, plan (DRY_RUN=1 ends there), upload the difference, switch, verify (FULL=1: all of it)
	$(BIN)/python -m plugins.editorial --settings publishconf.py check --quiet
	$(BUILD) -s publishconf.py -o build/edition --delete-output-directory --fatal=warnings
	$(BIN)/python -m plugins.editorial --settings publishconf.py hold build/edition --addresses build/addresses.json
	$(BIN)/python -m plugins.editorial --settings publishconf.py withheld > build/withheld.txt
	@live=0; $(PRESS) publish build/edition --withheld build/withheld.txt --addresses build/addresses.json $(if $(DRY_RUN),--dry-run) $(if $(FULL),--full) || live=$$?; \
	if [ -n "$(DRY_RUN)" ] || { [ $$live != 0 ] && [ $$live != 3 ]; }; then exit $$live; fi; \
	rm -rf build/previous build/copy; cp -a build/edition build/copy; \
	if [ -e output ]; then mv output build/previous; fi; mv build/copy output; \
	$(BIN)/python -m plugins.editorial --settings publishconf.py record output; exit $$live

staging: $(INSTALLED) ## The same to the place of stagingconf.py, every page marked noindex; output/ stays
	$(BUILD) -s stagingconf.py -o build/staging --delete-output-directory --fatal=warnings
	$(BIN)/python -m plugins.editorial --settings stagingconf.py withheld > build/withheld.txt
	$(PRESS) publish build/staging --withheld build/withheld.txt $(if $(DRY_RUN),--dry-run) $(if $(FULL),--full)
staging: CONF = stagingconf.py

rollback: $(INSTALLED) ## Let readers have the release before again (TO=20261124T151233Z: that one)
	$(PRESS) rollback $(if $(TO),--to "$(TO)")

releases: $(INSTALLED) ## List the releases that are kept, the newest first
	@$(PRESS) releases

verify: $(INSTALLED) ## Ask the host again whether it serves exactly what is live
	$(PRESS) verify

publish-files: $(INSTALLED) ## Upload only some files of output/, without a build (FILES="rates/ index.html")
	@: $(if $(FILES),,$(error Say which files of output/: FILES="rates/ index.html"))
	$(PRESS) patch output $(FILES) $(if $(wildcard build/withheld.txt),--withheld build/withheld.txt) $(if $(DRY_RUN),--dry-run)

publish-rates: ## Upload the files of output/rates/, and other files that a build would change (FILES="index.html"), without a build
	@$(MAKE) --no-print-directory publish-files FILES="rates/ $(FILES)"

rates: $(INSTALLED) ## Fetch, check and keep the day's rates (FROM=2026-01-01 TO=… fills the past); see docs/rates.md
	$(BIN)/python -m plugins.currency_ticker rates $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO))

rates-held: $(INSTALLED) ## List the rates that wait for a second origin or an editor, and why
	@$(BIN)/python -m plugins.currency_ticker held || test $$? = 1

rates-confirm: $(INSTALLED) ## Release a held rate (CURRENCY=UZS DAY=2026-05-20 REASON="Notice 14 of the bank")
	@: $(if $(CURRENCY),,$(error Say which: CURRENCY=UZS DAY=2026-05-20 REASON="why it is right"))
	$(BIN)/python -m plugins.currency_ticker confirm "$(CURRENCY)" "$(DAY)" --reason "$$REASON" $(if $(SOURCE),--source "$(SOURCE)")

new: $(INSTALLED) ## Begin a story as a draft (TITLE="…"; asks for SECTION COUNTRIES AUTHORS TOPICS SUMMARY SLUG if not given)
	@$(BIN)/python -m plugins.editorial new --title "$${TITLE:-}" --section "$${SECTION:-}" --countries "$${COUNTRIES:-}" \
	  --authors "$${AUTHORS:-}" --topics "$${TOPICS:-}" --summary "$${SUMMARY:-}" --slug "$${SLUG:-}"

due: $(INSTALLED) ## Tell which stories wait for their time, the next first, and which should be out and are not
	$(BIN)/python -m plugins.editorial due

redirect: $(INSTALLED) ## Accept that an address has moved (FROM=/2025/04/old/ TO=/2025/04/new/); publish serves it
	@: $(if $(FROM),$(if $(TO),,$(error Say where to: TO=/2025/04/new/)),$(error Say which: FROM=/2025/04/old/ TO=/2025/04/new/))
	$(BIN)/python -m plugins.editorial redirect "$$FROM" "$$TO"

gone: $(INSTALLED) ## Accept that an address is gone (URL=/2025/04/old/ REASON="…")
	@: $(if $(URL),,$(error Say which: URL=/2025/04/old/ REASON="why"))
	$(BIN)/python -m plugins.editorial gone "$$URL" --reason "$${REASON:-}"

lint-content: $(INSTALLED) ## Tell everything wrong with every story, by the rules of docs/rules.md (FORMAT=json or github)
	$(BIN)/python -m plugins.editorial check $(if $(FORMAT),--format $(FORMAT))

tags: $(INSTALLED) ## Tell which countries articles miss, and those nothing supports (FIX=1 writes the missing ones)
	$(BIN)/python -m plugins.country_pages audit $(if $(FIX),--fix)

# --- the suite
check: $(INSTALLED) ## Lint, types, architecture, generated docs, catalogues, stories
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture
	$(BIN)/python tools/messages.py --check
	$(BIN)/python -m plugins.editorial check --quiet

test: $(INSTALLED) browser programs $(CHECKER) ## Install what the tests need, browser included, and run them all
	$(BIN)/python -m pytest -q -n 3 --dist worksteal

audit: publish ## Audit output/ as browsers and validators see it (AUDIT=folder of the installed page audit; FLAGS=…)
	@test -x "$(AUDIT)/run" || { echo "Say where the page audit is: make audit AUDIT=/path/to/audit" >&2; exit 2; }
	"$(AUDIT)/run" output --site-url $$($(BIN)/python -c 'import publishconf; print(publishconf.SITEURL)') $(FLAGS)

# The programs that the tests of publishing run; what a publisher needs of them is in docs/publishing.md
PROGRAMS := nginx-light:nginx caddy:caddy openssl:openssl openssh-server:sshd openssh-client:ssh rsync:rsync git:git newsboat:newsboat lynx:lynx w3m:w3m npm:npm default-jre-headless:java
programs:
	@missing=; for each in $(PROGRAMS); do \
	  PATH="$$PATH:/usr/sbin" command -v $${each#*:} >/dev/null || missing="$$missing $${each%:*}"; done; \
	if [ -n "$$missing" ]; then apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

# The W3C's checker of pages, a program in Java that npm brings
$(CHECKER): tests/html_checker/package-lock.json | programs
	@npm ci --prefix tests/html_checker --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null

browser:
	@command -v chromium-headless-shell >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core; }

fuzz: $(INSTALLED) ## Let the reader and the checks take whatever may stand in a file (MINUTES=5)
	$(BIN)/python -m tests.support.fuzzing $(or $(MINUTES),5)

bench: $(INSTALLED) ## Measure what builds cost, beside stock Pelican and Hugo, into docs/performance.md (ARTICLES=1000 RUNS=5)
	$(BIN)/python -m tools.bench --articles $(or $(ARTICLES),1000) --runs $(or $(RUNS),5) --document docs/performance.md

pictures: $(INSTALLED) browser ## Take the pictures of README.md again, from a build of 29 September 2026
	BUILD_TIME=2026-09-29T18:00:00+05:00 $(BUILD) -s pelicanconf.py -o build/pictures --fatal=errors
	$(BIN)/python tools/take_pictures.py build/pictures docs/pictures

messages: $(INSTALLED) ## Bring the catalogues of the site's own words up to date; tells what is to be translated
	$(BIN)/python tools/messages.py

docs: $(INSTALLED) ## Make the generated documents again (settings.md, template-context.md)
	$(BIN)/python tools/generate_docs.py

wheel: $(INSTALLED) ## Build the package kerege into dist/, for any Pelican site
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel

lock: $(INSTALLED) ## Choose newest versions again within pyproject.toml's bounds, with their hashes
	$(BIN)/uv pip compile --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev \
	  --python-version 3.11 -o requirements.lock pyproject.toml

clean: ## Remove what was built (not the installed packages)
	rm -rf build dist output .cache

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	touch $@

.PHONY: help fuzz bench serve html publish staging rollback releases verify publish-files publish-rates programs audit new due redirect gone lint-content tags rates rates-held rates-confirm check test browser pictures messages docs wheel lock clean
