package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.MnistFiles;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small catalogue with one set of one file. */
final class Fixture {

  static final String NAME = "images.gz";

  /** An IDX file of noise, which hardly compresses: some 16 KB. */
  static final byte[] CONTENT = noise();

  static final byte[] BYTES = MnistFiles.gzip(CONTENT);

  static final CatalogueFile FILE =
      new CatalogueFile(NAME, FileKind.IDX, BYTES.length, CONTENT.length, sha256(CONTENT));

  private Fixture() {}

  private static byte[] noise() {
    byte[] idx = MnistFiles.images(20, 28, 28);
    byte[] noise = new byte[idx.length - 16];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, idx, 16, noise.length);
    return idx;
  }

  /** The content with its last pixel changed, compressed. */
  static byte[] otherBytes() {
    byte[] other = CONTENT.clone();
    other[other.length - 1] ^= 1;
    return MnistFiles.gzip(other);
  }

  static CatalogueSet set(URI... places) {
    return new CatalogueSet(
        "digits",
        "digits",
        "Digits",
        "20 images",
        "nobody",
        "none",
        Arrays.asList(places),
        List.of(FILE),
        null);
  }

  static LocalSet local(Path folder, URI... places) {
    return new LocalSet(set(places), DataFolder.find(folder, Map.of()));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
