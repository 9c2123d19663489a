package chat.weir.documentation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares JSON examples in the documents, ignoring values that differ in every run: ids, times and secrets. */
final class Example {
    private static final JsonMapper JSON = new JsonMapper();

    private Example() {}

    /** A form that is equal for two envelopes or bodies that differ only in such values. */
    static String comparable(String json) {
        JsonNode node = JSON.readTree(json);
        replaceVolatile(node);
        return node.toString();
    }

    private static void replaceVolatile(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(Example::replaceVolatile);
        } else if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames().toArray(String[]::new)) {
                JsonNode value = object.get(name);
                if (isVolatile(name, value)) {
                    object.put(name, value.getNodeType().name());
                } else {
                    replaceVolatile(value);
                }
            }
        }
    }

    /** Whether this is the number of a message or change, or the id of a private chat. */
    static boolean isId(String name, JsonNode value) {
        return switch (name) {
            case "id" -> value.isNumber() || value.asString().startsWith("@");
            case "seq", "replyTo", "next", "read", "last" -> value.isNumber() && value.asLong() > 0;
            case "channel" -> value.asString().startsWith("@");
            default -> false;
        };
    }

    private static boolean isVolatile(String name, JsonNode value) {
        return switch (name) {
            case "timestamp", "edited", "resume", "token", "created", "expires" -> true;
            default -> isId(name, value);
        };
    }
}
