package chat.weir.protocol;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which scripts may stand beside each other in a name: Unicode Technical Standard 39, section 5.2, level "moderately
 * restrictive". So no Cyrillic letter passes for a Latin one. A name that is all Cyrillic is allowed, whatever it looks
 * like: people write so.
 *
 * <p>By the JDK's Script property. It has no Script_Extensions, so characters of several scripts count as Common.
 */
final class ScriptMixing {
    /** Each may be mixed within, and with Latin. */
    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER = List.of(
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            Set.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL));

    /** The recommended scripts of Unicode Standard Annex 31, table 5, without Cyrillic and Greek. */
    private static final Set<UnicodeScript> BESIDE_LATIN = EnumSet.of(
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
        return WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts))
                || (hasLatin && scripts.size() == 1 && BESIDE_LATIN.containsAll(scripts));
    }
}
