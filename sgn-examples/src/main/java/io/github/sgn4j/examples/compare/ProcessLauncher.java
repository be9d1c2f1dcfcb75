package io.github.sgn4j.examples.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs in processes of their own: every run pays the same cold start, has its memory for itself,
 * and a crash of native code costs one run. They have this process's Java, its options and its
 * class path, and they end when it ends, however it does: each reads from a pipe that closes then.
 */
public final class ProcessLauncher implements Launcher {

  /** Set in a run that shall end when its standard input does. */
  public static final String PROPERTY = "sgn.child";

  /** The width of a terminal, which a run does not have. */
  private static final String COLUMNS = "-Dsgn.columns";

  private static final int SECONDS_TO_END = 10;

  private final List<String> java;
  private Process current;
  private boolean stopped;

  /** Runs of that main class. */
  public ProcessLauncher(Class<?> main) {
    java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger's port is taken, by this process.
      if (!option.startsWith("-agentlib:jdwp")
          && !option.startsWith("-Xrunjdwp")
          && !option.startsWith(COLUMNS)) {
        java.add(option);
      }
    }
    java.add("-D" + PROPERTY + "=true");
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    java.add(main.getName());
  }

  @Override
  public int run(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(arguments);
    Process process;
    synchronized (this) {
      if (stopped) {
        throw new IOException("no runs are started any more");
      }
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      current = process;
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
          process.destroy();
        }
      }
    } finally {
      process.getOutputStream().close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void stop() {
    Process running;
    synchronized (this) {
      stopped = true;
      running = current;
    }
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
