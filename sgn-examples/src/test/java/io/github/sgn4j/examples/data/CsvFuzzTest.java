package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Damaged tables are read or refused; nothing else happens. */
class CsvFuzzTest {

  private static final int MUTATIONS = 2500;
  private static final String GOOD =
      """
      name,n,"quo,ted",y
      x,1,"a""b",1.5
      y,2.5,"c
      d",2
      x,,e,3\r
      z,-1e3,?,4
      y,7,e,5
      x,8,e,6
      """;
  private static final String[] PIECES = {
    "\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\uFEFF",
    "NaN",
    "inf",
    "1e999",
    "-",
    "?",
    "NA",
    "\0",
    "é",
    "🍵",
    "\"\"",
    "9".repeat(400),
    "last",
    " ",
    "1e-400",
    "\n\n"
  };

  @TempDir Path folder;

  @Test
  void everyMutationIsReadOrRefused() {
    int[] read = new int[2];
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          Mutations mutations = new Mutations(5, 40, PIECES);
          byte[] plain = GOOD.getBytes(StandardCharsets.UTF_8);
          byte[] packed = MnistFiles.gzip(plain);
          Path file = folder.resolve("fuzz.csv");
          Path good = Files.writeString(folder.resolve("good.csv"), GOOD);
          for (int i = 0; i < MUTATIONS; i++) {
            byte[] whole = i % 10 == 9 ? packed : plain;
            byte[] bytes = i % 4 == 0 ? whole : mutations.mutated(whole);
            Files.write(file, bytes);
            read[reads(file, good, i) ? 1 : 0]++;
          }
        });
    assertThat(read[0]).as("refused").isGreaterThan(MUTATIONS / 10);
    assertThat(read[1]).as("read").isGreaterThan(MUTATIONS / 10);
  }

  private static boolean reads(Path file, Path good, int i) throws IOException {
    Task task = i % 2 == 0 ? Task.REGRESSION : Task.CLASSIFICATION;
    String target = i % 3 == 0 ? "last" : task == Task.REGRESSION ? "y" : "1";
    boolean asTest = i % 5 == 0;
    TabularOptions options =
        new TabularOptions(
            asTest ? good : file,
            asTest ? file : i % 7 == 0 ? good : null,
            0.3,
            target,
            task,
            i % 11 == 0 ? new CsvFormat(CsvFormat.Header.NO, ',') : CsvFormat.DETECTED,
            List.of());
    try {
      TabularData data = TabularData.read(options, i % 4 == 0 ? DataType.DOUBLE : DataType.FLOAT);
      assertThat(finite(data.data().train())).isTrue();
      assertThat(finite(data.data().test())).isTrue();
      assertThat(data.data().train().size()).isPositive();
      return true;
    } catch (DataException e) {
      assertThat(e.getMessage().split("\n", -1)).as(e.getMessage()).hasSizeLessThanOrEqualTo(3);
      assertThat(e.getMessage()).contains(".csv");
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("mutation " + i + ": " + Files.readString(file), e);
    }
  }

  private static boolean finite(Samples samples) {
    return Arrays.stream(samples.inputs().data().asDouble()).allMatch(Double::isFinite);
  }
}
