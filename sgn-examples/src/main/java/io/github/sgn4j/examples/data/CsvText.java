package io.github.sgn4j.examples.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The text of a file: UTF-8 with or without a byte order mark, plain or gzip (its content decides,
 * not its name). Read once, from front to back, so that it may be a pipe.
 */
final class CsvText {

  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CsvText() {}

  /**
   * Opens the file. Bytes that are no UTF-8 make the reader throw a {@link
   * java.nio.charset.CharacterCodingException}.
   */
  static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(new Unasked(Files.newInputStream(file)), BUFFER);
    try {
      in.mark(2);
      byte[] start = in.readNBytes(2);
      in.reset();
      if (GzipMember.startsHere(start)) {
        // Several members one after the other are one text, as for gunzip.
        in =
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
      }
      return withoutMark(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static BufferedReader withoutMark(InputStream in) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            BUFFER);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /** Never says how much is there: a file's stream finds out by its position, a pipe has none. */
  private static final class Unasked extends FilterInputStream {

    Unasked(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
