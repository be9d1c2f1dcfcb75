package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.download.Catalogue;
import io.github.sgn4j.examples.data.download.CatalogueSet;
import io.github.sgn4j.examples.data.download.Downloader;
import io.github.sgn4j.examples.data.download.FileCheck;
import io.github.sgn4j.examples.data.download.FileCheck.State;
import io.github.sgn4j.examples.data.download.LocalFile;
import io.github.sgn4j.examples.data.download.LocalSet;
import io.github.sgn4j.examples.data.download.Sizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code ./sgn datasets}: what there is, and its download, check and removal. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description = {
      "Lists the data sets that can be downloaded; by its commands downloads them from the places"
          + " that publish them, checks and removes them. Boston comes with the program, the sine is"
          + " made by it."
    })
final class DatasetsCommand implements Runnable {

  private final Console console;
  // Made when they are needed: every command starts with all of them being declared.
  private final Supplier<Catalogue> catalogue;
  private final Supplier<Downloader> downloader;

  @Option(
      names = "--data-dir",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of data sets. Default: $SGN_DATA, else sgn4j in your cache folder.")
  private Path dataDir;

  private DatasetsCommand(
      Console console, Supplier<Catalogue> catalogue, Supplier<Downloader> downloader) {
    this.console = console;
    this.catalogue = catalogue;
    this.downloader = downloader;
  }

  /** The command with its own commands. */
  static CommandLine commandLine(Console console) {
    return commandLine(
        console, Catalogue::bundled, () -> new Downloader(DownloadProgress.of(console)));
  }

  static CommandLine commandLine(
      Console console, Supplier<Catalogue> catalogue, Supplier<Downloader> downloader) {
    DatasetsCommand datasets = new DatasetsCommand(console, catalogue, downloader);
    return new CommandLine(datasets)
        .addSubcommand(datasets.new ListCommand())
        .addSubcommand(datasets.new DownloadCommand())
        .addSubcommand(datasets.new VerifyCommand())
        .addSubcommand(datasets.new RemoveCommand());
  }

  @Override
  public void run() {
    list();
  }

  private List<LocalSet> sets(String... names) {
    Catalogue all = catalogue.get();
    DataFolder folder = DataFolder.find(dataDir, console.environment());
    List<CatalogueSet> chosen =
        names.length == 0 ? all.sets() : Arrays.stream(names).map(all::find).distinct().toList();
    return chosen.stream().map(set -> new LocalSet(set, folder)).toList();
  }

  private void list() {
    for (LocalSet local : sets()) {
      CatalogueSet set = local.set();
      console.line(String.format("%-9s %s: %s", set.name(), set.title(), set.description()));
      console.line(
          String.format(
              "%-9s %s; licence: %s; %s to download",
              "", set.source(), set.licence(), Sizes.of(set.size())));
      console.line(String.format("%-9s %s, %s", "", state(local), local.folder()));
    }
  }

  /** One state for all files, or how many are in which. */
  private static String state(LocalSet local) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    local.files().forEach(file -> counts.merge(file.check().state(), 1, Integer::sum));
    if (counts.size() == 1) {
      State state = counts.keySet().iterator().next();
      return state == State.VERIFIED ? "present" : state.text();
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().text())
        .collect(Collectors.joining(", ", "files: ", ""));
  }

  /** {@code list}, which is what the command does by itself as well. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = SgnCommand.VersionProvider.class,
      description = "Lists the data sets, with what is there of them.")
  final class ListCommand implements Runnable {
    @Override
    public void run() {
      list();
    }
  }

  /** {@code download}. */
  @Command(
      name = "download",
      mixinStandardHelpOptions = true,
      versionProvider = SgnCommand.VersionProvider.class,
      description =
          "Downloads data sets, verifies them by size and SHA-256 and puts them where mlp and convnet"
              + " look. What is there and good stays; a download that was cut off is taken up again.")
  final class DownloadCommand implements Runnable {

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "As ./sgn datasets lists them.")
    private String[] names = {};

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Override
    public void run() {
      if (all == (names.length > 0)) {
        throw new InputException(
            "Name the data sets to download, or --all.\n./sgn datasets lists them.");
      }
      Downloader downloads = downloader.get();
      for (LocalSet local : sets(names)) {
        downloads.download(local);
        console.line(local.set().title() + " is there: " + local.folder());
      }
    }
  }

  /** {@code verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      versionProvider = SgnCommand.VersionProvider.class,
      description =
          "Compares data sets with their official content, by size and SHA-256. Exit status 2 if"
              + " anything differs or is missing.")
  final class VerifyCommand implements Runnable {

    @Parameters(
        arity = "0..*",
        paramLabel = "NAME",
        description = "As ./sgn datasets lists them. Default: those that are there.")
    private String[] names = {};

    @Override
    public void run() {
      List<LocalSet> chosen =
          sets(names).stream().filter(set -> names.length > 0 || set.isAnythingThere()).toList();
      Map<State, Integer> counts = new EnumMap<>(State.class);
      for (LocalSet local : chosen) {
        for (LocalFile file : local.files()) {
          FileCheck check = file.check();
          counts.merge(check.state(), 1, Integer::sum);
          console.line(file.path() + ": " + check.text());
        }
      }
      if (chosen.isEmpty()) {
        console.line("No data set is there. ./sgn datasets download NAME downloads one.");
      }
      counts.remove(State.VERIFIED);
      if (!counts.isEmpty()) {
        boolean other = counts.keySet().equals(Set.of(State.OTHER));
        throw new InputException(
            "Not verified: "
                + counts.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey().text())
                    .collect(Collectors.joining(", "))
                + (other
                    ? ".\nThey are left alone; ./sgn datasets remove NAME makes room for a download."
                    : ".\n./sgn datasets download NAME fetches what is missing or damaged."));
      }
    }
  }

  /** {@code remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      versionProvider = SgnCommand.VersionProvider.class,
      description =
          "Removes the files of data sets, and nothing else. Without --yes it only shows them.")
  final class RemoveCommand implements Runnable {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "As ./sgn datasets lists them.")
    private String[] names;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public void run() {
      List<LocalSet> chosen = sets(names);
      List<Path> files = new ArrayList<>();
      chosen.forEach(local -> files.addAll(local.everything()));
      for (Path file : files) {
        console.line((yes ? "Removed: " : "Would be removed: ") + file + ", " + size(file));
      }
      if (files.isEmpty()) {
        console.line("Nothing of it is there.");
      } else if (!yes) {
        throw new InputException("Nothing is removed yet. Repeat the command with --yes to do it.");
      }
      chosen.forEach(LocalSet::remove);
    }

    private static String size(Path file) {
      try {
        return Sizes.of(Files.size(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
