package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.download.CatalogueFile;
import io.github.sgn4j.examples.data.download.DownloadListener;
import io.github.sgn4j.examples.data.download.Sizes;
import java.net.URI;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows downloads: a bar on a terminal, a line now and then otherwise. */
abstract class DownloadProgress implements DownloadListener {

  private static final int REFRESH_MILLIS = 200;
  private static final long MEGABYTE = 1_000_000;
  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

  final Console console;

  private DownloadProgress(Console console) {
    this.console = console;
  }

  /** What fits the surroundings. */
  static DownloadProgress of(Console console) {
    return console.isTerminal() ? new Bar(console) : new Lines(console);
  }

  @Override
  public void verified(CatalogueFile file) {
    console.line(file.name() + ": verified");
  }

  @Override
  public void note(String line) {
    console.note(line);
  }

  private static final class Bar extends DownloadProgress {

    private ProgressBar bar;

    Bar(Console console) {
      super(console);
    }

    @Override
    public void started(CatalogueFile file, URI from, long done, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(file.name())
              .setInitialMax(total)
              .setUnit(" MB", MEGABYTE)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REFRESH_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
              .startsFrom(done, Duration.ZERO)
              .build();
    }

    @Override
    public void advanced(long done) {
      bar.stepTo(done);
    }

    @Override
    public void ended() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }

  private static final class Lines extends DownloadProgress {

    private String name;
    private long total;
    private long lastLine;

    Lines(Console console) {
      super(console);
    }

    @Override
    public void started(CatalogueFile file, URI from, long done, long all) {
      name = file.name();
      total = all;
      lastLine = System.nanoTime();
      console.line(
          name
              + ": "
              + Sizes.of(all)
              + " from "
              + from.getHost()
              + (done > 0 ? ", " + Sizes.of(done) + " are there" : ""));
    }

    @Override
    public void advanced(long done) {
      long now = System.nanoTime();
      if (now - lastLine >= NANOS_BETWEEN_LINES) {
        console.line(name + ": " + Sizes.of(done) + " of " + Sizes.of(total));
        lastLine = now;
      }
    }

    @Override
    public void ended() {
      // The next line says what came of it.
    }
  }
}
