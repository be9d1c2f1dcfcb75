package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.data.DataException;
import io.github.sgn4j.examples.data.download.FileCheck.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Downloads data sets: each file from the first of its places that delivers the content of the
 * catalogue. What is there and good stays; a file appears under its name when it is whole and
 * verified, not before.
 */
public final class Downloader {

  /** Tries at one place, as long as each brings the file further. */
  private static final int MOST_TRIES = 5;

  /** Room that is left on the disk, at least. */
  private static final long SPARE_BYTES = 1 << 24;

  private final Transfer transfer;
  private final ToLongFunction<Path> freeBytes;
  private final DownloadListener listener;

  /** Downloads with the usual patience. */
  public Downloader(DownloadListener listener) {
    this(
        Transfer.client(Timeouts.DEFAULT).build(),
        Timeouts.DEFAULT,
        Downloader::usableSpace,
        listener);
  }

  /**
   * Downloads through that client.
   *
   * @param freeBytes room in a folder
   */
  Downloader(
      HttpClient client,
      Timeouts timeouts,
      ToLongFunction<Path> freeBytes,
      DownloadListener listener) {
    this.transfer = new Transfer(client, timeouts);
    this.freeBytes = freeBytes;
    this.listener = listener;
  }

  private static long usableSpace(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      // Then writing will tell.
      return Long.MAX_VALUE;
    }
  }

  /**
   * Downloads what is missing or damaged.
   *
   * @throws DataException if a file cannot be had; if there is no room; if files that are there are
   *     not the official ones: they are left alone
   */
  public void download(LocalSet local) {
    List<LocalFile> wanted = new ArrayList<>();
    for (LocalFile file : local.files()) {
      FileCheck check = file.check();
      switch (check.state()) {
        case VERIFIED -> listener.verified(file.file());
        case MISSING -> wanted.add(file);
        case DAMAGED -> {
          requireReplaceable(local, file, check, file.isTarget());
          wanted.add(file);
        }
        case OTHER -> requireReplaceable(local, file, check, false);
      }
    }
    if (wanted.stream().anyMatch(file -> !file.isTarget())) {
      throw new DataException(
          wanted.get(0).path()
              + " is missing, and what lies beside it would be read before a download.\nRemove"
              + " that first: ./sgn datasets remove "
              + local.set().name());
    }
    checkRoom(local, wanted);
    try {
      wanted.forEach(file -> fetch(local, file));
    } finally {
      local.removeEmptyFolders();
    }
  }

  private static void requireReplaceable(
      LocalSet local, LocalFile file, FileCheck check, boolean replaceable) {
    if (!replaceable) {
      throw new DataException(
          file.path()
              + " is there and left alone. It is "
              + check.text()
              + ".\nTo have it replaced, remove the set first: ./sgn datasets remove "
              + local.set().name());
    }
  }

  private void checkRoom(LocalSet local, List<LocalFile> wanted) {
    long needed = 0;
    for (LocalFile file : wanted) {
      needed += file.file().size();
      needed -= PartFile.paths(file.path()).get(0).toFile().length();
    }
    Path existing = local.folder().toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    long free = freeBytes.applyAsLong(existing);
    if (needed > 0 && free - SPARE_BYTES < needed) {
      throw new DataException(
          String.format(
              "Not enough room in %s: %s takes %s, and %s are free.%nMake room, or name another"
                  + " folder: --data-dir DIR, or the environment variable SGN_DATA.",
              existing, local.set().title(), Sizes.of(needed), Sizes.of(free)));
    }
  }

  private void fetch(LocalSet local, LocalFile wanted) {
    try (PartFile part = PartFile.open(wanted.path())) {
      if (part.isResumable() && part.check(wanted.file()).state() == State.VERIFIED) {
        part.moveToTarget();
        listener.verified(wanted.file());
        return;
      }
      List<URI> urls = new ArrayList<>(local.set().urls(wanted.file()));
      // Where an earlier try got something, the rest may be had.
      urls.sort(Comparator.comparing(url -> !url.equals(part.resumableFrom())));
      String last = "";
      for (URI url : urls) {
        last = fetch(url, wanted.file(), part);
        if (last.isEmpty()) {
          listener.verified(wanted.file());
          return;
        }
      }
      throw new DataException(
          String.format(
              "Cannot download %s: no place delivered it. The last, %s%nCheck the network and try"
                  + " again%s.%nOr put the file into %s yourself.",
              wanted.file().name(),
              last,
              part.isResumable() ? " (what has arrived is kept and taken up)" : "",
              local.folder()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("The download of " + wanted.file().name() + " was interrupted.", e);
    }
  }

  /** Why the place did not deliver; empty if it did. */
  private String fetch(URI url, CatalogueFile file, PartFile part) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      long before = url.equals(part.resumableFrom()) ? part.size() : 0;
      String failure;
      try {
        failure = fetchOnce(url, file, part);
      } catch (TransferException e) {
        failure = e.getMessage();
      } finally {
        listener.ended();
      }
      if (failure.isEmpty()) {
        return failure;
      }
      boolean further = url.equals(part.resumableFrom()) && part.size() > before;
      // What was there did not fit: once more from the start.
      boolean anew = before > 0 && part.size() == 0;
      boolean again = tries < MOST_TRIES && (further || anew);
      String line = url.getHost() + ": " + failure;
      listener.note(
          file.name()
              + ": "
              + line
              + (!again ? "" : anew ? "; starting anew" : "; going on from there"));
      if (!again) {
        return line + ".";
      }
    }
  }

  private String fetchOnce(URI url, CatalogueFile file, PartFile part)
      throws TransferException, InterruptedException {
    boolean whole = transfer.fetch(url, file, part, listener);
    FileCheck check = part.check(file);
    if (check.state() == State.VERIFIED) {
      part.moveToTarget();
      return "";
    }
    if (!whole && check.state() == State.DAMAGED && part.size() < file.size()) {
      return "ended early, after " + part.size() + " bytes";
    }
    part.discard();
    return "sends something else (" + check.text() + ")";
  }
}
