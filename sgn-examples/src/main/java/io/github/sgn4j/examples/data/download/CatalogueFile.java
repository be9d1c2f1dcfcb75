package io.github.sgn4j.examples.data.download;

/**
 * A file of the catalogue.
 *
 * @param name below the set's folder, and at its places
 * @param kind what it is
 * @param size bytes as it is published; a place may compress it in another way
 * @param contentSize bytes of its content
 * @param sha256 of its content, in hexadecimal digits
 */
public record CatalogueFile(
    String name, FileKind kind, long size, long contentSize, String sha256) {

  /** Compressing makes nothing longer than by so much. */
  private static final long OVERHEAD = 1 << 16;

  /** A download longer than this is not the file. */
  long mostBytes() {
    return kind == FileKind.IDX ? contentSize + contentSize / 1000 + OVERHEAD : size;
  }
}
