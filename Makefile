# The index of everyday tasks; each is a script that can be read and run by itself.

PORT ?= 8080

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench test-apiserver clean-demo setup

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start Bevis with a database, people and six simulated clusters, at http://localhost:8080 (PORT=8080)
	@scripts/demo --port $(PORT)

test: ## Run every test: unit, integration on a real PostgreSQL, browser
	@scripts/test

lint: ## Check format, lints, dependencies, prepared queries and scripts
	@scripts/lint

bench: ## Measure the figures that Bevis promises, beside their floors
	@scripts/bench

test-apiserver: ## Test against a real kube-apiserver with etcd
	@scripts/test-apiserver

clean-demo: ## Delete the demo's data
	@scripts/clean-demo

setup: ## Install what building and testing need and this machine lacks
	@scripts/setup all
