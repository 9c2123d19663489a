package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.database.DatabaseUrl;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts whose names were registered before names were restricted to one script. */
class OlderNamesTest extends AccountFixture {
    private static final String MIXED = "b\u043eb";

    @Override
    public DatabaseUrl address(Path directory) {
        return new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }

    private void insertOlderAccount(String name) {
        Account account = new Account(7, UserName.parse(name).orElseThrow(), Account.Role.MEMBER, 1, 1);
        database.call(handle -> new AccountTable(handle).insert(account, passwordHasher.hash(PASSWORD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {MIXED, "\u0301bob", "q\u0301\u0302\u0303\u0304"})
    void areRefusedToOthersAndStillWork(String name) {
        assertEquals(
                ErrorReason.INVALID_NAME,
                assertReply(ErrorCode.MALFORMED, () -> register(name)).reason());
        insertOlderAccount(name);
        Account account = accounts.logIn(name, PASSWORD, HERE);
        assertEquals(name, account.name().value());
        assertEquals(
                account,
                sessions.find(sessions.begin(account).token()).orElseThrow().account());
    }

    @Test
    void canBelongToTheAdmin() {
        insertOlderAccount(MIXED);
        accounts.ensureAdmin(MIXED, PASSWORD);
        assertEquals(Account.Role.ADMIN, accounts.logIn(MIXED, PASSWORD, HERE).role());
    }
}
