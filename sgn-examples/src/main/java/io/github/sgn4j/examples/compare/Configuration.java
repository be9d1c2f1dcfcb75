package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A solver with its options.
 *
 * @param name as people read it
 * @param slug as folders are called
 * @param options by name, without hyphens in front
 * @param tune what is chosen by trying; null where nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Configuration(String name, String slug, Map<String, String> options, Tuning tune) {

  private static final int LONGEST_SLUG = 80;

  /** Keeps the order of the options. */
  public Configuration {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** With the slug that follows from the name. */
  static Configuration of(String name, Map<String, String> options, Tuning tune) {
    return new Configuration(name, slug(name), options, tune);
  }

  /**
   * A name for a folder: lower-case letters, digits, points and hyphens. Other letters and digits
   * become their number, so that every name keeps a folder of its own on every system.
   */
  static String slug(String name) {
    StringBuilder slug = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            c -> {
              if (c < 128 && Character.isLetterOrDigit(c)) {
                slug.appendCodePoint(c);
              } else if (c == '.' && !slug.isEmpty()) {
                slug.append('.');
              } else if (c >= 128 && Character.isLetterOrDigit(c)) {
                slug.append('u').append(Integer.toHexString(c));
              } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
              }
            });
    String text = slug.substring(0, Math.min(LONGEST_SLUG, slug.length()));
    return text.replaceFirst("[-.]+$", "");
  }
}
