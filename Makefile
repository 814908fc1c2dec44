# Only python3 (3.11 or newer), git and make must be on the machine; the rest is installed into .venv and node_modules.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo test bench check frontend

help:      ## show this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/'

setup:     ## install everything from the lock files (quick when nothing has changed)
	@$(PYTHON) scripts/setup.py

demo: setup ## serve the synthetic community on http://127.0.0.1:8000
	@$(BIN)/fengchao demo

test: setup ## all tests, browser journeys included
	@$(BIN)/python scripts/run_tests.py

bench: setup ## the benchmarks, as a table
	@$(BIN)/fengchao bench

check: setup ## lint, types, direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/frontend check

frontend: setup ## build the phone and the console's scripts anew if they have changed
	@$(BIN)/python scripts/frontend
