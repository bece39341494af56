# `make` sets up everything it needs in .venv and builds every package; `make help` lists the commands.

PYTHON ?= python3
OUTPUT ?= output
VENV := .venv
RUN := $(VENV)/bin/python -m pipeline
SEMINARS := $(sort $(basename $(notdir $(wildcard sources/seminars/*.yaml))))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all watch check schema why collect status outbox send resolve registrations certificates verify revoke purge \
  test golden pages bench clean help $(SEMINARS)

all: $(VENV)/ready ## build the package of every seminar and the site of the series (set up first, if need be)
	@$(RUN) build --output "$(OUTPUT)"

$(SEMINARS): $(VENV)/ready
	@$(RUN) build $@ --output "$(OUTPUT)"

# Any other word is the name of a seminar, so that the answer to a misspelt one is the nearest name.
.DEFAULT:
	@$(RUN) build $@ --output "$(OUTPUT)"

watch: $(VENV)/ready ## build now, and again after every save, until Ctrl-C (make watch SEMINAR: one)
	@$(RUN) watch $(if $(SEMINAR),"$(SEMINAR)",$(filter $(SEMINARS),$(MAKECMDGOALS))) --output "$(OUTPUT)"

check: $(VENV)/ready ## list every mistake and remark in the sources; it makes nothing (SEMINAR=… for the remarks on one)
	@$(RUN) check $(if $(SEMINAR),"$(SEMINAR)") --output "$(OUTPUT)"

schema: $(VENV)/ready ## write the JSON Schemas with which an editor completes keys
	@$(RUN) schema

why: $(VENV)/ready ## make why FILE=output/…: why was this file made again?
	@$(if $(FILE),,$(error type: make why FILE=output/africa-fr/package/index.html))
	@$(RUN) why "$(FILE)" --output "$(OUTPUT)"

collect: $(VENV)/ready ## check the decks in sources/returned (FILE=… AS=seminar/speaker assigns one)
	@$(RUN) collect $(if $(FILE),"$$FILE" "$$AS") --output "$(OUTPUT)"

status: $(VENV)/ready ## show who has returned a presentation and what is missing
	@$(RUN) status --output "$(OUTPUT)"

outbox: $(VENV)/ready ## make outbox SEMINAR=…: build it and write its mails for you to read; it sends nothing
	@$(if $(SEMINAR),,$(error type: make outbox SEMINAR=africa-fr))
	@$(RUN) build "$(SEMINAR)" --output "$(OUTPUT)"
	@$(RUN) outbox "$(SEMINAR)" --output "$(OUTPUT)"

send: $(VENV)/ready ## make send SEMINAR=…: show what would be sent; SEND=12 sends, if there are 12 mails to send
	@$(if $(SEMINAR),,$(error type: make send SEMINAR=africa-fr))
	@$(RUN) send "$(SEMINAR)" $(if $(SEND),--send "$(SEND)") $(if $(ADDRESSES),--show-addresses) --output "$(OUTPUT)"

resolve: $(VENV)/ready ## make resolve SEMINAR=… ID=… AS=sent (or again): decide on a mail that may have arrived
	@$(if $(SEMINAR),,$(error type: make resolve SEMINAR=africa-fr ID=… AS=sent))
	@$(RUN) resolve "$(SEMINAR)" "$(ID)" "$(AS)" --output "$(OUTPUT)"

registrations: $(VENV)/ready ## count the registrations by country, and list whom to ask (SEMINAR=… for one)
	@$(RUN) registrations $(if $(SEMINAR),"$(SEMINAR)")

certificates: $(VENV)/ready ## make certificates SEMINAR=…: show who would get one (THRESHOLD=75% or =60 minutes); ISSUE=87 issues 87
	@$(if $(SEMINAR),,$(error type: make certificates SEMINAR=africa-fr))
	@$(RUN) certificates "$(SEMINAR)" $(if $(THRESHOLD),--threshold "$(THRESHOLD)") $(if $(ISSUE),--issue "$(ISSUE)") --output "$(OUTPUT)"

verify: $(VENV)/ready ## make verify CODE=…: is this certificate genuine? (NAME=1 shows whose it is)
	@$(if $(CODE),,$(error type: make verify CODE=ABCDE-FGHIJ))
	@$(RUN) verify "$(CODE)" $(if $(NAME),--show-name)

revoke: $(VENV)/ready ## make revoke CODE=… (or NUMBER=…): withdraw a certificate
	@$(if $(CODE)$(NUMBER),,$(error type: make revoke CODE=… or NUMBER=…))
	@$(RUN) revoke "$(or $(CODE),$(NUMBER))" --output "$(OUTPUT)"

purge: $(VENV)/ready ## make purge BEFORE=2021-01-01: show the personal data of earlier seminars; PURGE=23 deletes 23 items
	@$(if $(BEFORE),,$(error type: make purge BEFORE=2021-01-01))
	@$(RUN) purge --before "$(BEFORE)" $(if $(PURGE),--purge "$(PURGE)") --output "$(OUTPUT)"

test: $(VENV)/ready-test ## run the tests
	@$(VENV)/bin/python -m pytest -n auto --dist worksteal

golden: $(VENV)/ready-test ## rewrite the golden documents of the tests, for you to read as a diff
	@$(VENV)/bin/python -m pytest tests/compose tests/render --golden

pages: $(VENV)/ready-test ## remake the page pictures shown in the README
	@$(VENV)/bin/python -m tests.pages

bench: $(VENV)/ready-test ## measure against bare pandoc and typst, in ratios
	@$(VENV)/bin/python -m tests.bench

clean: ## remove everything that was built (the sources stay)
	@rm -rf "$(OUTPUT)"

help: ## show this list
	@echo "make SEMINAR       build one package: $(SEMINARS)"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | sed 's/^make all|/make|/' | \
	  while IFS='|' read -r name what; do printf '%-18s %s\n' "$$name" "$$what"; done

# The set-up: a virtual environment with the pinned libraries. A stamp appears only when all of it is whole.
$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version 2>&1`. Try: make PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up (once): libraries into $(VENV) …"
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-test: requirements-test.txt $(VENV)/ready
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@
