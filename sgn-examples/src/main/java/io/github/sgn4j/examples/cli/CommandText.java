package io.github.sgn4j.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Commands as they would be typed. */
final class CommandText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

  private CommandText() {}

  /** The command that goes on with what that one began. */
  static String toResume(List<String> args) {
    List<String> words = new ArrayList<>(List.of("./sgn"));
    args.stream()
        .filter(arg -> !arg.equals("--force") && !arg.equals("--resume"))
        .map(CommandText::quoted)
        .forEach(words::add);
    words.add("--resume");
    return String.join(" ", words);
  }

  /** For a POSIX shell. */
  private static String quoted(String arg) {
    return PLAIN.matcher(arg).matches() ? arg : "'" + arg.replace("'", "'\\''") + "'";
  }
}
