package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.data.DataException;
import io.github.sgn4j.examples.data.DataFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A data set of the catalogue as it lies in the data folder. */
public final class LocalSet {

  private static final String GZIP = ".gz";

  private final CatalogueSet set;
  private final Path folder;

  /** That set in that folder; whether anything is there is seen when it is asked for. */
  public LocalSet(CatalogueSet set, DataFolder data) {
    this.set = set;
    this.folder = data.of(set.folder());
  }

  /** What should be there. */
  public CatalogueSet set() {
    return set;
  }

  /** The set's folder, which may not exist. */
  public Path folder() {
    return folder;
  }

  /** The files that will be read, or that are missing: as the loaders choose them. */
  public List<LocalFile> files() {
    boolean unpacked =
        !set.unpacked().isEmpty() && Files.isDirectory(path(set.unpacked().get(0)).getParent());
    return unpacked
        ? set.unpacked().stream().map(file -> new LocalFile(path(file), file, false)).toList()
        : set.files().stream().map(this::chosen).toList();
  }

  /** A decompressed file comes first. */
  private LocalFile chosen(CatalogueFile file) {
    Path plain = decompressed(file);
    return Files.exists(plain)
        ? new LocalFile(plain, file, plain.equals(path(file)))
        : new LocalFile(path(file), file, true);
  }

  private Path path(CatalogueFile file) {
    return folder.resolve(file.name());
  }

  private Path decompressed(CatalogueFile file) {
    String name = file.name();
    return file.kind() == FileKind.IDX && name.endsWith(GZIP)
        ? folder.resolve(name.substring(0, name.length() - GZIP.length()))
        : path(file);
  }

  /** Whether any of its files is there. */
  public boolean isAnythingThere() {
    return files().stream().anyMatch(file -> Files.exists(file.path()));
  }

  /** All files of this set that are there: every form of them, and what downloads left. */
  public List<Path> everything() {
    List<Path> paths = new ArrayList<>();
    for (CatalogueFile file : set.files()) {
      paths.add(path(file));
      if (!decompressed(file).equals(path(file))) {
        paths.add(decompressed(file));
      }
      paths.addAll(PartFile.paths(path(file)));
    }
    set.unpacked().forEach(file -> paths.add(path(file)));
    return paths.stream()
        .filter(path -> Files.isRegularFile(path) || Files.isSymbolicLink(path))
        .toList();
  }

  /**
   * Removes {@link #everything}, then the set's folders if nothing else is in them.
   *
   * @throws DataException if a file cannot be removed
   */
  public void remove() {
    for (Path path : everything()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new DataException("Cannot remove " + path + ": " + IoReasons.of(e) + ".", e);
      }
    }
    removeEmptyFolders();
  }

  /** Leaves no folder behind that nothing is in. */
  void removeEmptyFolders() {
    if (!set.unpacked().isEmpty()) {
      removeIfEmpty(path(set.unpacked().get(0)).getParent());
    }
    removeIfEmpty(folder);
  }

  private static void removeIfEmpty(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(path);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // Something of the user's is in it, or it is gone already.
      return;
    } catch (IOException e) {
      throw new DataException("Cannot remove " + path + ": " + IoReasons.of(e) + ".", e);
    }
  }
}
