# The front door. `make` alone lists the words.
SHELL := /bin/sh
PY := .venv/bin/python
HEADLESS ?=
XVFB ?=

.DEFAULT_GOAL := words
.PHONY: words setup run test vectors codebook check lock shape bench pictures kills faults cuts siege relay leaks fuzz mutants soak uniform hand package package-twice package-check destroy rebuild

words: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: ## install everything that development needs into .venv
	@packaging/bootstrap dev
	@python3 packaging/doctor offscreen window screen keyring recorder stick

run: ## the main job, end to end, with its own relay and throw-away stores (HEADLESS=1: no windows; XVFB=1: windows on a virtual screen)
	@packaging/bootstrap run
	@if [ -n "$(XVFB)" ]; then \
	  python3 packaging/doctor offscreen window screen && \
	  xvfb-run -a -s '-screen 0 1920x1080x24' $(PY) -m ui --demo --walk; \
	elif [ -n "$(HEADLESS)" ] || [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  python3 packaging/doctor offscreen && QT_QPA_PLATFORM=offscreen $(PY) -m ui --demo; \
	else \
	  python3 packaging/doctor offscreen window && $(PY) -m ui --demo; \
	fi

test: ## every test (SECMSG_VECTORS=folder adds the public vectors; CI=true turns a skip into a failure)
	@packaging/bootstrap dev
	@if [ -n "$${CI:-}" ]; then python3 packaging/doctor offscreen window screen keyring recorder stick; else python3 packaging/doctor offscreen; fi
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n 3 --dist worksteal --cov --cov-report= $(TESTS)
	@$(PY) -m tests.promise

vectors: ## every file of vectors anew from its maker, with the examples of the pages: fails when one is not what it was
	@packaging/bootstrap dev
	@$(PY) -m tests.vectors
	@git diff --stat --exit-code -- tests/vectors docs/spec
	@new="$$(git ls-files --others --exclude-standard -- 'tests/vectors/*.json')"; [ -z "$$new" ] || { echo "not in the repository: $$new"; exit 1; }

codebook: ## the codebook anew from its sources: fails when one is wrong or the book is not what it was
	@packaging/bootstrap dev
	@$(PY) packaging/codebook.py
	@$(PY) packaging/syllabary.py
	@git diff --stat --exit-code -- resources/codebook

check: ## format, lint, types, import contracts, spelling, dependencies
	@packaging/bootstrap dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/deptry . --no-ansi
	.venv/bin/codespell

lock: ## write the hashed locks anew from pyproject.toml
	@packaging/lock

shape: ## the ten largest files, functions and classes: a mirror, not a gate
	@$(PY) tests/shape.py

bench: ## figures beside their peers (installs the peers or says why not, exit 3)
	@packaging/bootstrap peers
	@$(PY) -m tests.bench $(ARGS)

pictures: ## every screen in both languages, dark and at 150 %, into out/pictures; those of the handbook into docs/pictures
	@packaging/bootstrap dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.gui.make_pictures --into docs/pictures --book
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.gui.make_pictures

handbook: ## the handbook and the pencil card in both languages as PDF, into docs/handbook
	@packaging/bootstrap dev
	@$(PY) packaging/handbook.py

kills: ## 100 random kill -9 of client and relay under traffic
	@packaging/bootstrap dev
	@$(PY) -m tests.faults.kill_storm --kills 100

faults: ## kills, power cuts, failing calls, full disks, a yanked stick, each with its controls; some 30 minutes (SHORT=1: three)
	@packaging/bootstrap dev
	@$(PY) -m tests.faults $(if $(SHORT),--short)

soak: ## an adversary plays against the whole suite: a million steps (SOAK_SECONDS=600: for so long; SEED=… the same games again)
	@packaging/bootstrap dev
	@$(PY) -m tests.properties.suite $(if $(SOAK_SECONDS),--seconds $(SOAK_SECONDS)) $(if $(SEED),--seed $(SEED))

uniform: ## ten thousand of every kind on a line or a medium: chi-square of all bytes and of each of the first places (COUNT=…)
	@packaging/bootstrap dev
	@$(PY) -m tests.uniform $(if $(COUNT),--count $(COUNT))

hand: ## the hand cipher: every slip against its check figures, ten thousand forgeries against its tag, beside the bound
	@packaging/bootstrap dev
	@$(PY) -m tests.hand $(if $(TRIALS),--trials $(TRIALS))

destroy: ## emergency destruction of 100,000 cables and 20 GB of blobs, timed; raw bytes of ext4, xfs and btrfs after it (root; ARGS=…)
	@packaging/bootstrap dev
	@$(PY) -m tests.faults.destroy_figure $(ARGS)

rebuild: ## from a dead disk to a post that sends and receives, by the handbook's steps, minutes printed; also from the built .deb
	@packaging/bootstrap dev
	@$(PY) -m tests.faults.rebuild $(ARGS)
	@for deb in out/package/secmsg-desktop_*.deb; do [ ! -e "$$deb" ] || $(PY) -m tests.faults.rebuild --deb "$$deb"; done

cuts: ## a 200 MB attachment through 20 cuts, with kill -9 of clients and relay in between
	@packaging/bootstrap dev
	@$(PY) -m tests.faults.cuts --size 200 --cuts 20 --restarts 2

siege: ## a relay under slow attackers, strange requests and lines that break (slowhttptest, schemathesis, tuspy, curl)
	@packaging/bootstrap peers
	@$(PY) -m tests.siege $(if $(ONLY),--only $(ONLY))

leaks: ## words of cables looked for on the disk, on the line and in the memory after a lock, each with its control (root)
	@packaging/bootstrap dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.leaks

fuzz: ## every decoder under coverage-guided fuzzing, two at a time (FUZZ_SECONDS=300 per target, ONLY=names)
	@packaging/bootstrap peers
	@$(PY) -m tests.fuzz --seconds $(or $(FUZZ_SECONDS),300) $(if $(ONLY),--only $(ONLY))

mutants: ## small mistakes in crypto, protocol, wire and authority, each tried against the tests of its line (SAMPLE=600, 0: all; SEED=, ONLY=)
	@packaging/bootstrap dev
	@$(PY) -m tests.mutants --sample $(or $(SAMPLE),600) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

package: ## .deb of the desktop and of the relay, with sums, bills of materials and notices, in out/package (some 3 minutes; PRESS=0: quicker and larger)
	@packaging/bootstrap package
	@.venv-package/bin/python packaging/doctor package
	@PRESS=$(PRESS) .venv-package/bin/python packaging/linux/build.py

package-twice: ## `make package`, and again from a clone in another place: identical, or every file that differs
	@$(MAKE) --no-print-directory package
	@PRESS=$(PRESS) python3 packaging/linux/twice.py

package-check: ## those packages installed in a minimal Debian, used, upgraded over an older store, removed (root; some 10 minutes)
	@packaging/bootstrap dev
	@packaging/bootstrap package
	@python3 packaging/doctor room
	@$(PY) -m tests.package $(if $(STEPS),--steps $(STEPS))

relay: ## a relay of your own in ./out/relay
	@packaging/bootstrap run
	@[ -d out/relay ] || $(PY) -m secmsg relay init --home out/relay
	@$(PY) -m secmsg relay serve --home out/relay
