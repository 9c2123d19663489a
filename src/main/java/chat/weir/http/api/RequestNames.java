package chat.weir.http.api;

import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;

/** Parses user names in requests. */
final class RequestNames {
    private RequestNames() {}

    /** @throws ProblemException 400 if the name is not valid */
    static UserName name(String typed) {
        return UserName.parse(typed)
                .orElseThrow(() -> ProblemException.badRequest(
                        ErrorReason.INVALID_NAME,
                        "user is not a valid name: 1 to 32 letters, digits, marks, _ - or ."));
    }
}
