# `make demo` runs the whole loop on the skills and traces of this repo; `make test` passes the tests.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test install traces lock clean

demo: install
	$(BIN)/skills-lint
	$(BIN)/skills-lint report --run "$(BIN)/skills-lint check"
	$(BIN)/mkdocs build --strict --quiet
	@echo "The site is in site/: open site/index.html, or run $(BIN)/mkdocs serve"

test: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# Everything from the lock, then the project itself, editable.
install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"skills-lint needs Python 3.11 or newer, this is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
