package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.ProcessLauncher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process behind {@code ./sgn}. */
public final class Main {

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    silenceThirdParties();
    if (Boolean.getBoolean(ProcessLauncher.PROPERTY)) {
      endWithInput();
    }
    int status = execute(console, args);
    // After the hooks have run, another status would replace the signal's; a zero waits for the end
    // (Runtime.exit). Which of the two comes first is a matter of luck.
    System.exit(isEnding() ? 0 : status);
  }

  /** Whether a signal is ending the process already. */
  private static boolean isEnding() {
    Thread hook = new Thread(() -> {}, "none");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /**
   * A comparison's runs end when it does: it holds the other end of their standard input, and the
   * system closes that even if the comparison's process is killed.
   */
  private static void endWithInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As good as its end.
              }
              System.exit(ExitStatus.INTERRUPTED);
            },
            "end with input");
    watch.setDaemon(true);
    watch.start();
  }

  private static int execute(Console console, String[] args) {
    try {
      return SgnCommand.commandLine(console).execute(args);
    } catch (OutOfMemoryError e) {
      // picocli hands exceptions to its handler, but no errors.
      console.note(
          "Not enough memory.\nChoose a smaller network or batch, or give Java more:"
              + " SGN_JAVA_OPTS=-Xmx8g");
      return ExitStatus.BAD_INPUT;
    }
  }

  /**
   * SameDiff prints notes to standard output while it builds graphs. Ours goes through the console,
   * which holds the real stream; whatever else is printed is none of the user's business.
   */
  private static void silenceThirdParties() {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
