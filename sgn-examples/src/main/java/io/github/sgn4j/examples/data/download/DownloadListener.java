package io.github.sgn4j.examples.data.download;

import java.net.URI;

/** Hears how a download goes. */
public interface DownloadListener {

  /**
   * Bytes begin to arrive.
   *
   * @param from whence
   * @param done bytes that are there from an earlier try
   * @param total bytes that are expected
   */
  void started(CatalogueFile file, URI from, long done, long total);

  /** So many bytes are there now. */
  void advanced(long done);

  /** No more bytes will arrive from there, for better or worse. */
  void ended();

  /** A file is there and verified. */
  void verified(CatalogueFile file);

  /** Something went wrong that need not be the end; one line. */
  void note(String line);
}
