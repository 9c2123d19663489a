package chat.weir.http.api;

import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Sanctions and audit entries as JSON. Omits the addresses of guests, which moderators must not see. */
final class SanctionJson {
    private SanctionJson() {}

    static Map<String, Object> of(Sanction sanction) {
        Map<String, Object> members = new LinkedHashMap<>();
        putTargetAndScope(members, sanction.subject(), sanction.scope());
        members.put("by", sanction.by());
        putReason(members, sanction.reason());
        members.put("since", instant(sanction.givenAtMillis()));
        Long endsAt = sanction.endsAtMillis();
        if (endsAt != null) {
            members.put("until", instant(endsAt));
        }
        return members;
    }

    static Map<String, Object> of(AuditEntry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", entry.id());
        members.put("when", instant(entry.happenedAtMillis()));
        members.put("by", entry.by());
        members.put("measure", entry.action().name().toLowerCase(Locale.ROOT));
        putTargetAndScope(members, entry.target(), entry.scope());
        putReason(members, entry.reason());
        Duration duration = entry.duration();
        if (duration != null) {
            members.put("duration", duration.toSeconds());
        }
        if (!entry.detail().isEmpty()) {
            members.put("detail", entry.detail());
        }
        return members;
    }

    private static void putTargetAndScope(Map<String, Object> members, Subject target, Scope where) {
        members.put("user", target.name().value());
        members.put("account", target instanceof Subject.OfAccount);
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
