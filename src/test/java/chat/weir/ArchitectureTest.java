package chat.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** The allowed dependencies between packages, and the calls that network threads must not make. */
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
    static final ArchRule supervision = packageRule("supervision");

    @ArchTest
    static final ArchRule settings = packageRule("settings", "io.github.cdimascio..");

    @ArchTest
    static final ArchRule net = packageRule("net");

    @ArchTest
    static final ArchRule metrics = packageRule("metrics", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule protocolFrame = packageRule("protocol.frame");

    @ArchTest
    static final ArchRule protocol = packageRule("protocol", "chat.weir.protocol.frame", "tools.jackson..");

    @ArchTest
    static final ArchRule worker = packageRule("worker", "chat.weir.protocol");

    @ArchTest
    static final ArchRule database = packageRule(
            "database",
            "chat.weir.protocol",
            "com.zaxxer.hikari..",
            "io.micrometer..",
            "org.flywaydb..",
            "org.jdbi..",
            "org.sqlite..");

    @ArchTest
    static final ArchRule history = packageRule("history", "chat.weir.protocol");

    @ArchTest
    static final ArchRule historySql = packageRule(
            "history.sql",
            "chat.weir.database",
            "chat.weir.history",
            "chat.weir.protocol",
            "chat.weir.worker",
            "org.jdbi..");

    @ArchTest
    static final ArchRule account = packageRule(
            "account",
            "chat.weir.database",
            "chat.weir.net",
            "chat.weir.protocol",
            "chat.weir.worker",
            "com.password4j..",
            "org.jdbi..");

    @ArchTest
    static final ArchRule moderationModel = packageRule("moderation.model", "chat.weir.net", "chat.weir.protocol");

    @ArchTest
    static final ArchRule moderation = packageRule(
            "moderation",
            "chat.weir.database",
            "chat.weir.moderation.model",
            "chat.weir.net",
            "chat.weir.protocol",
            "chat.weir.worker",
            "org.jdbi..");

    @ArchTest
    static final ArchRule channelBroadcast = packageRule("channel.broadcast", "chat.weir.protocol.frame");

    @ArchTest
    static final ArchRule channelPresence =
            packageRule("channel.presence", "chat.weir.history", "chat.weir.protocol", "chat.weir.worker");

    @ArchTest
    static final ArchRule channel = packageRule(
            "channel",
            "chat.weir.channel.broadcast",
            "chat.weir.channel.presence",
            "chat.weir.history",
            "chat.weir.protocol",
            "chat.weir.protocol.frame",
            "chat.weir.worker");

    @ArchTest
    static final ArchRule enforcement = packageRule(
            "enforcement",
            "chat.weir.account",
            "chat.weir.channel",
            "chat.weir.channel.presence",
            "chat.weir.history",
            "chat.weir.moderation",
            "chat.weir.moderation.model",
            "chat.weir.protocol",
            "chat.weir.protocol.frame");

    @ArchTest
    static final ArchRule connection = packageRule(
            "connection",
            "chat.weir.account",
            "chat.weir.channel",
            "chat.weir.channel.broadcast",
            "chat.weir.channel.presence",
            "chat.weir.enforcement",
            "chat.weir.history",
            "chat.weir.protocol",
            "chat.weir.protocol.frame",
            "chat.weir.worker");

    @ArchTest
    static final ArchRule command = packageRule(
            "command",
            "chat.weir.account",
            "chat.weir.channel",
            "chat.weir.channel.presence",
            "chat.weir.connection",
            "chat.weir.enforcement",
            "chat.weir.history",
            "chat.weir.moderation",
            "chat.weir.moderation.model",
            "chat.weir.protocol",
            "chat.weir.protocol.frame",
            "chat.weir.worker");

    @ArchTest
    static final ArchRule websocketHandshake =
            packageRule("websocket.handshake", "chat.weir.net", "chat.weir.protocol", "chat.weir.protocol.frame");

    @ArchTest
    static final ArchRule websocketDescriptor = packageRule("websocket.descriptor");

    @ArchTest
    static final ArchRule websocketOutbox =
            packageRule("websocket.outbox", "chat.weir.connection", "chat.weir.protocol.frame", "chat.weir.worker");

    @ArchTest
    static final ArchRule websocket = packageRule(
            "websocket",
            "chat.weir.channel.broadcast",
            "chat.weir.command",
            "chat.weir.connection",
            "chat.weir.net",
            "chat.weir.protocol",
            "chat.weir.protocol.frame",
            "chat.weir.websocket.descriptor",
            "chat.weir.websocket.handshake",
            "chat.weir.websocket.outbox",
            "chat.weir.worker",
            "org.java_websocket..");

    @ArchTest
    static final ArchRule httpRouting = packageRule(
            "http.routing",
            "chat.weir.account",
            "chat.weir.protocol",
            "chat.weir.websocket.handshake",
            "org.eclipse.jetty..",
            "tools.jackson..");

    @ArchTest
    static final ArchRule httpApi = packageRule(
            "http.api",
            "chat.weir.account",
            "chat.weir.enforcement",
            "chat.weir.history",
            "chat.weir.http.routing",
            "chat.weir.moderation",
            "chat.weir.moderation.model",
            "chat.weir.protocol");

    @ArchTest
    static final ArchRule httpWeb = packageRule("http.web", "chat.weir.http.routing", "chat.weir.protocol");

    @ArchTest
    static final ArchRule http = packageRule(
            "http",
            "chat.weir.account",
            "chat.weir.http.routing",
            "chat.weir.net",
            "chat.weir.protocol",
            "chat.weir.websocket",
            "chat.weir.websocket.handshake",
            "chat.weir.worker",
            "io.micrometer.core..",
            "org.eclipse.jetty..",
            "tools.jackson..");

    @ArchTest
    static final ArchRule networkThreadsNeverWait = noClasses()
            .that()
            .resideInAnyPackage(
                    "chat.weir.websocket..", "chat.weir.command", "chat.weir.connection", "chat.weir.channel..")
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

    /**
     * References that close a cycle on purpose, as "class -> class", both relative to {@code chat.weir}; each has its
     * reason.
     */
    private static final Set<String> INTENTIONAL_BACK_REFERENCES = Set.of(
            // A member is found by its channel and leads back to it; without a third class for the pair.
            "channel.Member -> channel.Channel",
            // The two halves of a socket, the library's WebSocketImpl and the channel that it writes to.
            "websocket.SocketChannelAdapter -> websocket.ClientSocket",
            "websocket.InboundHandler -> websocket.ClientSocket");

    @ArchTest
    static final ArchRule classesHaveNoCycles =
            noCycles(INTENTIONAL_BACK_REFERENCES).because("a reader can understand one class before the next");

    /** An exception that is not needed any more would hide the next cycle. */
    @ArchTest
    static void eachIntentionalBackReferenceClosesACycle(JavaClasses classes) {
        for (String reference : INTENTIONAL_BACK_REFERENCES) {
            Set<String> others = new HashSet<>(INTENTIONAL_BACK_REFERENCES);
            others.remove(reference);
            assertTrue(noCycles(others).evaluate(classes).hasViolation(), reference);
        }
    }

    private static SliceRule noCycles(Set<String> exceptions) {
        SliceRule rule = SlicesRuleDefinition.slices()
                .assignedFrom(new TopLevelClasses())
                .should()
                .beFreeOfCycles();
        for (String reference : exceptions) {
            String[] classes = reference.split(" -> ", -1);
            rule = rule.ignoreDependency(isOf(classes[0]), isOf(classes[1]));
        }
        return rule;
    }

    private static DescribedPredicate<JavaClass> isOf(String topLevel) {
        return DescribedPredicate.describe(
                topLevel, javaClass -> topLevel(javaClass).equals("chat.weir." + topLevel));
    }

    private static String topLevel(JavaClass javaClass) {
        return javaClass.getName().replaceFirst("\\$.*", "");
    }

    /** Each class with its nested ones is a slice. */
    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith("chat.weir")
                    ? SliceIdentifier.of(topLevel(javaClass))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }

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
