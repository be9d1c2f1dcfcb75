package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java snippet of the guides stands, line by line but for its indentation, in a class of this
 * package, and every file that they link to exists.
 */
class GuidesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path CODE = Path.of("src/test/java/io/github/sgn4j/guide");

  static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void thereAreSnippets() throws IOException {
    int snippets = 0;
    for (Path guide : guides()) {
      snippets += snippets(guide).size();
    }
    assertThat(snippets).isGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("guides")
  void snippetsAreCompiled(Path guide) throws IOException {
    String code = "";
    try (Stream<Path> files = Files.list(CODE)) {
      for (Path file : files.sorted().toList()) {
        code += "\n" + unindented(Files.readAllLines(file)) + "\n";
      }
    }
    for (String snippet : snippets(guide)) {
      assertThat(code).as("a snippet of " + guide).contains("\n" + snippet + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void linksLeadToFiles(Path guide) throws IOException {
    String text = Files.readString(guide);
    Matcher matcher = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text);
    while (matcher.find()) {
      assertThat(guide.resolveSibling(matcher.group(1))).exists();
    }
  }

  @Test
  void theOptionsGuideNamesEveryOption() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/options.md"));
    String table = guide.substring(guide.indexOf("## All options"));

    assertThat(SgnOptionsBuilder.class.getMethods())
        .filteredOn(method -> method.getReturnType() == SgnOptionsBuilder.class)
        .extracting(Method::getName)
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
  }

  private static List<String> snippets(Path guide) throws IOException {
    List<String> snippets = new ArrayList<>();
    List<String> snippet = null;
    for (String line : Files.readAllLines(guide)) {
      if (snippet == null && line.equals("```java")) {
        snippet = new ArrayList<>();
      } else if (snippet != null && line.equals("```")) {
        snippets.add(unindented(snippet));
        snippet = null;
      } else if (snippet != null) {
        snippet.add(line);
      }
    }
    return snippets;
  }

  private static String unindented(List<String> lines) {
    return String.join("\n", lines.stream().map(String::strip).toList());
  }
}
