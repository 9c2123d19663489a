package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.ServerEnvelope.Auth;
import chat.weir.protocol.ServerEnvelope.Connection;
import chat.weir.protocol.ServerEnvelope.Deleted;
import chat.weir.protocol.ServerEnvelope.Done;
import chat.weir.protocol.ServerEnvelope.Edited;
import chat.weir.protocol.ServerEnvelope.ErrorEnvelope;
import chat.weir.protocol.ServerEnvelope.Heartbeat;
import chat.weir.protocol.ServerEnvelope.History;
import chat.weir.protocol.ServerEnvelope.Identity;
import chat.weir.protocol.ServerEnvelope.Left;
import chat.weir.protocol.ServerEnvelope.LoggedOut;
import chat.weir.protocol.ServerEnvelope.Message;
import chat.weir.protocol.ServerEnvelope.ModerationNotice;
import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Notification.Event;
import chat.weir.protocol.ServerEnvelope.Pong;
import chat.weir.protocol.ServerEnvelope.Private;
import chat.weir.protocol.ServerEnvelope.Reaction;
import chat.weir.protocol.ServerEnvelope.Read;
import chat.weir.protocol.ServerEnvelope.Typing;
import chat.weir.protocol.ServerEnvelope.Users;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All server envelopes in all variants, by the name of their message in the document. */
final class ServerEnvelopes {
    private static final long ID = 9_007_199_254_740_991L;
    private static final long NOW = 1_652_997_756L;
    private static final String REF = "r".repeat(EnvelopeFields.MAX_REF_CHARS);
    private static final String REASON = "\u00e9".repeat(500);
    private static final ChannelId CHANNEL = ChannelId.open("a".repeat(ChannelId.MAX_BYTES));
    private static final UserName ALICE = name("alice");

    /** A name of maximum length, of characters that take two UTF-16 units. */
    private static final UserName BOB = name("\uD801\uDC00".repeat(32));

    private final Map<String, List<ServerEnvelope>> variants = new TreeMap<>();

    private ServerEnvelopes() {}

    static Map<String, List<ServerEnvelope>> variants() {
        ServerEnvelopes all = new ServerEnvelopes();
        all.identities();
        all.messages();
        all.presence();
        all.moderation();
        all.confirmations();
        return all.variants;
    }

    private static UserName name(String name) {
        return UserName.parse(name).orElseThrow();
    }

    private void add(String message, ServerEnvelope... envelopes) {
        variants.computeIfAbsent("Server" + message, name -> new ArrayList<>()).addAll(List.of(envelopes));
    }

    private void identities() {
        add(
                "Connection",
                new Connection(CHANNEL, null, null),
                new Connection(CHANNEL, true, null),
                new Connection(CHANNEL, false, REF));
        add("Heartbeat", new Heartbeat(true), new Heartbeat(false));
        String secret = "LVLEm2jhTmQoA7u7HxXr49EHwvPQQOq7";
        add("IdentityGranted", new Identity(null, secret, null), new Identity(null, null, REF));
        for (Identity.Reason reason : Identity.Reason.values()) {
            add("IdentityRefused", new Identity(reason, null, null), new Identity(reason, null, REF));
        }
        add("Auth", new Auth(ALICE, null), new Auth(BOB, REF));
        add("Logout", new LoggedOut(null), new LoggedOut(REF));
        for (ErrorReason reason : ErrorReason.values()) {
            ErrorCode code = reason.code();
            add(
                    "Error",
                    new ErrorEnvelope(code, reason, "no", 0, null),
                    new ErrorEnvelope(code, reason, "no", 1, REF),
                    new ErrorEnvelope(code, reason, "no", 2_000, REF));
        }
    }

    private void messages() {
        Message message = new Message("hello", NOW, BOB, ID, 0);
        Message reply = new Message("hello", NOW, BOB, ID, ID);
        add("Message", message, reply);
        add("Ack", new Ack(ID, NOW, REF));
        add(
                "History",
                new History(List.of(), null, null),
                new History(List.of(plain(0), plain(ID)), ID, REF),
                new History(List.of(new HistoryMessage(ID, "hello", NOW, BOB, ID, NOW, reactions())), null, REF));
        add("Delete", new Deleted(ID, BOB, ID));
        add("Read", new Read(ID, BOB));
        add("Edit", new Edited(ID, "hello", BOB, NOW, ID));
        add("React", new Reaction(false, ID, "\uD83D\uDC4D", BOB, ID));
        add("Unreact", new Reaction(true, ID, "\uD83D\uDC4D", BOB, ID));
    }

