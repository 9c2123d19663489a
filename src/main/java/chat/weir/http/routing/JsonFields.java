package chat.weir.http.routing;

import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.WholeNumber;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The fields of a request body. Unknown fields are ignored. */
public record JsonFields(JsonNode object) {

    /**
     * Returns a required string.
     *
     * @throws ProblemException 400 if it is missing, not a string, or not valid Unicode
     */
    public String string(String name) {
        return optionalString(name)
                .orElseThrow(() -> ProblemException.badRequest(ErrorReason.MISSING_FIELD, name + " is missing"));
    }

    /**
     * Returns an optional string; null counts as absent.
     *
     * @throws ProblemException 400 if it is not a string, or not valid Unicode
     */
    public Optional<String> optionalString(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw ProblemException.badRequest(ErrorReason.WRONG_TYPE, name + " must be a string");
        }
        String text = value.stringValue();
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw ProblemException.badRequest(name + " contains an unpaired surrogate");
        }
        return Optional.of(text);
    }

    /** Returns an optional integer; null counts as absent. @throws ProblemException 400 if it is not an integer */
    public Optional<Long> optionalInteger(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw ProblemException.badRequest(ErrorReason.WRONG_TYPE, name + " must be a whole number");
        }
        OptionalLong whole = WholeNumber.parse(value.asString());
        if (whole.isEmpty()) {
            throw ProblemException.badRequest(name + " must be a whole number");
        }
        return Optional.of(whole.getAsLong());
    }
}
