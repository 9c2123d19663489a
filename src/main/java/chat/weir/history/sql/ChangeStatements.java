package chat.weir.history.sql;

import chat.weir.history.Author;
import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageDraft;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes, within the transaction that stores a batch. What a change requires is checked here too, where nothing
 * else can change the message meanwhile. The statements are not kept: changes are rare, and preparing statements would
 * delay the messages of each new connection.
 *
 * <p>Threading: confined to the log thread.
 */
final class ChangeStatements {
    private static final String OF_MESSAGE = " WHERE channel = ? AND id = ?";
    private static final String OF_EMOJI = " WHERE channel = ? AND message = ? AND emoji = ?";

    private final Connection connection;

    ChangeStatements(Connection connection) {
        this.connection = connection;
    }

    /** The part of a stored message that changes. */
    private record Row(String text, Reactions reactions) {}

    /**
     * Checks that the message that a draft replies to exists.
     *
     * @throws ChatException 404 if it does not
     */
    void requireRepliedTo(MessageDraft draft) throws SQLException {
        Row unused = require(draft, draft.replyTo());
    }

    private Row require(EventDraft draft, long id) throws SQLException {
        try (PreparedStatement select =
                        prepare("SELECT text, reactions FROM message" + OF_MESSAGE, channel(draft), id);
                ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                throw new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with the id " + id);
            }
            String reactions = rows.getString(2);
            return new Row(rows.getString(1), reactions == null ? Reactions.NONE : Reactions.parse(reactions));
        }
    }

    /** Stores to which message a draft replies; the message itself is inserted like any other. */
    void setReplyTo(StampedDraft stamped, long replyTo) throws SQLException {
        update("UPDATE message SET reply_to = ?" + OF_MESSAGE, replyTo, channel(stamped.draft()), stamped.id());
    }

    /**
     * Applies a change, and adds it to the events of its channel.
     *
     * @return false if the message is as requested already
     * @throws ChatException 404 if there is no such message, 409 if it has too many reactions
     */
    boolean apply(ChangeDraft draft, long seq, long timestamp) throws SQLException {
        MessageChange change = draft.change();
        Row before = require(draft, change.message());
        boolean isEffective;
        if (change instanceof MessageChange.Edit edit) {
            isEffective = !edit.text().equals(before.text()) && edit(draft, edit, timestamp);
        } else if (change instanceof MessageChange.React react) {
            isEffective = react(draft, react, before.reactions(), seq);
        } else if (change instanceof MessageChange.Unreact unreact) {
            isEffective = unreact(draft, unreact, before.reactions());
        } else {
            isEffective = delete(draft, before);
        }
        if (isEffective) {
            insert(draft, seq, timestamp);
        }
        return isEffective;
    }

    private boolean edit(ChangeDraft draft, MessageChange.Edit edit, long timestamp) throws SQLException {
        return update(
                "UPDATE message SET text = ?, edited_at = ?" + OF_MESSAGE,
                edit.text(),
                timestamp,
                channel(draft),
                edit.message());
    }

    private boolean delete(ChangeDraft draft, Row before) throws SQLException {
        long id = draft.change().message();
        if (!before.reactions().isEmpty()) {
            boolean unused = update("DELETE FROM reaction WHERE channel = ? AND message = ?", channel(draft), id);
        }
        return update("DELETE FROM message" + OF_MESSAGE, channel(draft), id);
    }

    private boolean react(ChangeDraft draft, MessageChange.React react, Reactions before, long seq)
            throws SQLException {
        String emoji = react.emoji();
        if (!before.hasRoomFor(emoji)) {
            throw new ChatException(
                    ErrorReason.STORE_FULL,
                    "a message has at most " + Reactions.MAX_EMOJIS + " different emojis: use one of those");
        }
        UserName user = draft.author().name();
        boolean added = update(
                "INSERT INTO reaction (channel, message, emoji, name_key, name, seq) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                channel(draft),
                react.message(),
                emoji,
                user.key(),
                user.value(),
                seq);
        return added && count(draft, emoji, before, 1);
    }

    private boolean unreact(ChangeDraft draft, MessageChange.Unreact unreact, Reactions before) throws SQLException {
        boolean removed = update(
                "DELETE FROM reaction" + OF_EMOJI + " AND name_key = ?",
                channel(draft),
                unreact.message(),
                unreact.emoji(),
                draft.author().name().key());
        return removed && count(draft, unreact.emoji(), before, -1);
    }

    /** Updates the summary in the message. Reads the names only if there are few enough to list them. */
    private boolean count(ChangeDraft draft, String emoji, Reactions before, int difference) throws SQLException {
        long message = draft.change().message();
        int count =
                difference + before.find(emoji).map(Reactions.OfEmoji::count).orElse(0);
        List<String> names = count > Reactions.MAX_NAMES ? List.of() : names(draft, emoji);
        Reactions after = before.with(new Reactions.OfEmoji(emoji, count, names));
        return update(
                "UPDATE message SET reactions = ?" + OF_MESSAGE,
                after.isEmpty() ? null : after.toText(),
                channel(draft),
                message);
    }

    /** The names of one emoji, in the order in which they reacted. */
    private List<String> names(ChangeDraft draft, String emoji) throws SQLException {
        try (PreparedStatement select = prepare(
                        "SELECT name FROM reaction" + OF_EMOJI + " ORDER BY seq",
                        channel(draft),
                        draft.change().message(),
                        emoji);
                ResultSet rows = select.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private void insert(ChangeDraft draft, long seq, long timestamp) throws SQLException {
        MessageChange change = draft.change();
        boolean isReaction = change instanceof MessageChange.React || change instanceof MessageChange.Unreact;
        boolean unused = update(
                "INSERT INTO message_change (channel, seq, changed_at, kind, message, author, account, emoji)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                channel(draft),
                seq,
                timestamp,
                kind(change),
                change.message(),
                draft.author().name().value(),
                draft.author().account() == Author.GUEST ? null : draft.author().account(),
                isReaction ? change.text() : null);
    }

    /** Whether this change is stored: another one may have the same number. */
    boolean isStored(StampedDraft stamped, MessageChange change) throws SQLException {
        try (PreparedStatement select = prepare(
                        "SELECT seq FROM message_change WHERE channel = ? AND seq = ? AND kind = ? AND message = ?"
                                + " AND author = ?",
                        channel(stamped.draft()),
                        stamped.id(),
                        kind(change),
                        change.message(),
                        stamped.draft().author().name().value());
                ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    /** The value of the column {@code kind}. */
    private static String kind(MessageChange change) {
        if (change instanceof MessageChange.Edit) {
            return "edit";
        }
        if (change instanceof MessageChange.React) {
            return "react";
        }
        return change instanceof MessageChange.Unreact ? "unreact" : "delete";
    }

    /**
     * Reads a row of the table.
     *
     * @param text the current text of the message
     */
    static MessageChange change(String kind, long message, @Nullable String text, @Nullable String emoji) {
        return switch (kind) {
            case "edit" -> new MessageChange.Edit(message, text == null ? "" : text);
            case "react" -> new MessageChange.React(message, emoji == null ? "" : emoji);
            case "unreact" -> new MessageChange.Unreact(message, emoji == null ? "" : emoji);
            default -> new MessageChange.Delete(message);
        };
    }

    private static String channel(EventDraft draft) {
        return draft.channel().value();
    }

    /** @return whether a row was changed */
    private boolean update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate() > 0;
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
