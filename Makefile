# Every target is one line of Maven or Java; `make` alone lists them.

JAR := target/weir.jar
# The classes that the server needs, in the form in which this JDK holds them; see deployment.md.
JSA := target/weir.jsa
# Maven obeys JAVA_HOME, so the server runs on the JDK that built it.
JAVA := $(if $(JAVA_HOME),"$(JAVA_HOME)/bin/java",java)
MVN := mvn -B -ntp
# A small heap to begin with, and a small part of it for what is new: memory grows with the clients, not with the garbage.
# What it may grow to is for 25,000 connections; see deployment.md.
HEAP := -Xms16m -Xmn24m -Xmx512m
# Gives the memory back that the compiler has used outside the heap. An early update of JDK 17 does not know this option.
TRIM := -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=10000
# Without warnings about an archive that is missing or of another JDK: the start is slower then, nothing else.
JVM := $(HEAP) $(TRIM) -XX:SharedArchiveFile=$(JSA) -Xlog:cds=off,cds+dynamic=off
# Silent but for warnings and errors; -q would hide the compiler's warnings, which are what stops the build.
QUIET := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
JDWP := -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005
RECORDING := target/weir.jfr
JFR := -XX:StartFlightRecording=filename=$(RECORDING),settings=profile
BENCH_CLASSPATH = target/test-classes:target/classes:$$(cat target/bench.classpath)

.DEFAULT_GOAL := help
.PHONY: help run debug build test test-browser test-proxy test-prometheus test-end-to-end test-bench test-slow check format bench bench-sqlite bench-retention bench-classes microbench profile clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(JSA) ## start the server: make run PORT=9000
	@exec $(JAVA) $(JVM) -jar $(JAR) $(PORT)

debug: $(JSA) ## start it with debug logs, and a debugger welcome on 127.0.0.1:5005
	@LOG_LEVEL=debug exec $(JAVA) $(JVM) $(JDWP) -jar $(JAR) $(PORT)

build: $(JSA) ## make target/weir.jar, one runnable file, and target/weir.jsa, with which it starts faster

test: ## compile with all checks, run all tests, write target/site/jacoco
	$(MVN) verify

test-browser: ## the web client in Chromium, weir.js and types in Node: needs chromium, chromium-driver and npm
	$(MVN) verify -Pend-to-end -Djacoco.skip -Dit.test='chat.weir.browser.*IT'

test-proxy: ## the documented proxies in front of the jar: needs nginx, caddy, openssl, chromium, chromium-driver and npx
	$(MVN) verify -Pend-to-end -Djacoco.skip -Dit.test='chat.weir.proxy.*IT'

test-prometheus: ## a real Prometheus that scrapes the jar: needs prometheus
	$(MVN) verify -Pend-to-end -Djacoco.skip -Dit.test='chat.weir.prometheus.*IT'

test-end-to-end: ## the three above, built once
	$(MVN) verify -Pend-to-end -Djacoco.skip -Dit.test='chat.weir.browser.*IT,chat.weir.proxy.*IT,chat.weir.prometheus.*IT'

test-bench: ## the benchmark's own tests
	$(MVN) test -Pbench -Djacoco.skip -Dtest='chat/weir/bench/**/*Test'

test-slow: ## kill the server twenty times, simulate 200 users for ten minutes: make test-slow KILL_ROUNDS=100 SIMULATION_SECONDS=60
	$(MVN) verify -Dtest=PeopleSimulationTest -Dsimulation.seconds=$(or $(SIMULATION_SECONDS),600) -Dsurefire.failIfNoSpecifiedTests=false -Dfail.if.no.tests=false -Dit.test=NothingLostIT -Dkill.rounds=$(or $(KILL_ROUNDS),20)

check: ## fail if a file is not formatted
	$(MVN) spotless:check

format: ## format all Java files
	$(MVN) spotless:apply

# SCENARIOS, DURATION, RUNS and the like reach the benchmark as environment variables, as make does with all it is given.
bench: bench-classes ## load the server and print figures: make bench SCENARIOS=A,D DURATION=30s
	@SERVER_OPTS="$(or $(SERVER_OPTS),$(JVM))" exec $(JAVA) -cp $(BENCH_CLASSPATH) chat.weir.bench.Benchmark

bench-sqlite: bench-classes ## the rows that SQLite alone inserts on one core: make bench-sqlite DURATION=5s
	@SERVER_OPTS="$(or $(SERVER_OPTS),$(JVM))" exec $(JAVA) -cp $(BENCH_CLASSPATH) chat.weir.bench.SqliteBenchmark

bench-retention: bench-classes ## the latency of messages while a million old ones are removed: make bench-retention RUNS=3
	@SERVER_OPTS="$(or $(SERVER_OPTS),$(JVM))" exec $(JAVA) -cp $(BENCH_CLASSPATH) chat.weir.bench.RetentionBenchmark

microbench: bench-classes ## time and allocation of single steps (JMH)
	@exec $(JAVA) -cp $(BENCH_CLASSPATH) org.openjdk.jmh.Main -prof gc $(ONLY)

profile: bench-classes ## record the server under one scenario into target/weir.jfr: make profile SCENARIOS=C
	@SCENARIOS=$(or $(SCENARIOS),A) SERVERS=weir RUNS=1 SERVER_OPTS="$(JVM) $(JFR)" \
		$(JAVA) -cp $(BENCH_CLASSPATH) chat.weir.bench.Benchmark
	@echo 'recorded $(RECORDING): open it in JDK Mission Control, or read it with the jdk'"'"'s own jfr command'

bench-classes: $(JSA)
	@$(MVN) $(QUIET) -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath

clean: ## remove target/
	rm -rf target

# Only what it takes to run; `make test` is what looks at the rest.
$(JAR): pom.xml $(shell find src/main -type f)
	@echo 'building $@ (the first time downloads its libraries)'
	@$(MVN) $(QUIET) -Dmaven.test.skip -Dcheckstyle.skip -Djacoco.skip package

$(JSA): $(JAR)
	@$(JAVA) $(HEAP) -Xlog:disable -XX:ArchiveClassesAtExit=$@ -jar $(JAR) --training-run >/dev/null
