# vndirective: `make help` explains itself. Every target sets up what it needs in .venv.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED := ../shared

.DEFAULT_GOAL := help
.PHONY: help run test check lint types docs eval calibrate bench bench-archive bench-rivals bench-ocr bench-export bench-view screenshots schema clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

BROWSER := $(VENV)/browser/.ready

$(READY): pyproject.toml requirements.lock scripts/setup.sh
	@bash scripts/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(BROWSER): scripts/setup_browser.sh | $(READY)
	@bash scripts/setup_browser.sh "$(VENV)"
	@if [ -d "$(@D)/node_modules" ]; then touch $@; fi

RIVALS := .venv-rivals/.ready

$(RIVALS): benchmarks/setup_rivals.sh benchmarks/rivals.txt
	@bash benchmarks/setup_rivals.sh "$(PYTHON)" "$(@D)"

run: $(READY) ## Read samples/ into out/: one JSON record a notice
	$(BIN)/vndirective extract samples/notices -o out

test: $(READY) $(BROWSER) ## Run all tests; the review page's in headless Chromium
	$(BIN)/python -m pytest -n auto -rs

check: lint types test ## Everything CI holds: lint, types, tests, docs

lint: $(READY) ## Style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## Static types
	$(BIN)/mypy

docs: $(READY) ## Write the generated pages of docs/ anew
	$(BIN)/python scripts/write_docs.py

schema: $(READY) ## Write the JSON Schema anew
	$(BIN)/vndirective schema -o src/vndirective/schema/record.schema.json

eval: $(READY) ## Score samples and shared notices, write docs/accuracy.md (MEASURED="date, machine")
	@bash scripts/eval.sh "$(BIN)" "$(SHARED)" "$(MEASURED)"

calibrate: $(READY) ## Learn confidence from gold anew, after rules or gold have changed
	@rm -rf out/calibration
	@bash scripts/read_sets.sh "$(BIN)" "$(SHARED)" out/calibration
	@$(BIN)/python scripts/calibrate.py out/calibration --shared "$(SHARED)"

bench: $(READY) ## Measure speed and memory in one run
	$(BIN)/python benchmarks/reading.py

bench-archive: $(READY) ## Measure a whole archive: one and two workers, memory over 10,000 files, a finished set again
	$(BIN)/python benchmarks/throughput.py

bench-rivals: $(READY) $(RIVALS) ## Measure beside what a user would pick instead, in one run
	$(BIN)/python benchmarks/rivals.py $(dir $(RIVALS))

bench-ocr: $(READY) ## Measure reading scans: errors, speed and memory beside plain Tesseract
	$(BIN)/python benchmarks/ocr.py

bench-export: $(READY) ## Measure time and memory of each export over 1,000 and 10,000 records
	$(BIN)/python benchmarks/exports.py

bench-view: $(READY) $(BROWSER) ## Measure opening the review page of 1,000 notices in Chromium
	$(BIN)/python benchmarks/view.py

screenshots: $(READY) $(BROWSER) ## Take the README's pictures of the review page anew
	$(BIN)/python scripts/screenshots.py

clean: ## Remove what make made
	rm -rf $(VENV) $(dir $(RIVALS)) out .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
