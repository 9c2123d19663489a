package chat.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Who may import whom, and what no network thread may call. */
@AnalyzeClasses(packages = "chat.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] OUTSIDE = {
        "java..",
        "javax..",
        "org.slf4j..",
        "org.jspecify..",
        "com.google.errorprone..",
        "chat.weir.supervision",
        "chat.weir.metrics"
    };

    @ArchTest
    static final ArchRule protocolKnowsNobody = packageRule("protocol", "tools.jackson..");

    @ArchTest
    static final ArchRule settingsKnowNobody = packageRule("settings", "io.github.cdimascio..");

    @ArchTest
    static final ArchRule channelKnowsTheProtocol = packageRule("channel", "chat.weir.history", "chat.weir.protocol");

    @ArchTest
    static final ArchRule connectionKnowsChannels = packageRule(
            "connection",
            "chat.weir.account",
            "chat.weir.channel",
            "chat.weir.enforcement",
            "chat.weir.history",
            "chat.weir.moderation",
            "chat.weir.protocol");

    @ArchTest
    static final ArchRule enforcementKnowsWhomItConcerns =
            packageRule("enforcement", "chat.weir.account", "chat.weir.moderation", "chat.weir.protocol");

    @ArchTest
    static final ArchRule websocketKnowsConnections = packageRule(
            "websocket",
            "chat.weir.channel",
            "chat.weir.connection",
            "chat.weir.protocol",
            "chat.weir.origin",
            "org.java_websocket..");

    @ArchTest
    static final ArchRule metricsKnowNobody = packageRule("metrics", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule originKnowsNobody = packageRule("origin");

    @ArchTest
    static final ArchRule supervisionKnowsNobody = packageRule("supervision");

    @ArchTest
    static final ArchRule databaseKnowsTheProtocol = packageRule(
            "database",
            "chat.weir.protocol",
            "com.zaxxer.hikari..",
            "io.micrometer..",
            "org.flywaydb..",
            "org.jdbi..",
            "org.sqlite..");

    @ArchTest
    static final ArchRule historyKnowsTheDatabase =
            packageRule("history", "chat.weir.database", "chat.weir.protocol", "org.jdbi..");

    @ArchTest
    static final ArchRule accountKnowsTheDatabase =
            packageRule("account", "chat.weir.database", "chat.weir.protocol", "com.password4j..", "org.jdbi..");

    @ArchTest
    static final ArchRule moderationKnowsTheDatabase =
            packageRule("moderation", "chat.weir.database", "chat.weir.protocol", "org.jdbi..");

    @ArchTest
    static final ArchRule httpKnowsWhatItServes = packageRule(
            "http",
            "chat.weir.account",
            "chat.weir.channel",
            "chat.weir.enforcement",
            "chat.weir.history",
            "chat.weir.moderation",
            "chat.weir.origin",
            "chat.weir.protocol",
            "chat.weir.websocket",
            "io.micrometer.core..",
            "org.eclipse.jetty..",
            "tools.jackson..");

    @ArchTest
    static final ArchRule networkThreadsNeverWait = noClasses()
            .that()
            .resideInAnyPackage("chat.weir.websocket", "chat.weir.connection", "chat.weir.channel")
            // In these packages only the threads of the worker pools wait.
            .and()
            .doNotHaveSimpleName("FairTaskQueue")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Object.class, "wait")
            .orShould()
            .callMethod(InetAddress.class, "getHostName")
            .orShould()
            .callMethod(InetSocketAddress.class, "getHostName")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.nio.file..", "java.net.http..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(LockSupport.class, CountDownLatch.class);

    private static ArchRule packageRule(String name, String... mayImport) {
        String[] allowed = new String[OUTSIDE.length + mayImport.length + 1];
        System.arraycopy(OUTSIDE, 0, allowed, 0, OUTSIDE.length);
        System.arraycopy(mayImport, 0, allowed, OUTSIDE.length, mayImport.length);
        allowed[allowed.length - 1] = "chat.weir." + name;
        return classes()
                .that()
                .resideInAPackage("chat.weir." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
