package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModerationPolicyTest {
    private static final Scope CHANNEL = Scope.of(new ChannelId("fishing"));

    /**
     * The roles against which a member, a moderator and an admin may take each action, other than themselves: m member,
     * o moderator, a admin, - none.
     */
    private static final String TABLE = """
            KICK    channel     -  m  mo
            MUTE    channel     -  m  mo
            UNMUTE  channel     -  m  mo
            BAN     channel     -  m  mo
            UNBAN   channel     -  m  mo
            ROLE    channel     -  -  mo
            DELETE  channel     -  m  moa
            KICK    everywhere  -  -  mo
            MUTE    everywhere  -  -  mo
            UNMUTE  everywhere  -  -  mo
            BAN     everywhere  -  -  mo
            UNBAN   everywhere  -  -  mo
            ROLE    everywhere  -  -  -
            DELETE  everywhere  -  -  -
            """;

    private static final Map<Role, String> LETTERS = Map.of(Role.MEMBER, "m", Role.MODERATOR, "o", Role.ADMIN, "a");

    record Case(Role by, ModerationAction action, Role target, boolean self, Scope scope, boolean isAllowed) {}

    private static Stream<Case> cases() {
        return TABLE.lines().map(line -> line.split(" +")).flatMap(ModerationPolicyTest::cases);
    }

    private static Stream<Case> cases(String[] row) {
        ModerationAction action = ModerationAction.valueOf(row[0]);
        Scope scope = row[1].equals("channel") ? CHANNEL : Scope.EVERYWHERE;
        boolean ownIsAllowed = action == ModerationAction.DELETE && scope.equals(CHANNEL);
        Map<Role, String> targets = Map.of(Role.MEMBER, row[2], Role.MODERATOR, row[3], Role.ADMIN, row[4]);
        return Arrays.stream(Role.values())
                .flatMap(by -> Arrays.stream(Role.values())
                        .flatMap(target -> Stream.of(
                                new Case(by, action, target, true, scope, ownIsAllowed),
                                new Case(
                                        by,
                                        action,
                                        target,
                                        false,
                                        scope,
                                        targets.get(by).contains(LETTERS.get(target))))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allowsExactlyWhatTheTableAllows(Case one) {
        Optional<ChatException> refusal =
                ModerationPolicy.refusal(one.by(), one.action(), one.target(), one.self(), one.scope());
        assertEquals(
                one.isAllowed(),
                refusal.isEmpty(),
                refusal.map(ChatException::text).orElse("allowed"));
        refusal.ifPresent(reply -> {
            assertEquals(ErrorCode.FORBIDDEN, reply.code());
            assertFalse(reply.text().isEmpty());
        });
    }

    @Test
    void theTableIsComplete() {
        List<Case> all = cases().toList();
        Set<List<Object>> different = new HashSet<>();
        all.forEach(one -> different.add(List.of(one.by(), one.action(), one.target(), one.self(), one.scope())));
        assertEquals(3 * ModerationAction.values().length * 3 * 2 * 2, all.size());
        assertEquals(all.size(), different.size());
    }

    @Test
    void explainsRefusals() {
        assertEquals(
                "only a moderator of the channel or an admin can do that",
                text(Role.MEMBER, ModerationAction.BAN, Role.MEMBER, CHANNEL));
        assertEquals(
                "only an admin can do that everywhere",
                text(Role.MODERATOR, ModerationAction.BAN, Role.MEMBER, Scope.EVERYWHERE));
        assertEquals(
                "only an admin can change roles", text(Role.MODERATOR, ModerationAction.ROLE, Role.MEMBER, CHANNEL));
        assertEquals(
                "that is allowed only against users with a lower role",
                text(Role.MODERATOR, ModerationAction.DELETE, Role.MODERATOR, CHANNEL));
    }

    private static String text(Role by, ModerationAction action, Role target, Scope scope) {
        return ModerationPolicy.refusal(by, action, target, false, scope)
                .orElseThrow()
                .text();
    }
}
