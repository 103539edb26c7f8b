# `make demo` runs the whole loop on the skills and traces of this repo; `make test` passes the tests,
# `make bench` measures how fast it is.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test bench install traces causes lock clean

demo: install
	$(BIN)/skills-lint
	$(BIN)/skills-lint report --run "$(BIN)/skills-lint check"
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The site is in site/: open site/index.html, or run $(BIN)/mkdocs serve"

test: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --inline-snapshot=disable

# How fast it all is, in a small size; python -m benchmarks.scan and its neighbors measure one thing each in any size.
bench: install
	$(BIN)/python -m benchmarks

# Everything from the lock, then the project itself, editable.
install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "skills-lint needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12" % v)'
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# What the two targets above install: the core with all extras and the tools, for every platform and Python from 3.11.
lock: install
	$(PIP) install --quiet 'uv>=0.9'
	$(BIN)/uv pip compile pyproject.toml --extra site --extra lsp --extra zstd --extra parquet --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --upgrade --output-file requirements.lock

# Record the sessions of traces/ anew: scripted, but really run by the libraries of requirements-traces.lock.
traces: install .venv-traces/.installed
	PYTHONPATH=traces .venv-traces/bin/python -m recorder
	XDG_STATE_HOME=$(CURDIR)/tests/data/state $(BIN)/skills-lint triage --record

.venv-traces/.installed: requirements-traces.lock
	$(PYTHON) -m venv .venv-traces
	.venv-traces/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-traces.lock
	@touch $@

# Raise the errors that prove the catalogue, and those of the bench; `make causes FIELD=pandas` is one file of snippets.
causes: install .venv-causes/.installed
	$(BIN)/python -m benchmarks.causes.catalogue $(FIELD)
	$(if $(FIELD),,$(BIN)/python -m benchmarks.causes.failures)

.venv-causes/.installed: requirements-causes.txt
	$(PYTHON) -m venv .venv-causes
	.venv-causes/bin/python -m pip --disable-pip-version-check install --quiet -r requirements-causes.txt
	@touch $@

clean:
	rm -rf .venv .venv-traces .venv-causes site dist build .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
