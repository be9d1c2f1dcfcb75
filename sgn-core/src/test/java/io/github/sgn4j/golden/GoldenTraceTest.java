package io.github.sgn4j.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays every trace in a folder, one case a file: the one named by the system property {@code
 * sgn.golden.dir}, or the traces among the test resources.
 */
class GoldenTraceTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void matchesTheReference(String name, Path path) {
    new GoldenChecker(SameDiffGoldenModel::new).check(TraceFile.read(path));
  }

  static Stream<Object[]> files() throws IOException {
    return TraceFolder.files().stream()
        .map(path -> new Object[] {String.valueOf(path.getFileName()), path});
  }
}
