package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.examples.data.CsvFormat.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("own.csv");
  }

  private CsvTable read(String content) throws IOException {
    return read(content, CsvFormat.DETECTED);
  }

  private CsvTable read(String content, CsvFormat format) throws IOException {
    Files.writeString(file, content);
    return CsvTable.read(file, format);
  }

  private void assertRefused(String content, String... parts) throws IOException {
    Files.writeString(file, content);
    assertRefused(() -> CsvTable.read(file, CsvFormat.DETECTED), parts);
  }

  private void assertRefused(ThrowingCallable reading, String... parts) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(reading)
        .satisfies(
            e -> {
              assertThat(e.getMessage())
                  .contains(parts)
                  .contains(file.toString())
                  .doesNotContain("..\n");
              assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(3);
            });
  }

  private static List<String> names(CsvTable table) {
    return table.columns().stream().map(CsvColumn::name).toList();
  }

  private static List<String> texts(CsvTable table, int column) {
    return IntStream.range(0, table.rows()).mapToObj(table.column(column)::text).toList();
  }

  private static List<Double> numbers(CsvTable table, int column) {
    return IntStream.range(0, table.rows()).mapToObj(table.column(column)::value).toList();
  }

  @Test
  void readsNumbersTextsAndLines() throws IOException {
    CsvTable table = read("a,b\n1,x\n-2.5e1,y\n\n.5,x\n");

    assertThat(table.header()).isTrue();
    assertThat(names(table)).containsExactly("a", "b");
    assertThat(numbers(table, 0)).containsExactly(1.0, -25.0, 0.5);
    assertThat(table.column(1).isNumeric()).isFalse();
    assertThat(texts(table, 1)).containsExactly("x", "y", "x");
    assertThat(IntStream.range(0, 3).mapToLong(table.lines()::of)).containsExactly(2L, 3L, 5L);
  }

  @Test
  void quotesHoldDelimitersQuotesAndLineBreaks() throws IOException {
    CsvTable table =
        read("\"na,me\",n\n \"say \"\"hi\"\"\" , 1\r\n\"two\r\nlines\",2\r\n  last ,3");

    assertThat(names(table)).containsExactly("na,me", "n");
    assertThat(texts(table, 0)).containsExactly("say \"hi\"", "two\r\nlines", "last");
    assertThat(numbers(table, 1)).containsExactly(1.0, 2.0, 3.0);
    assertThat(IntStream.range(0, 3).mapToLong(table.lines()::of)).containsExactly(2L, 3L, 5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsOfAnySystemWithOrWithoutTheLast(String end) throws IOException {
    for (String last : new String[] {"", end, end + end, end + "  " + end}) {
      CsvTable table = read(String.join(end, "a,b", "1,2", "3,4") + last);

      assertThat(numbers(table, 1)).containsExactly(2.0, 4.0);
      assertThat(table.lines().of(1)).isEqualTo(3);
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() throws IOException {
    CsvTable table = read("\uFEFFgröße,n\n1,2\n");

    assertThat(names(table)).containsExactly("größe", "n");
    assertThat(table.find("größe")).isZero();
  }

  @Test
  void readsGzipWhateverItsNameInSeveralMembersToo() throws IOException {
    byte[] first = MnistFiles.gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    byte[] second = MnistFiles.gzip("3,4\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Files.write(file, both);

    assertThat(numbers(CsvTable.read(file, CsvFormat.DETECTED), 1)).containsExactly(2.0, 4.0);

    Files.write(file, Arrays.copyOf(both, both.length - 10));
    assertRefused(() -> CsvTable.read(file, CsvFormat.DETECTED), "cut short");
    Files.write(file, Arrays.copyOf(both, both.length + 3));
    assertRefused(
        () -> CsvTable.read(file, CsvFormat.DETECTED), "Cannot read", "after a valid .gz stream.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "a,b,c~1,2,3 | ,",
        "a;b;c~1;2;3 | ;",
        "a_b_c~1_2_3 | _",
        // Decimal commas, and commas in names and texts.
        "a;b;c~1,5;2,5;3,1 | ;",
        "1,5;2,5;3~2,5;1;2,5 | ;",
        "a_b~x, y_2 | _",
        "\"a;b\",c~\"x;y\",2 | ,",
        "a,b;c~1,2~3,4 | ,",
        // One wrong row does not change it.
        "a,b,c~1,2,3~1,2,3~1,2~1,2,3 | ,",
        "a~1 | ,",
      })
  void findsTheDelimiter(String content, String delimiter) throws IOException {
    Files.writeString(file, content.replace('~', '\n').replace('_', '\t'));
    try (var reader = Files.newBufferedReader(file)) {
      assertThat(CsvDelimiter.detect(reader)).isEqualTo(delimiter.replace('_', '\t').charAt(0));
      assertThat(reader.readLine()).isEqualTo(Files.readAllLines(file).get(0));
    }
  }

  @Test
  void findsTheDelimiterOfALongFile() throws IOException {
    String row = "\"a; b\nc\",2,3\n";
    CsvTable table = read("x,y,z\n" + row.repeat(20_000));

    assertThat(table.delimiter()).isEqualTo(',');
    assertThat(table.rows()).isEqualTo(20_000);
    assertThat(table.lines().of(19_999)).isEqualTo(40_000);
  }

  @Test
  void takesTheDelimiterItIsGiven() throws IOException {
    assertThat(names(read("a|b,c\n1|2\n", new CsvFormat(Header.AUTO, '|'))))
        .containsExactly("a", "b,c");
    assertThat(names(read("a b c\n1 2 3\n", new CsvFormat(Header.AUTO, ' '))))
        .containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b~1,2 | true",
        "1,2~3,4 | false",
        "a,2~b,4 | false",
        "?,a~b,c | false",
        "NA,a~b,c | false",
        ",a~1,2 | true",
        ",~1,2 | false",
        "red,blue~red,green | true",
      })
  void tellsNamesFromData(String content, boolean header) throws IOException {
    CsvTable table = read(content.replace('~', '\n'));

    assertThat(table.header()).isEqualTo(header);
    assertThat(table.rows()).isEqualTo(header ? 1 : 2);
  }

  @Test
  void namesAreWhatTheUserSaysTheyAre() throws IOException {
    assertThat(names(read("2020,2021\n1,2\n", new CsvFormat(Header.YES, null))))
        .containsExactly("2020", "2021");
    assertThat(names(read("a,b\nc,d\n", new CsvFormat(Header.NO, null)))).containsExactly("1", "2");
  }

  @Test
  void findsColumnsByNameThenNumberThenLast() throws IOException {
    CsvTable table = read("b,1,c\n1,2,3\n", new CsvFormat(Header.YES, null));

    assertThat(table.find("b")).isZero();
    assertThat(table.find("1")).isEqualTo(1);
    assertThat(table.find("3")).isEqualTo(2);
    assertThat(table.find("last")).isEqualTo(2);
    for (String none : new String[] {"B", "0", "4", "", "-1", "99999999999"}) {
      assertRefused(() -> table.find(none), "no column \"" + none + "\"", "\"b\", \"1\", \"c\".");
    }
    assertRefused(() -> read("1,2\n3,4\n").find("x"), "2 columns", "no line of names");
    assertThat(read("last,b\n1,2\n").find("last")).isZero();
  }

  @Test
  void missingValuesHaveFourSpellings() throws IOException {
    CsvTable table = read("a,b\n1,x\n,\n?,?\nNA,NA\nnan,NaN\n \"\" , \n");

    assertThat(table.column(0).isNumeric()).isTrue();
    assertThat(table.column(0).missing()).isEqualTo(5);
    assertThat(numbers(table, 0)).containsOnlyOnce(1.0).contains(Double.NaN);
    assertThat(texts(table, 1)).containsExactly("x", null, null, null, null, null);
    assertThat(table.column(1).firstMissingLine()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "1e5",
        "1E-5",
        "-1.5e+05",
        "inf",
        "-Infinity",
        "1e999"
      })
  void theseAreNumbers(String text) {
    assertThat(CsvCells.isNumber(text)).isTrue();
    assertThat(CsvCells.number(text))
        .isEqualTo(text.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "-.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1f",
        "0x10",
        "1_000",
        "1,5",
        "1 2",
        "--1",
        "1.2.3",
        "١",
        "infinite",
        "1e5.0",
        "NaN"
      })
  void theseAreNot(String text) {
    assertThat(CsvCells.isNumber(text)).isFalse();
  }

  @Test
  void aLateTextMakesAColumnOfTextsWithItsNumbersAsWritten() throws IOException {
    CsvTable table = read("a,b\n01,1\n1,1\n1.0,1\nx,1\n");

    assertThat(texts(table, 0)).containsExactly("01", "1", "1.0", "x");
    assertThat(table.column(0).firstText()).isEqualTo("x");
    assertThat(table.column(0).firstTextLine()).isEqualTo(5);
  }

  @Test
  void doesNotKeepTooManyTexts() {
    CsvColumn texts = new CsvColumn("t", 1);
    CsvColumn numbers = new CsvColumn("n", 2);
    for (int i = 0; i < 2000; i++) {
      assertThat(texts.hasTexts()).isEqualTo(i <= CsvColumn.MOST_TEXTS);
      assertThat(numbers.hasTexts()).isEqualTo(i <= CsvColumn.MOST_TEXTS_OF_NUMBERS);
      texts.add("x" + i, i);
      numbers.add("" + i, i);
    }
    assertThat(numbers.value(1999)).isEqualTo(1999);
    numbers.add("x", 2001);
    assertThat(numbers.isNumeric() || numbers.hasTexts()).isFalse();
  }

  @Test
  void refusesRaggedRows() throws IOException {
    assertRefused("a,b,c\n1,2,3\n\n1,2\n", "line 4", "2 values instead of 3");
    assertRefused("a,b\n\"x\ny\",2\n1,2,3\n", "line 4", "3 values instead of 2");
  }

  @Test
  void refusesWhatHoldsNoRows() throws IOException {
    assertRefused("", "is empty");
    assertRefused("\n\n  \n", "is empty");
    assertRefused("\uFEFF", "is empty");
    assertRefused("a,b\n", "no rows", "--header no");
  }

  @Test
  void refusesEqualNames() throws IOException {
    assertRefused(
        "a,b,a\n1,2,3\n", "line 1", "column 1 (\"a\")", "column 3 (\"a\")", "--header no");
    assertThat(names(read("a,,\n1,2,3\n"))).containsExactly("a", "2", "3");
  }

  @Test
  void refusesQuotesThatDoNotFit() throws IOException {
    assertRefused("a,b\n1,2\n\"x,2\n3,4\n", "line 3", "closing quote");
    assertRefused("a,b\n1,2\n1,\"x\"y\n", "line 3", "closing quote");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    for (byte[] bytes :
        List.of(
            "größe,n\n1,2\n".getBytes(StandardCharsets.ISO_8859_1),
            "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16),
            new byte[] {(byte) 0xff})) {
      Files.write(file, bytes);
      assertRefused(() -> CsvTable.read(file, CsvFormat.DETECTED), "UTF-8");
    }
  }

  @Test
  void refusesWhatCannotBeRead() throws IOException {
    assertRefused(() -> CsvTable.read(file, CsvFormat.DETECTED), "no such file");
    Files.createDirectory(file);
    assertRefused(() -> CsvTable.read(file, CsvFormat.DETECTED), "Cannot read");
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    Files.writeString(file, "a,b\n1,2\n3,4\n5,6\n");

    assertThat(new CsvReader(file, CsvFormat.DETECTED, 6, 48).read().rows()).isEqualTo(3);
    assertRefused(
        () -> new CsvReader(file, CsvFormat.DETECTED, 5, 48).read(),
        "line 4",
        "more than 5 values");
    assertRefused(
        () -> new CsvReader(file, CsvFormat.DETECTED, 6, 47).read(), "line 4", "SGN_JAVA_OPTS");
  }

  @Test
  void messagesShowTextsOnOneShortLine() {
    assertThat(CsvCells.quoted("a\n\tb")).isEqualTo("\"a  b\"");
    assertThat(CsvCells.quoted("\uD83C\uDF75".repeat(50)))
        .isEqualTo("\"" + "\uD83C\uDF75".repeat(40) + "...\"");
    assertThat(CsvCells.quoted("x".repeat(10_000))).hasSize(45);
  }

  @Test
  void alignsByNameElseByPlace() throws IOException {
    CsvTable train = read("a,b,c\n1,2,3\n");
    CsvTable swapped = read("c,a,b\n30,10,20\n").alignedTo(train, List.of());
    assertThat(List.of(numbers(swapped, 0), numbers(swapped, 1), numbers(swapped, 2)))
        .isEqualTo(List.of(List.of(10.0), List.of(20.0), List.of(30.0)));

    CsvTable unnamed = read("7,8,9\n");
    assertThat(numbers(unnamed.alignedTo(train, List.of()), 2)).containsExactly(9.0);

    CsvTable lacking = read("c,a\n1,2\n");
    assertThat(lacking.alignedTo(train, List.of(1)).columns()).hasSize(3);
    assertRefused(() -> lacking.alignedTo(train, List.of()), "no column \"b\"");
    CsvTable other = read("a,b,c,d\n1,2,3,4\n");
    assertRefused(() -> other.alignedTo(train, List.of()), "column 4 (\"d\")");
    CsvTable narrow = read("7,8\n");
    assertRefused(() -> narrow.alignedTo(train, new ArrayList<>()), "2 columns", "has 3");
  }
}
