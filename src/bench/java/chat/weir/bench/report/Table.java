package chat.weir.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown table with padded columns, so that it is readable on a terminal as well.
 *
 * <p>Threading: confined to the thread that creates it.
 */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> head) {
        rows.add(List.copyOf(head));
    }

    void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i));
            if (i == 0) {
                rule(text);
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(width(column) - row.get(column).length());
            String cell = column == 0 ? row.get(column) + padding : padding + row.get(column);
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }

    /** The line below the head: the first column is left-aligned, the others are right-aligned. */
    private void rule(StringBuilder text) {
        for (int column = 0; column < rows.get(0).size(); column++) {
            String dashes = "-".repeat(width(column) + 1);
            text.append('|').append(column == 0 ? dashes + "-" : dashes + ":");
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
