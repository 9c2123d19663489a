package chat.weir.http;

import chat.weir.moderation.AuditLine;
import chat.weir.moderation.Reason;
import chat.weir.moderation.Sanction;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Measures as they are shown. The addresses of guests are never among it: they are not a moderator's to know. */
final class MeasureJson {
    private MeasureJson() {}

    static Map<String, Object> of(Sanction sanction) {
        Map<String, Object> members = new LinkedHashMap<>();
        putWhomAndWhere(members, sanction.subject(), sanction.scope());
        members.put("by", sanction.by());
        putReason(members, sanction.reason());
        members.put("since", instant(sanction.givenAtMillis()));
        Long endsAt = sanction.endsAtMillis();
        if (endsAt != null) {
            members.put("until", instant(endsAt));
        }
        return members;
    }

    static Map<String, Object> of(AuditLine line) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", line.id());
        members.put("when", instant(line.happenedAtMillis()));
        members.put("by", line.by());
        members.put("measure", line.measure().name().toLowerCase(Locale.ROOT));
        putWhomAndWhere(members, line.whom(), line.scope());
        putReason(members, line.reason());
        Duration duration = line.duration();
        if (duration != null) {
            members.put("duration", duration.toSeconds());
        }
        if (!line.detail().isEmpty()) {
            members.put("detail", line.detail());
        }
        return members;
    }

    private static void putWhomAndWhere(Map<String, Object> members, Subject whom, Scope where) {
        members.put("user", whom.name().value());
        members.put("account", whom instanceof Subject.OfAccount);
        members.put("channel", where.text());
    }

    private static void putReason(Map<String, Object> members, Reason reason) {
        if (!reason.text().isEmpty()) {
            members.put("reason", reason.text());
        }
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
