# FTA Gateway. `make demo` runs everything on embedded defaults; `make test` passes every test on a fresh machine with Go.
SHELL := /bin/bash
GO ?= go
CACHE := $(CURDIR)/.cache
LINT_VERSION := v2.15.0
LINT := $(CACHE)/bin/golangci-lint-$(LINT_VERSION)
FUZZTIME ?= 20s
SOAK ?= 20m
# Where goroutines meet, the node of the Web Ledger among them.
RACE := ./adapters/... ./gateway/... ./evidence/... ./trust/... ./conformance/... ./api/...

.PHONY: build demo check test race interop examples fabric beside-fabric ethereum redis deploy-checks tidy lint vet fmt bench soak fuzz clean

build: ## the one binary, in bin/fta
	$(GO) build -trimpath -o bin/fta ./cmd/fta

demo: build ## start everything, file a realistic data set, show a tour, keep running
	bin/fta demo

fmt:
	@out=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$out" || { echo "gofmt would change:"; echo "$$out"; exit 1; }

vet:
	$(GO) vet ./...

lint: $(LINT)
	$(LINT) run ./...

# Built once and kept: the linter is a program of its own, so that none of its dependencies is one of ours.
$(LINT):
	mkdir -p $(CACHE)/bin
	GOBIN=$(CACHE)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv $(CACHE)/bin/golangci-lint $@

check: fmt vet lint examples ## the quick part
	$(GO) test -short ./...

test: fmt vet lint examples interop fabric ethereum redis deploy-checks ## everything, installing what it needs
	$(GO) test -timeout 20m ./...
	$(MAKE) race

# What repeats itself for other numbers (seeds, draws) is done less often here: `go test ./...` does all of it. A Redis that
# loses its masters and a server that is killed are left out of the short part, and so played by themselves.
race: ## everything where goroutines meet, under the race detector, which needs a C compiler
	$(GO) test -race -short -timeout 20m $(RACE)
	$(GO) test -race -timeout 10m ./adapters/cache/redis ./evidence/server

# A vendor's driver in a module of its own, which imports public packages only, and the command with it linked in.
examples:
	cd examples/go-driver && $(GO) vet ./... && $(GO) test ./... && $(GO) build -o $(CACHE)/bin/acme-fta .

# What is deployed, read and run without Docker or a cluster: a module of its own, so that none of what it stands on is ours.
# Its packages run the command as the image is built: it is compiled before, so that they do not do so all at once. What go
# remembers of tests does not know of it, hence -count=1.
deploy-checks:
	deploy/checks/needs.sh
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags=-w -o $(CACHE)/bin/fta-static ./cmd/fta
	cd deploy/checks && $(GO) vet ./... && $(GO) test -count=1 -timeout 10m ./...

tidy: ## go.mod and go.sum of every module that pins what this one pins
	$(GO) mod tidy
	cd examples/go-driver && $(GO) mod tidy
	cd deploy/checks && $(GO) mod tidy

# Independent implementations (the npm libraries of the pilot's authors) check what this project signs.
interop:
	deploy/dev/interop.sh

# The Fabric driver against real networks, built from source once a version, and the chaincodes, modules of their own.
fabric:
	for module in adapters/fabric/chaincode examples/fabric-partner/chaincode; do \
		(cd $$module && $(GO) vet ./... && $(GO) test ./...) || exit 1; done
	deploy/fabric/with.sh $(MAKE) beside-fabric

# What needs the networks of with.sh.
beside-fabric:
	$(GO) test -race -timeout 10m -v -run 'Conformance|Partner|Network' ./adapters/fabric/...
	$(GO) test -timeout 5m -v -run 'Fabric' ./cmd/fta/command
	$(GO) test -timeout 5m -v -run 'FabricFaultMatrix' ./gateway/faultmatrix

# geth from source, kept by version; the tests start it.
ethereum:
	deploy/ethereum/build.sh >/dev/null

# The Redis that gateways share, in tests each time one of their own.
redis:
	deploy/redis/install.sh

bench: ## medians of interleaved rounds in one run, as ratios, into docs/benchmarks.md
	$(GO) run ./cmd/bench -out docs/benchmarks.md -kept $(CACHE)/bench

soak: ## a mixed load for SOAK, with a ledger that flaps and kill -9 in between; fails on growth, a wrong answer or a lost write
	$(GO) run ./cmd/soak -for $(SOAK)

fuzz: ## every fuzz target for FUZZTIME each
	deploy/dev/fuzz.sh $(FUZZTIME)

clean:
	rm -rf bin $(CACHE)
