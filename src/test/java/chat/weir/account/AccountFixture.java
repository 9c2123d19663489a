package chat.weir.account;

import chat.weir.protocol.ChatException;
import chat.weir.testing.DatabaseFixture;
import chat.weir.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A complete account setup on a real database, which is emptied before each test. */
abstract class AccountFixture extends DatabaseFixture {
    static final HashCost CHEAP = new HashCost(64, 1, 1);
    static final String PASSWORD = "correct horse";
    static final String HERE = "192.0.2.1";
    static final Duration LIFETIME = Duration.ofDays(30);

    FakeTime time;
    HashingPool pool;
    PasswordHasher passwordHasher;
    LoginRegistry<TestSocket> loginRegistry;
    Accounts accounts;
    LoginSessions sessions;

    @BeforeEach
    void empty() {
        database.call(handle -> handle.execute("DELETE FROM account"));
        time = new FakeTime();
        pool = new HashingPool(2, 64, Duration.ofMinutes(1));
        passwordHasher = new PasswordHasher(CHEAP, pool);
        loginRegistry = new LoginRegistry<>();
        accounts = accounts(passwordHasher);
        sessions = sessions(loginRegistry);
    }

    @AfterEach
    void closePool() {
        passwordHasher.close();
    }

    /** Creates the accounts of another node, or of this one after a restart. */
    Accounts accounts(PasswordHasher with) {
        return new Accounts(
                database,
                with,
                loginRegistry,
                time.clocks().clock(),
                time.clocks().nanoTime());
    }

    LoginSessions sessions(LoginRegistry<TestSocket> with) {
        return new LoginSessions(database, with, time.clocks().clock(), LIFETIME);
    }

    Account register(String name) {
        return accounts.register(name, PASSWORD, HERE, unused -> {});
    }

    TestSocket socket(Account account, String tokenHash) {
        TestSocket socket = new TestSocket();
        loginRegistry.add(account, tokenHash, socket);
        return socket;
    }

    int count(String table) {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    String storedPassword(Account account) {
        return database.call(handle -> new AccountTable(handle).find(account.id()))
                .orElseThrow()
                .password();
    }

    /** Runs concurrent calls. @return OK, or the code of the reply, for each */
    static List<String> concurrently(int times, Runnable call) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            CountDownLatch start = new CountDownLatch(times);
            List<CompletableFuture<String>> outcomes = IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> outcome(start, call), threads))
                    .toList();
            return outcomes.stream().map(CompletableFuture::join).sorted().toList();
        } finally {
            threads.shutdown();
        }
    }

    private static String outcome(CountDownLatch start, Runnable call) {
        try {
            start.countDown();
            start.await();
            call.run();
            return "OK";
        } catch (ChatException e) {
            return e.code().name();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
