# Bedboard. `make` lists the targets; each of them installs what it needs.

SHELL := bash
.DEFAULT_GOAL := help

# cdk.json runs `python`: the project's own. Requests to this machine do not go through a proxy.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := functions:.
export NO_PROXY := 127.0.0.1,localhost,$(NO_PROXY)
export no_proxy := $(NO_PROXY)
# Without cached bytecode every worker and every function that the tests start compiles all it reads.
unexport PYTHONDONTWRITEBYTECODE

COUNCIL ?= example
WORKERS ?= 2
QUICK := not emulator and not browser and not slow
CDK := npx --no -- cdk
AUDIT := .venv/audit/bin
DEMO := python -m local.demo $(if $(HOMES),--homes "$(HOMES)")

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Installs the packages of a file, as pinned, into a virtual environment: $(call
# pip_install,.venv,requirements.txt,what they are). What pip says goes into a log; a terminal sees
# how many packages it has looked at, and the end of the log where pip fails.
define pip_install
mkdir -p build; log=build/setup-$(subst /,-,$(basename $(2))).log; \
echo "setup: $(3)" >&2; \
$(1)/bin/python -m pip install --disable-pip-version-check --require-hashes -r $(2) 2>&1 \
  | tee "$$log" \
  | if [ -t 2 ]; then \
      awk '/^(Collecting|Requirement)/ { printf "\r  %d", ++n >"/dev/stderr" } \
           END { print "" >"/dev/stderr" }'; \
    else cat >/dev/null; fi \
  || { echo "pip failed; the end of $$log:" >&2; tail -n 30 "$$log" >&2; exit 1; }
endef

.PHONY: setup
setup: .venv/ready node_modules/ready ## install the pinned Python and Node packages

.venv/ready: requirements.txt
	@set -eu -o pipefail; \
	python=; \
	for each in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	  if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$each; break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed and was not found." >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip' 2>/dev/null; then \
	  echo "$$python cannot make virtual environments (Debian: apt install python3-venv)." >&2; exit 1; \
	fi; \
	[ -x .venv/bin/python ] || "$$python" -m venv .venv; \
	$(call pip_install,.venv,requirements.txt,python packages); \
	ln -sf ../../cli/bedboard .venv/bin/bedboard; \
	touch $@

node_modules/ready: package-lock.json
	@set -eu; \
	if ! node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null; then \
	  echo "Node 20 or newer is needed (the CDK runs on it) and was not found." >&2; exit 1; \
	fi; \
	echo "setup: node packages" >&2; \
	npm ci --silent --no-progress; \
	touch $@

.PHONY: demo demo-check
demo: setup ## run a whole stack on this machine, tell its story, serve until Ctrl-C (HOMES=directory.csv)
	@$(DEMO)

demo-check: setup ## the same story, then stop; fails unless every step worked (COUNCILS="example second": each apart)
	@$(if $(COUNCILS),python -m local.demo.two_councils $(COUNCILS),$(DEMO) --check)

.PHONY: up down token
up: setup ## start the local stack and its pages, or update them
	@python -m local up

down: setup ## stop the local stack and its pages, and delete their data
	@python -m local down

token: setup ## print a bearer token: AS=home:1-1000587219, AS=team:exeter-discharge, AS=council
	@python -m local token "$(AS)"

.PHONY: synth deploy destroy bootstrap-policy
synth: setup ## write the templates of COUNCIL=example to cdk.out, and lint them
	@$(CDK) synth --quiet -c council=$(COUNCIL)
	@cfn-lint cdk.out/*.template.json

deploy: setup ## deploy the stacks of COUNCIL=... to the AWS account that you are signed in to
	@$(if $(SKIP_PREFLIGHT),,bedboard preflight --council "$(COUNCIL)")
	@python -m infra.deploy $(COUNCIL) $(if $(UNWATCHED),--unwatched) $(if $(CI),--require-approval never --progress events)

destroy: setup ## delete everything of COUNCIL=... but its data
	@python -m infra.destroy $(COUNCIL) $(if $(CI),--force)

bootstrap-policy: setup ## write what CloudFormation must be allowed for COUNCIL=..., into build/bootstrap
	@python -m infra.bootstrap_policy $(COUNCIL)

.PHONY: cost cost-measure
cost: setup ## what a month costs, from committed measurements (COUNCIL=..., USAGE=your.toml, TEMPLATE=1)
	@python -m benchmarks.cost $(if $(filter file,$(origin COUNCIL)),,--council "$(COUNCIL)") \
	  $(if $(USAGE),--usage "$(USAGE)") $(if $(TEMPLATE),--template)

cost-measure: setup ## measure what calls consume again, on a local stack, in some minutes
	@python -m benchmarks.cost.measure
	@python -m benchmarks.cost

.PHONY: site screenshots
site: setup ## serve the pages as they are now for the stack of `make up`, until Ctrl-C
	@python -m local.site

screenshots: setup browser ## take a picture of every page at both sizes, into build/screenshots
	@python -m local.site.screenshots

.PHONY: vocabulary
vocabulary: setup ## write the words for needs and terms into the pages and docs/http.md
	@python -m web.vocabulary

.PHONY: browser
browser:
	@set -eu; \
	for each in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do \
	  if command -v "$$each" >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
	  echo "setup: a browser for the tests of the pages" >&2; \
	  apt-get update -qq; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  for each in chromium-headless-shell chromium; do \
	    apt-get install -y -qq --no-install-recommends $$each fonts-liberation >/dev/null && exit 0; \
	  done; \
	  exit 1; \
	else \
	  echo "The tests of the pages need Chromium or Chrome (Debian: apt install chromium)." >&2; \
	  exit 1; \
	fi

# What every change must keep, and what a developer waits for: tests that need no emulator and no
# browser and try no whole year or country, with fewer of Hypothesis' examples. The budget is a
# minute on two processors with nothing else to do. It says at its end what it took, and which tests
# took more than two seconds: each of those is slow, or does something twice.
.PHONY: check quick-tests test lint lint-web format
check: setup ## check quickly: lint, types, and the quick tests
	@TIMEFORMAT='check: %R seconds (at most 60, where two processors have nothing else to do)'; \
	time { $(MAKE) --no-print-directory --jobs=2 --output-sync=target lint lint-web \
	  && $(MAKE) --no-print-directory quick-tests; }

quick-tests: setup
	@HYPOTHESIS_PROFILE=quick pytest -n $(WORKERS) --dist loadgroup -m "$(QUICK)" \
	  --durations=5 --durations-min=2

# One worker more: tests of stacks and pages wait for other processes.
test: lint lint-web browser ## check everything: lint, types, every test
	@pytest -n $$(($(WORKERS) + 1)) --dist loadgroup

# Lambda brings an SDK of its own, which may be older than the pinned one: docs/decisions/0011.
.PHONY: check-old-sdk
check-old-sdk: build/old-sdk/ready setup ## test the functions with an AWS SDK older than Lambda's
	@PYTHONPATH=build/old-sdk:$(PYTHONPATH) HYPOTHESIS_PROFILE=quick pytest \
	  -m "$(QUICK)" tests/shared/aws tests/shared/store tests/infra/site/publisher \
	  $(patsubst functions/%/handler.py,tests/%,$(wildcard functions/*/handler.py))

