package chat.weir.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    private Map<String, String> read(byte[] bytes) throws IOException {
        Files.write(directory.resolve(".env"), bytes);
        return EnvFile.read(directory, problems);
    }

    private Map<String, String> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ADMIN_PASSWORD=correcthorse#9|correcthorse#9",
                "ADMIN_PASSWORD=correct horse # a comment|correct horse",
                "ADMIN_PASSWORD=correct\t# a comment|correct",
                "ADMIN_PASSWORD=a # b # c|a",
                "ADMIN_PASSWORD='correct horse'|correct horse",
                "ADMIN_PASSWORD=' correct # horse '# 'x|?",
                "ADMIN_PASSWORD=' correct # horse ' # 'x|' correct # horse '",
                "ADMIN_PASSWORD=\"correct # horse\"|correct # horse",
                "ADMIN_PASSWORD=\"a\\\"b\\\\c\\$d\"|a\"b\\c$d",
                "ADMIN_PASSWORD='a\\nb$c'|a\\nb$c",
                "ADMIN_PASSWORD=a\\nb|a\\nb",
                "ADMIN_PASSWORD=it's|it's",
                "ADMIN_PASSWORD=$HOME/${USER}|$HOME/${USER}",
                "ADMIN_PASSWORD=a=b=c|a=b=c",
                "ADMIN_PASSWORD = spaced  |spaced",
                "  export  ADMIN_PASSWORD=x|x",
                "export\tADMIN_PASSWORD=x|x",
                "ADMIN_PASSWORD=парольпароль|парольпароль",
                "ADMIN_PASSWORD=\\\\server|\\\\server",
                "ADMIN_PASSWORD=!@%^&*()[]{};:,./<>?|!@%^&*()[]{};:,./<>?",
            })
    void readsValues(String line, String value) throws IOException {
        Map<String, String> values = read("# before\n" + line + "\r\nPORT=1");
        if (value.equals("?")) {
            assertEquals(List.of(".env line 2: unexpected text after the closing quote of ADMIN_PASSWORD"), problems);
        } else {
            assertEquals(List.of(), problems);
            String expected = value.startsWith("' ") ? value.substring(1, value.length() - 1) : value;
            assertEquals(Map.of("ADMIN_PASSWORD", expected, "PORT", "1"), values);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADMIN_PASSWORD='secret",
                "ADMIN_PASSWORD=\"secret",
                "ADMIN_PASSWORD=\"secret\\\"",
                "ADMIN_PASSWORD='secret'x",
                "ADMIN_PASSWORD=\"secret\" x",
                "ADMIN_PASSWORD=\"se\\cret\"",
                "ADMIN_PASSWORD=#secret",
                "ADMIN_PASSWORD=`secret`",
                "ADMIN_PASSWORD=\"sec#\\\"ret\"",
                "ADMIN_PASSWORD=say \"secret\"",
                "ADMIN_PASSWORD: secret",
                "ADMIN_PASSWORD",
                "=secret",
                "ADMIN PASSWORD=secret",
                "ADMIN_PASSWORD=sec\0ret",
                "ADMIN_PASSWORD=sec\rret",
                "ADMIN_PASSWORD=sec\u001bret",
                "admin_password=secret",
                "ADMIN-PASSWORD=secret",
                "// secret",
                "; secret",
                "\"secret\"",
            })
    void refusesAmbiguousLinesWithoutShowingThem(String line) throws IOException {
        assertEquals(Map.of("PORT", "1"), read("PORT=1\n\n" + line + "\n"));
        assertEquals(1, problems.size(), problems::toString);
        assertEquals(".env line 3: ", problems.get(0).substring(0, 13));
        assertFalse(problems.get(0).contains("secret"), problems::toString);
    }

    @Test
    void refusesMultilineValues() throws IOException {
        read("ADMIN_PASSWORD=\"first\nsecond\"\n");
        assertEquals(
                List.of(
                        ".env line 1: the opening quote of the value of ADMIN_PASSWORD is not closed on the same line",
                        ".env line 2: write KEY=value"),
                problems);
    }

    @Test
    void refusesDuplicateKeys() throws IOException {
        assertEquals(Map.of("PORT", "1"), read("PORT=1\nPORT=1\n"));
        assertEquals(List.of(".env line 2: PORT is already set in line 1: remove one of the two"), problems);
    }

    @Test
    void skipsCommentsBlanksAndAByteOrderMark() throws IOException {
        assertEquals(Map.of("PORT", "1", "HOST", ""), read("\uFEFFPORT=1\n   # indented\n\t\n#\nHOST= # none\r\n"));
        assertEquals(List.of(), problems);
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        read("HOST=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        read("PORT=1".getBytes(StandardCharsets.UTF_16));
        String expected = ".env is not valid UTF-8: save it in that encoding";
        assertEquals(List.of(expected, expected), problems);
    }

    @Test
    void explainsAnUnreadableFile() throws IOException {
        Files.createDirectory(directory.resolve(".env"));
        EnvFile.read(directory, problems);
        assertEquals(1, problems.size());
        assertEquals(".env cannot be read: ", problems.get(0).substring(0, 21));
    }
}
