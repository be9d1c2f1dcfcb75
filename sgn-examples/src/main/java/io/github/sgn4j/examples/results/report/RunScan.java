package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the runs in a folder: it and the folders in it, down to {@value #DEPTH} levels, that hold
 * {@code config.json} and {@code results.json}. Hidden folders and links are left out, and so are
 * the trials by which a comparison chose tuned options: the chosen one stands among the runs
 * already.
 *
 * @param runs by the names of their folders
 * @param trials how many of these were left out
 * @param damaged a line for each folder that holds one of the files but cannot be read as a run
 */
record RunScan(List<FoundRun> runs, int trials, List<String> damaged) {

  static final int DEPTH = 8;

  private static final String TRIAL = "tune-";

  /**
   * Looks into a folder.
   *
   * @throws OutputException if it is not there, or is no folder
   */
  static RunScan of(Path root) {
    if (!Files.isDirectory(root)) {
      throw new OutputException(root + " is not a folder. Name a folder of runs.");
    }
    try {
      // The folder itself may be a link.
      Search search = new Search(root.toRealPath());
      Files.walkFileTree(search.root, EnumSet.noneOf(FileVisitOption.class), DEPTH, search);
      return search.found();
    } catch (IOException e) {
      throw new OutputException("Cannot read " + root + ": " + IoReasons.of(e) + ".", e);
    }
  }

  private static final class Search extends SimpleFileVisitor<Path> {

    private final Path root;
    private final TreeSet<Path> folders = new TreeSet<>();
    private final List<FoundRun> runs = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final ComparisonNames names = new ComparisonNames();
    private int trials;

    Search(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden =
          folder.getFileName() != null && folder.getFileName().toString().startsWith(".");
      return hidden && !folder.equals(root)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (name.equals(RunFolder.CONFIG_FILE) || name.equals(RunResults.FILE)) {
        folders.add(file.getParent());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      damaged.add(relative(file) + ": " + IoReasons.of(e));
      return FileVisitResult.CONTINUE;
    }

    RunScan found() {
      List<Path> ordered = new ArrayList<>(folders);
      ordered.sort(Comparator.comparing(names::place));
      for (Path folder : ordered) {
        if (isTrial(folder)) {
          trials++;
          continue;
        }
        try {
          runs.add(read(folder));
        } catch (IOException e) {
          damaged.add(relative(folder) + ": " + oneLine(IoReasons.of(e)));
        }
      }
      return new RunScan(List.copyOf(runs), trials, List.copyOf(damaged));
    }

    private boolean isTrial(Path folder) {
      Path name = folder.getFileName();
      return !folder.equals(root)
          && name != null
          && name.toString().startsWith(TRIAL)
          && names.of(folder).isPresent();
    }

    private FoundRun read(Path folder) throws IOException {
      for (String file : List.of(RunFolder.CONFIG_FILE, RunResults.FILE)) {
        if (!Files.exists(folder.resolve(file))) {
          throw new IOException("there is no " + file);
        }
      }
      RunResults results = RunResults.read(folder);
      check(results);
      Map<String, Object> config = new LinkedHashMap<>();
      Map<?, ?> read = JsonFiles.read(folder.resolve(RunFolder.CONFIG_FILE), Map.class);
      if (read == null) {
        throw new IOException(RunFolder.CONFIG_FILE + " holds no options");
      }
      read.forEach((key, value) -> config.put(String.valueOf(key), value));
      return new FoundRun(relative(folder), names.of(folder), config, results);
    }

    private static void check(RunResults results) throws IOException {
      if (results == null || results.status() == null) {
        throw new IOException(RunResults.FILE + " does not say how far the run has come");
      }
      int epochs = size(results.avgLoss());
      if (results.avgLoss() == null
          || size(results.epochSeconds()) != epochs
          || differs(results.testLoss(), epochs)
          || differs(results.testAcc(), epochs)) {
        throw new IOException(RunResults.FILE + " has lists of different lengths");
      }
    }

    private static boolean differs(List<?> values, int epochs) {
      return values != null && values.size() != epochs;
    }

    private static int size(List<?> values) {
      return values == null ? 0 : values.size();
    }

    private String relative(Path path) {
      String relative = root.relativize(path).toString();
      return relative.isEmpty() ? "." : relative;
    }

    /** Jackson's messages show the place in the source in lines of their own. */
    private static String oneLine(String message) {
      return message.lines().findFirst().orElse("damaged").strip();
    }
  }
}
