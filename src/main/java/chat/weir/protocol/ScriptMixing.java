package chat.weir.protocol;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which scripts may be mixed in a name: Unicode Technical Standard 39, section 5.2, level "moderately
 * restrictive". So a Cyrillic letter cannot imitate a Latin one. A name in one script is always allowed.
 *
 * <p>Uses the JDK's Script property. The JDK does not have Script_Extensions, so characters of several scripts count
 * as Common.
 */
final class ScriptMixing {
    /** The scripts of each set may be mixed with each other, and with Latin. */
    private static final List<Set<UnicodeScript>> MIXED_SCRIPTS = List.of(
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            Set.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL));

    /** Scripts that may be mixed with Latin: the recommended ones of UAX 31, table 5, without Cyrillic and Greek. */
    private static final Set<UnicodeScript> WITH_LATIN = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.BENGALI,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.ETHIOPIC,
            UnicodeScript.GEORGIAN,
            UnicodeScript.GUJARATI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HEBREW,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KANNADA,
            UnicodeScript.KATAKANA,
            UnicodeScript.KHMER,
            UnicodeScript.LAO,
            UnicodeScript.MALAYALAM,
            UnicodeScript.MYANMAR,
            UnicodeScript.ORIYA,
            UnicodeScript.SINHALA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.THAANA,
            UnicodeScript.THAI,
            UnicodeScript.TIBETAN);

    private ScriptMixing() {}

    static boolean isModeratelyRestrictive(String text) {
        EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        if (scripts.size() <= 1) {
            return true;
        }
        boolean hasLatin = scripts.remove(UnicodeScript.LATIN);
        return MIXED_SCRIPTS.stream().anyMatch(mixed -> mixed.containsAll(scripts))
                || (hasLatin && scripts.size() == 1 && WITH_LATIN.containsAll(scripts));
    }
}
