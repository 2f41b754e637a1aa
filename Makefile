# `make` alone says what there is. Everything happens in .venv; PYTHON=… chooses the Python it is made of.
SHELL := /bin/bash
PYTHON ?= $(firstword $(foreach python,python3 python3.13 python3.12 python3.11,$(shell \
	$(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))))
PORT ?= 8000
BIN := .venv/bin
CODE := plugins tests scripts $(wildcard benchmarks)
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help serve site test check docs bench

help:
	@echo "make serve   show the example portal and the documentation, and follow changes"
	@echo "make site    build both into site/"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, and whether the documentation is up to date and whole"
	@echo "make docs    write the generated documentation again"
	@echo "make bench   measure against other tools"

serve: .venv/ready
	@echo "The portal comes to http://127.0.0.1:$(PORT)/ in a moment; Ctrl+C ends it."
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT) $(shell scripts/display && echo --open)

site: .venv/ready
	$(BIN)/mkdocs build --clean

test: .venv/ready .venv/browser
	$(BIN)/pytest -n auto

check: .venv/ready
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/pytest tests/test_layers.py
	$(BIN)/python scripts/docs.py --check
	$(BIN)/mkdocs build --strict --site-dir .venv/site

docs: .venv/ready
	$(BIN)/python scripts/docs.py

bench: .venv/ready
	$(BIN)/python benchmarks/run.py

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: this needs Python 3.11 or newer; found none on the PATH" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

.venv/browser: .venv/ready scripts/browser
	scripts/browser $(BIN)
	@touch $@
