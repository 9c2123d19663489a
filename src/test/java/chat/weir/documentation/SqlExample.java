package chat.weir.documentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query in a session of sqlite3 or psql.
 *
 * @param rows the result: the labels of the columns, then the rows
 */
record SqlExample(String sql, List<List<String>> rows) {
    /** The prompts of the first and the other lines of a statement. */
    private static final Pattern PROMPT = Pattern.compile("(sqlite> |weir=> )?( {3}\\.\\.\\.> |weir-> )?(.*)");

    /** What psql prints besides the cells. */
    private static final Pattern DECORATION = Pattern.compile("|[-+]+|\\(\\d+ rows?\\)");

    static List<SqlExample> parse(String session) {
        List<SqlExample> examples = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String line : session.lines().skip(1).toList()) {
            Matcher prompt = PROMPT.matcher(line);
            if (!prompt.matches()) {
                throw new AssertionError(line);
            }
            if (prompt.group(1) != null || prompt.group(2) != null) {
                sql.append(prompt.group(3)).append('\n');
                if (line.endsWith(";")) {
                    examples.add(new SqlExample(sql.toString().strip().replaceFirst(";$", ""), new ArrayList<>()));
                    sql.setLength(0);
                }
            } else if (!DECORATION.matcher(line).matches()) {
                examples.get(examples.size() - 1).rows().add(cells(line));
            }
        }
        return examples;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }
}
