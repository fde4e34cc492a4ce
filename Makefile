# `make` alone lists what can be made. Everything runs in a virtual environment of its own, made when it is needed
# and made anew only when pyproject.toml or constraints.txt has changed.

PYTHON ?= python3
VENV ?= .venv
DB ?= output/protoparse.db
GOLD ?= corpus/sample
PDFS ?=
ARGS ?=

BIN := $(VENV)/bin
RUN := $(VENV)/.installed
EXTRAS ?= dev
comma := ,
DEV := $(VENV)/.installed-$(subst $(comma),-,$(EXTRAS))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Exit status 1 is told (a file that cannot be read, an end that has passed); only 2 is a failure.
TOLD := || [ $$? -eq 1 ]

.DEFAULT_GOAL := help
.PHONY: help ingest serve audit test lint bench reading score search load clean

help: ## this list
	@echo 'make TARGET [PDFS="a.pdf folder/"] [DB=file] [ARGS="--more options"]'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1  \2/p' $(MAKEFILE_LIST)

ingest: $(RUN) ## read new and changed PDFs in corpus/, or PDFS="a.pdf folder/"
	@$(BIN)/protoparse ingest --db $(DB) $(ARGS) $(PDFS) $(TOLD)

serve: $(RUN) ## show the database in the browser
	@$(BIN)/protoparse serve --db $(DB) $(ARGS)

audit: $(RUN) ## until when is what funded? ARGS="--as-of 2026-03-01 --within 90"
	@$(BIN)/protoparse audit --db $(DB) $(ARGS) $(TOLD)

test: $(DEV) ## run the tests
	@$(BIN)/python -m pytest -q $(ARGS)

lint: $(DEV) ## check the style of the code
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check src tests

bench: $(RUN) ## how fast: a whole ingest against pdfplumber alone
	@$(BIN)/python -m protoparse.bench $(PDFS)

reading: $(RUN) ## in which order pages are read, against the order that stands beside each PDF
	@$(BIN)/python -m protoparse.reading $(PDFS)

score: $(RUN) ## precision and recall against the labels in GOLD=corpus/sample
	@$(BIN)/protoparse ingest --db output/score.db $(GOLD) $(TOLD)
	@$(BIN)/protoparse score --db output/score.db $(ARGS) $(GOLD)

search: $(RUN) ## how well searching finds: the labelled queries over the samples
	@$(BIN)/protoparse ingest --db output/score.db corpus/sample $(TOLD)
	@$(BIN)/python -m protoparse.search_bench --db output/score.db $(ARGS)

load: $(RUN) ## how quick the site is over an invented register of 300,000 pages (output/load.db)
	@$(BIN)/python -m protoparse.load $(ARGS)

clean: ## remove all that was made, the database and the virtual environment too; never a PDF
	rm -rf $(VENV) output build dist .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'protoparse needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 2; }
	@echo 'Setting up $(VENV) ...'
	@$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) -e '.[$(EXTRAS)]'
	@touch $@ $(RUN)
