package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.data.GzipMember;
import io.github.sgn4j.examples.data.download.FileCheck.State;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * Checks a file's content against the catalogue. Where the checksum differs, the format tells
 * whether the file is damaged or whole and another one, such as a part of the set, or images that
 * went through a lossy format.
 */
final class ContentCheck {

  private static final int BUFFER = 1 << 16;
  private static final int RECORD = 3073;

  /** Contents longer than so many times the official one are not read to their end. */
  private static final int MOST_TIMES = 8;

  private static final int SHOWN_DIGITS = 8;

  private static final int IDX_UNSIGNED_BYTES = 0x08;
  private static final int MOST_IDX_RANK = 4;

  private final Path path;
  private final CatalogueFile file;

  private ContentCheck(Path path, CatalogueFile file) {
    this.path = path;
    this.file = file;
  }

  /** Looks at the whole file. */
  static FileCheck of(Path path, CatalogueFile file) {
    if (!Files.exists(path)) {
      return FileCheck.of(State.MISSING);
    }
    if (!Files.isRegularFile(path)) {
      return FileCheck.damaged("it is no file");
    }
    ContentCheck check = new ContentCheck(path, file);
    try {
      return switch (file.kind()) {
        case IDX -> check.idx();
        case ARCHIVE -> check.archive();
        case RECORDS -> check.records();
      };
    } catch (EOFException e) {
      return FileCheck.damaged("it is cut short");
    } catch (ZipException e) {
      return FileCheck.damaged("the gzip data are broken (" + e.getMessage() + ")");
    } catch (IOException e) {
      return FileCheck.damaged("it cannot be read: " + IoReasons.of(e));
    }
  }

  private FileCheck idx() throws IOException {
    try (InputStream in = decompressed()) {
      byte[] magic = in.readNBytes(4);
      int rank = magic.length < 4 ? 0 : magic[3];
      if (rank < 1
          || rank > MOST_IDX_RANK
          || magic[0] != 0
          || magic[1] != 0
          || magic[2] != IDX_UNSIGNED_BYTES) {
        return FileCheck.damaged("it is no IDX file");
      }
      byte[] sizes = in.readNBytes(4 * rank);
      if (sizes.length < 4 * rank) {
        throw new EOFException();
      }
      double announced = magic.length + sizes.length + product(sizes);
      if (announced > (double) MOST_TIMES * file.contentSize()) {
        return FileCheck.other("its header announces something much larger");
      }
      MessageDigest digest = sha256();
      digest.update(magic);
      digest.update(sizes);
      long size = magic.length + sizes.length + digest(in, digest, (long) announced);
      if (size < announced) {
        throw new EOFException();
      }
      if (size > announced) {
        return FileCheck.damaged("it is longer than its header says");
      }
      return verdict(size, digest);
    }
  }

  private InputStream decompressed() throws IOException {
    try (InputStream peek = Files.newInputStream(path)) {
      if (!GzipMember.startsHere(peek.readNBytes(2))) {
        return new BufferedInputStream(Files.newInputStream(path), BUFFER);
      }
    }
    return GzipMember.open(path);
  }

  /** In double precision, which overflows to something large. */
  private static double product(byte[] sizes) {
    ByteBuffer dimensions = ByteBuffer.wrap(sizes);
    double product = 1;
    while (dimensions.hasRemaining()) {
      product *= Integer.toUnsignedLong(dimensions.getInt());
    }
    return product;
  }

  private FileCheck archive() throws IOException {
    FileCheck check = plain();
    if (check.state() == State.OTHER) {
      try (InputStream in = GzipMember.open(path)) {
        byte[] buffer = new byte[BUFFER];
        long left = MOST_TIMES * file.contentSize();
        for (int count = 0; count >= 0 && left > 0; left -= count) {
          count = in.read(buffer);
        }
      }
    }
    return check;
  }

  private FileCheck records() throws IOException {
    long size = Files.size(path);
    return size == 0 || size % RECORD != 0
        ? FileCheck.damaged(size + " bytes are no records of " + RECORD)
        : plain();
  }

  private FileCheck plain() throws IOException {
    long size = Files.size(path);
    if (size > MOST_TIMES * file.contentSize()) {
      return FileCheck.other("it is much larger");
    }
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(path)) {
      digest(in, digest, size);
    }
    return verdict(size, digest);
  }

  /** Reads to the end, or until the total is surpassed. */
  private static long digest(InputStream in, MessageDigest digest, long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    int count = 0;
    while (count >= 0 && size <= most) {
      count = in.read(buffer);
      if (count > 0) {
        digest.update(buffer, 0, count);
        size += count;
      }
    }
    return size;
  }

  private FileCheck verdict(long size, MessageDigest digest) {
    String found = HexFormat.of().formatHex(digest.digest());
    if (size == file.contentSize() && found.equals(file.sha256())) {
      return FileCheck.of(State.VERIFIED);
    }
    return FileCheck.other(
        size == file.contentSize()
            ? "its SHA-256 begins with "
                + found.substring(0, SHOWN_DIGITS)
                + " instead of "
                + file.sha256().substring(0, SHOWN_DIGITS)
            : "its content has " + size + " bytes, not " + file.contentSize());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
