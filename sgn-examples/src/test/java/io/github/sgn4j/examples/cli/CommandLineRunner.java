package io.github.sgn4j.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs commands within the test's process and keeps what they print. */
final class CommandLineRunner {

  /** What came of a command. */
  record Outcome(int status, String out, String err) {}

  private CommandLineRunner() {}

  static Outcome run(String... args) {
    return run(Map.of("HOME", "/nonexistent"), 0, args);
  }

  static Outcome run(Map<String, String> environment, int columns, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            columns);
    int status = SgnCommand.commandLine(console).execute(args);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Reads a command's options without running it; throws what is wrong with them. */
  static void parse(String... args) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    SgnCommand.commandLine(new Console(nowhere, nowhere, Map.of(), 0)).parseArgs(args);
  }
}
