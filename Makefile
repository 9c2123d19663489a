# Every target is one line of Maven or Java; `make` alone lists them.

JAR := target/weir.jar
# Maven obeys JAVA_HOME, so the server runs on the JDK that built it.
JAVA := $(if $(JAVA_HOME),"$(JAVA_HOME)/bin/java",java)
MVN := mvn -B -ntp
# Silent but for warnings and errors; -q would hide the compiler's warnings, which are what stops the build.
QUIET := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
JDWP := -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005
RECORDING := target/weir.jfr

.DEFAULT_GOAL := help
.PHONY: help run debug build test check format bench profile clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(JAR) ## start the server: make run PORT=9000
	@exec $(JAVA) -jar $(JAR) $(PORT)

debug: $(JAR) ## start it with debug logs, and a debugger welcome on 127.0.0.1:5005
	@LOG_LEVEL=debug exec $(JAVA) $(JDWP) -jar $(JAR) $(PORT)

build: $(JAR) ## make target/weir.jar, one runnable file

test: ## compile with all checks, run all tests, write target/site/jacoco
	$(MVN) verify

check: ## fail if a file is not formatted
	$(MVN) spotless:check

format: ## format all Java files
	$(MVN) spotless:apply

# SCENARIOS and DURATION reach the benchmark as environment variables, as make does with all it is given.
bench: $(JAR) ## load the server and print figures: make bench SCENARIOS=... DURATION=30s
	@$(MVN) $(QUIET) -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
	@exec $(JAVA) -cp target/test-classes:target/classes:$$(cat target/bench.classpath) chat.weir.bench.Benchmark

profile: $(JAR) ## start the server and record it into target/weir.jfr until it stops
	@exec $(JAVA) -XX:StartFlightRecording=filename=$(RECORDING),settings=profile -jar $(JAR) $(PORT)

clean: ## remove target/
	rm -rf target

# Only what it takes to run; `make test` is what looks at the rest.
$(JAR): pom.xml $(shell find src/main -type f)
	@echo 'building $@ (the first time downloads its libraries)'
	@$(MVN) $(QUIET) -Dmaven.test.skip -Dcheckstyle.skip -Djacoco.skip package