build/old-sdk/ready: layer/old-sdk.txt | .venv/ready
	@rm -rf $(@D)
	@pip install --disable-pip-version-check --quiet --no-deps --only-binary :all: --require-hashes \
	  --target $(@D) -r $<
	@touch $@

lint: setup ## lint and type-check the Python
	@ruff check
	@ruff format --check
	@mypy

lint-web: setup ## lint, type-check and unit-test the pages
	@npm run --silent lint
	@npm run --silent types
	@npm test --silent

format: setup ## format the code
	@ruff check --fix
	@ruff format
	@npm run --silent format

.PHONY: audit sbom
audit: .venv/audit/ready setup ## look up published advisories for the packages in use
	@$(AUDIT)/pip-audit --disable-pip --require-hashes -r requirements.txt
	@$(AUDIT)/pip-audit --disable-pip --require-hashes -r layer/requirements.txt
	@npm audit

sbom: .venv/audit/ready setup ## list the shipped packages (CycloneDX), in build/sbom
	@mkdir -p build/sbom
	@$(AUDIT)/cyclonedx-py requirements layer/requirements.txt --output-reproducible \
	  --output-file build/sbom/functions.cdx.json
	@npm sbom --sbom-format cyclonedx --package-lock-only --omit dev >build/sbom/pages.cdx.json
	@echo "in build/sbom/"

.venv/audit/ready: audit/requirements.txt | .venv/ready
	@set -eu -o pipefail; \
	[ -x $(AUDIT)/python ] || .venv/bin/python -m venv .venv/audit; \
	$(call pip_install,.venv/audit,audit/requirements.txt,packages that audit); \
	touch $@

.venv/bench: benchmarks/requirements.txt .venv/ready
	@set -eu -o pipefail; \
	$(call pip_install,.venv,benchmarks/requirements.txt,packages of the benchmarks); \
	touch $@

.PHONY: bench bench-quick bench-test peers
bench: setup .venv/bench peers ## measure against what people would use instead; writes docs/performance.md
	@python -m benchmarks

bench-quick: setup .venv/bench peers ## measure a small part in under two minutes, and only print
	@python -m benchmarks --quick

bench-test: setup .venv/bench ## type-check and test the benchmarks
	@mypy benchmarks
	@pytest benchmarks/tests

peers: setup
	@benchmarks/install-peers

.PHONY: simulate
simulate: setup ## simulate council years: what needs save, and how often the list is right; about two minutes
	@python -m simulation
	@python -m simulation.asks

.PHONY: clean
clean: down ## stop the stack and delete what was built; the installed packages stay
	@rm -rf build cdk.out .local .pytest_cache .mypy_cache .ruff_cache .hypothesis
