package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TabularDataTest {

  private static final String NONE = null;

  @TempDir Path folder;

  private TabularData read(Task task, String target, String train, String test, String... ignored)
      throws IOException {
    Path csv = Files.writeString(folder.resolve("own.csv"), train.replace(' ', '\n'));
    Path testCsv =
        test == null
            ? null
            : Files.writeString(folder.resolve("test.csv"), test.replace(' ', '\n'));
    return TabularData.read(
        new TabularOptions(
            csv, testCsv, 0.25, target, task, CsvFormat.DETECTED, Arrays.asList(ignored)),
        DataType.DOUBLE);
  }

  private void assertRefused(
      Task task, String target, String train, String test, String file, String... parts) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(task, target, train, test))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).contains(folder.resolve(file).toString()).contains(parts);
              assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(3);
            });
  }

  private static void assertRows(INDArray actual, double[]... expected) {
    assertThat(actual.rank()).isEqualTo(2);
    assertThat(actual.toDoubleMatrix().length).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.toDoubleMatrix()[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void standardisesByTheTrainPartAlone() throws IOException {
    // Features 1 and 5: mean 3, deviation 2. Targets 10, 10, 40: mean 20, deviation sqrt(200).
    TabularData data = read(Task.REGRESSION, "y", "a,y 1,10 5,10 ?,40", "a,y 11,20 NA,0");

    double s = Math.sqrt(200);
    assertRows(data.data().train().inputs(), new double[][] {{-1}, {1}, {0}});
    assertRows(data.data().test().inputs(), new double[][] {{4}, {0}});
    assertRows(data.data().train().targets(), new double[][] {{-10 / s}, {-10 / s}, {20 / s}});
    assertRows(data.data().test().targets(), new double[][] {{0}, {-20 / s}});
    assertThat((double) data.description().get("target_mean")).isCloseTo(20, within(1e-12));
    assertThat((double) data.description().get("target_deviation")).isCloseTo(s, within(1e-12));
    assertThat(data.notes()).anyMatch(n -> n.contains("times 200.000 ") && n.contains("\"y\""));
    assertThat(data.notes()).anyMatch(n -> n.contains("train mean") && n.contains("2 in \"a\""));
  }

  @Test
  void encodesTextsOneHotInSortedOrder() throws IOException {
    TabularData data =
        read(Task.REGRESSION, "y", "t,u,y b,p,1 a,?,2 b,p,3", "u,t,y q,a,1 ?,?,2 p,new,3 ?,1,2");

    // t: a, b; u: p and missing.
    assertRows(
        data.data().train().inputs(), new double[][] {{0, 1, 1, 0}, {1, 0, 0, 1}, {0, 1, 1, 0}});
    assertRows(
        data.data().test().inputs(),
        new double[][] {{1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}, {0, 0, 0, 1}});
    assertThat(data.notes())
        .anyMatch(n -> n.contains("category of their own") && n.contains("3 in \"u\""))
        .anyMatch(n -> n.contains("became zeros: 3: ") && n.contains("2 in \"t\""));
    assertThat(data.description())
        .containsEntry("inputs", 4)
        .containsEntry("text_columns", 2L)
        .containsEntry("numeric_columns", 0L);
  }

  @Test
  void numbersAreCategoriesWhereTheTrainColumnHasTexts() throws IOException {
    TabularData data = read(Task.REGRESSION, "y", "t,y 1,1 x,2", "t,y 1,1 2,2");

    assertRows(data.data().test().inputs(), new double[][] {{1, 0}, {0, 0}});
  }

  @Test
  void classesAreSortedAsNumbersOrTexts() throws IOException {
    TabularData numbers =
        read(Task.CLASSIFICATION, "last", "a,y 1,10 2,9 3,-1 4,10.0 5,1e1", "a,y 1,9 1,-1.0");
    assertThat(numbers.description()).containsEntry("classes", List.of("-1", "9", "10"));
    assertThat(numbers.data().train().targets().toIntVector()).containsExactly(2, 1, 0, 2, 2);
    assertThat(numbers.data().test().targets().toIntVector()).containsExactly(1, 0);
    assertThat(numbers.data().train().targets().dataType()).isEqualTo(DataType.INT32);
    assertThat(numbers.data().outputs()).isEqualTo(3);

    TabularData texts = read(Task.CLASSIFICATION, "1", "y,a no,1 yes,2 10,3", "y,a 10,5");
    assertThat(texts.description()).containsEntry("classes", List.of("10", "no", "yes"));
    assertThat(texts.data().test().targets().toIntVector()).containsExactly(0);
  }

  @Test
  void leavesConstantColumnsOut() throws IOException {
    TabularData data =
        read(
            Task.REGRESSION,
            "y",
            "a,zero,same,t,none,y 1,-0,3,x,?,1 2,0,?,x,?,2",
            "a,zero,same,t,none,y 1,5,7,z,8,1");

    assertRows(data.data().train().inputs(), new double[][] {{-1}, {1}});
    assertThat(data.data().features()).isEqualTo(1);
    assertThat(data.notes())
        .anyMatch(
            n -> n.startsWith("left out") && n.contains("\"zero\", \"same\", \"t\", \"none\""));
  }

  @Test
  void ignoresColumnsThatItIsTold() throws IOException {
    TabularData data = read(Task.REGRESSION, "y", "id,a,y i,1,1 inf,2,2", "y,a 1,1", "id");

    assertThat(data.data().features()).isEqualTo(1);
    assertThat(data.description()).containsEntry("ignored", List.of("id"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Task.REGRESSION, "y", "a,y 1,1 2,2", NONE, "2"))
        .withMessageContaining("both target and ignored");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(Task.REGRESSION, "y", "a,y 1,1 2,2", NONE, "b"))
        .withMessageContaining("no column \"b\"");
  }

  @Test
  void splitsEveryRowIntoOneOfTheParts() throws IOException {
    String rows =
        IntStream.range(0, 41).mapToObj(i -> i + "," + i % 3).collect(Collectors.joining(" "));
    TabularData data = read(Task.CLASSIFICATION, "y", "a,y " + rows, NONE);

    assertThat(data.data().train().size()).isEqualTo(31);
    assertThat(data.data().test().size()).isEqualTo(10);
    assertThat(read(Task.CLASSIFICATION, "y", "a,y " + rows, NONE).data()).isEqualTo(data.data());
    assertThat(data.description())
        .containsEntry("test_fraction", 0.25)
        .containsEntry("split_seed", 1L)
        .containsEntry("train_rows", 31)
        .containsEntry("test_rows", 10);

    for (double fraction : new double[] {1e-9, 0.5, 1 - 1e-9}) {
      for (int n : new int[] {2, 3, 100}) {
        RowSplit split = RowSplit.random(n, fraction);
        List<Integer> all = new ArrayList<>();
        Arrays.stream(split.train()).forEach(all::add);
        Arrays.stream(split.test()).forEach(all::add);
        assertThat(split.train()).isNotEmpty().isSorted();
        assertThat(split.test()).isNotEmpty().isSorted();
        assertThat(all).hasSize(n).doesNotHaveDuplicates();
      }
    }
    // Not simply the first rows or the last.
    int[] test = RowSplit.random(100, 0.2).test();
    assertThat(test[0]).isLessThan(25);
    assertThat(test[19]).isGreaterThan(75);
  }

  @Test
  void theTestPartChangesNothingOfTheTrainPart() throws IOException {
    String train = "a,t,y 1,p,1 2,q,2 4,p,5";
    Samples one = read(Task.REGRESSION, "y", train, "a,t,y 1,p,1").data().train();
    Samples other = read(Task.REGRESSION, "y", train, "a,t,y 900,w,-7").data().train();

    assertThat(other).isEqualTo(one);
  }

  @Test
  void saysWhichClassesAreNotInTheTrainPart() throws IOException {
    int[] test = RowSplit.random(40, 0.25).test();
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + (i == test[0] ? "rare" : i % 2 == 0 ? "even" : "odd"))
            .collect(Collectors.joining(" "));
    TabularData data = read(Task.CLASSIFICATION, "y", "a,y " + rows, NONE);

    assertThat(data.data().outputs()).isEqualTo(3);
    assertThat(data.notes()).anyMatch(n -> n.contains("1 class has") && n.contains("\"rare\""));
    int[] half = RowSplit.random(40, 0.25).train();
    String split =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + (Arrays.binarySearch(half, i) < 0 ? "p" : "q"))
            .collect(Collectors.joining(" "));
    assertRefused(Task.CLASSIFICATION, "y", "a,y " + split, NONE, "own.csv", "one class only");
  }

  @Test
  void largeAndSmallNumbersAreStandardisedAsWell() throws IOException {
    for (String unit : new String[] {"e300", "e-310", "e0"}) {
      TabularData data =
          read(
              Task.REGRESSION,
              "y",
              "a,y -1u,1 1u,2 1u,3 -1u,5".replace("u", unit),
              "a,y 1u,1".replace("u", unit));
      assertRows(data.data().train().inputs(), new double[][] {{-1}, {1}, {1}, {-1}});
      assertRows(data.data().test().inputs(), new double[][] {{1}});
    }
    TabularData close =
        read(Task.REGRESSION, "y", "a,y 1000000000000001,1 1000000000000002,2", "a,y 0,0");
    assertThat(close.data().train().inputs().getDouble(1, 0)).isCloseTo(1, within(0.3));
  }

  @Test
  void refusesTargetsThatAreMissingOrNoNumbers() {
    assertRefused(
        Task.REGRESSION,
        "y",
        "a,y 1,1 2,? 3,NA",
        NONE,
        "own.csv",
        "line 3, column 2 (\"y\"): the target is missing",
        "1 more row");
    assertRefused(
        Task.CLASSIFICATION, "y", "a,y 1,p 2,q", "a,y 1,p 2,", "test.csv", "line 3", "missing");
    assertRefused(
        Task.REGRESSION,
        "y",
        "a,y 1,1 2,high",
        NONE,
        "own.csv",
        "line 3",
        "\"high\"",
        "regression");
    assertRefused(
        Task.REGRESSION, "y", "a,y 1,1 2,3", "a,y 1,1 2,x", "test.csv", "line 3", "\"x\"");
    assertRefused(Task.REGRESSION, "y", "a,y 1,1 2,1e999", NONE, "own.csv", "line 3", "finite");
    assertRefused(Task.CLASSIFICATION, "y", "a,y 1,1 2,-inf", NONE, "own.csv", "line 3", "finite");
    assertRefused(
        Task.REGRESSION, "y", "a,y 1,4 2,4", "a,y 1,4", "own.csv", "column 2", "the same");
  }

  @Test
  void refusesClassesThatAreTooFewTooManyOrUnknown() {
    assertRefused(Task.CLASSIFICATION, "y", "a,y 1,x 2,x", NONE, "own.csv", "two classes", "\"x\"");
    assertRefused(
        Task.CLASSIFICATION, "y", "a,y 1,x 2,z", "a,y 1,x 2,zz", "test.csv", "line 3", "\"zz\"");
    assertRefused(
        Task.CLASSIFICATION, "y", "a,y 1,1 2,2", "a,y 1,1 2,3", "test.csv", "line 3", "\"3\"");
    assertRefused(
        Task.CLASSIFICATION, "y", "a,y 1,1 2,2", "a,y 1,1.0 2,x", "test.csv", "line 3", "\"x\"");
    String many =
        IntStream.rangeClosed(0, ClassLabels.MOST_CLASSES)
            .mapToObj(i -> i + "," + i)
            .collect(Collectors.joining(" "));
    assertRefused(
        Task.CLASSIFICATION, "y", "a,y " + many, NONE, "own.csv", "1000", "--task regression");
    assertRefused(
        Task.CLASSIFICATION,
        "y",
        "a,y " + many.replaceAll(",", ",c"),
        NONE,
        "own.csv",
        "1000",
        "\"c0\" in line 2");
  }

  @Test
  void refusesFeaturesThatCannotBeEncoded() {
    assertRefused(
        Task.REGRESSION,
        "y",
        "a,y 1,1 inf,2",
        "a,y 1,1",
        "own.csv",
        "line 3",
        "column 1",
        "finite");
    assertRefused(
        Task.REGRESSION, "y", "a,y 1,1 2,2", "a,y 1,1 x,2", "test.csv", "line 3", "\"x\"");
    assertRefused(
        Task.REGRESSION, "y", "a,y 1,1 2,2", "a,y 1,1 1e99,2", "test.csv", "line 3", "too far");
    String many =
        IntStream.range(0, 101).mapToObj(i -> "c" + i + ",1 ").collect(Collectors.joining());
    assertRefused(
        Task.REGRESSION,
        "y",
        "a,y " + many + "c1,2",
        "a,y 1,1",
        "own.csv",
        "100",
        "column 1 (\"a\")",
        "\"c0\" in line 2",
        "--ignore a");
    assertRefused(
        Task.REGRESSION,
        "y",
        "a,y " + many.replace('c', '0') + "5;0,2",
        "a,y 1,1",
        "own.csv",
        "100",
        "\"5;0\" in line 103");
    assertRefused(Task.REGRESSION, "y", "a,y 1,1 1,2", "a,y 1,1", "own.csv", "no column to learn");
    assertRefused(Task.REGRESSION, "1", "y 1 2", "y 1", "own.csv", "--delimiter");
    assertRefused(Task.REGRESSION, "y", "a,y 1,1", NONE, "own.csv", "two or more");
  }

  @Test
  void aHundredTextsAreEncoded() throws IOException {
    String rows =
        IntStream.range(0, 100).mapToObj(i -> "c" + i + "," + i).collect(Collectors.joining(" "));

    TabularData data = read(Task.REGRESSION, "y", "a,y " + rows, "a,y c7,1");

    assertThat(data.data().features()).isEqualTo(100);
    assertThat(data.data().train().inputs().sumNumber().doubleValue()).isEqualTo(100);
  }

  @Test
  void refusesInputsThatFitNoMemory() throws IOException {
    Path csv = Files.writeString(folder.resolve("own.csv"), "a,b,y\n1,2,3\n4,5,6\n");
    CsvTable table = CsvTable.read(csv, CsvFormat.DETECTED);
    TabularEncoder encoder =
        TabularEncoder.fit(table, List.of(0, 1), new int[] {0, 1}, new TabularNotes());

    encoder.requireMemory(table, 100, DataType.FLOAT, 1600);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> encoder.requireMemory(table, 101, type, 1600))
          .withMessageContaining("SGN_JAVA_OPTS");
    }
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> encoder.requireMemory(table, 1 << 30, DataType.FLOAT, Long.MAX_VALUE))
        .withMessageContaining("2^31");
  }

  @Test
  void singlePrecisionIsTheRoundedDouble() throws IOException {
    TabularData exact = read(Task.REGRESSION, "y", "a,t,y 1,p,1 2,q,2 4,p,5", "a,t,y 1,p,1");
    TabularData rounded =
        TabularData.read(
            new TabularOptions(
                folder.resolve("own.csv"),
                folder.resolve("test.csv"),
                0.5,
                "y",
                Task.REGRESSION,
                CsvFormat.DETECTED,
                List.of()),
            DataType.FLOAT);

    assertThat(rounded.data().train().inputs())
        .isEqualTo(exact.data().train().inputs().castTo(DataType.FLOAT));
    assertThat(rounded.data().train().targets().dataType()).isEqualTo(DataType.FLOAT);
  }
}