    private static HistoryMessage plain(long replyTo) {
        return new HistoryMessage(ID, "hello", NOW, BOB, replyTo, 0, Reactions.NONE);
    }

    private static Reactions reactions() {
        return new Reactions(List.of(
                Reactions.OfEmoji.of("\uD83D\uDC4D", List.of(ALICE.value(), BOB.value())),
                Reactions.OfEmoji.of("\uD83C\uDF89", Collections.nCopies(51, BOB.value()))));
    }

    private void presence() {
        add(
                "Users",
                new Users(List.of(), 0, null),
                new Users(List.of(ALICE, BOB), 2, REF),
                new Users(null, Integer.MAX_VALUE, null));
        add("NotificationJoined", new Notification(Event.JOINED, BOB, null));
        add("NotificationLeft", new Notification(Event.LEFT, BOB, null));
        add("NotificationRenamed", new Notification(Event.RENAMED, BOB, ALICE));
        add("Typing", new Typing(BOB, false));
        add("DoneTyping", new Typing(BOB, true));
        add(
                "Pong",
                new Pong(Long.toString(Long.MAX_VALUE, Character.MAX_RADIX), NOW, null),
                new Pong("4fpn0ii8qm", NOW, REF));
        add(
                "Private",
                new Private(ChannelId.between(1, Long.MAX_VALUE), List.of(ALICE, BOB), null),
                new Private(ChannelId.between(1, 2), List.of(ALICE, BOB), REF));
        add("Leave", new Left(CHANNEL, null), new Left(CHANNEL, REF));
    }

    private void moderation() {
        add("Kick", notice("kick", "", null), notice("kick", REASON, null));
        for (boolean everywhere : List.of(true, false)) {
            add(
                    "Mute",
                    new ModerationNotice("mute", BOB, ALICE, "", null, null, everywhere),
                    new ModerationNotice("mute", BOB, ALICE, REASON, 3_153_600_000L, null, everywhere));
            add("Unmute", new ModerationNotice("unmute", BOB, ALICE, everywhere ? REASON : "", null, null, everywhere));
            add(
                    "Ban",
                    new ModerationNotice("ban", BOB, ALICE, "", null, null, everywhere),
                    new ModerationNotice("ban", BOB, ALICE, REASON, 1L, null, everywhere));
            add("Unban", new ModerationNotice("unban", BOB, ALICE, everywhere ? REASON : "", null, null, everywhere));
        }
        add("Role", notice("role", "", "moderator"), notice("role", "", "member"));
    }

    private static ModerationNotice notice(String type, String reason, @Nullable String role) {
        return new ModerationNotice(type, BOB, ALICE, reason, null, role, false);
    }

    /** For envelopes that have no reply of their own. */
    private void confirmations() {
        List<Class<? extends ClientEnvelope>> confirmed = List.of(
                ClientEnvelope.Heartbeat.class,
                ClientEnvelope.Delete.class,
                ClientEnvelope.Read.class,
                ClientEnvelope.Edit.class,
                ClientEnvelope.React.class,
                ClientEnvelope.Unreact.class,
                ClientEnvelope.Typing.class,
                ClientEnvelope.DoneTyping.class,
                ClientEnvelope.Kick.class,
                ClientEnvelope.Mute.class,
                ClientEnvelope.Unmute.class,
                ClientEnvelope.Ban.class,
                ClientEnvelope.Unban.class,
                ClientEnvelope.Role.class,
                ClientEnvelope.Block.class,
                ClientEnvelope.Unblock.class,
                ClientEnvelope.SetTestMode.class,
                ClientEnvelope.ResetSocket.class);
        for (Class<? extends ClientEnvelope> type : confirmed) {
            String name = type.getSimpleName();
            add(name + "Confirmed", new Done(Character.toLowerCase(name.charAt(0)) + name.substring(1), REF));
        }
    }
}
