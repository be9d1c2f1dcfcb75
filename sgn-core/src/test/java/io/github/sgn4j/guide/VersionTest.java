package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One version everywhere, and it is the changelog's. */
class VersionTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern OURS =
      Pattern.compile(
          "<artifactId>(sgn-[a-z]+)</artifactId>\\s*<version>([^<]+)</version>", Pattern.DOTALL);

  @Test
  void isTheSameInPomsAndReadme() throws IOException {
    List<String> versions = new ArrayList<>();
    for (String file :
        List.of(
            "pom.xml",
            "sgn-core/pom.xml",
            "sgn-examples/pom.xml",
            "benchmarks/pom.xml",
            "distribution/pom.xml",
            "integration/dl4j-user/pom.xml",
            "integration/own-model/pom.xml",
            "README.md")) {
      Matcher matcher = OURS.matcher(Files.readString(ROOT.resolve(file)));
      assertThat(matcher.find()).as(file).isTrue();
      do {
        if (!matcher.group(2).startsWith("$")) {
          versions.add(matcher.group(2));
        }
      } while (matcher.find());
    }

    assertThat(versions).hasSizeGreaterThanOrEqualTo(8).containsOnly(version());
  }

  @Test
  void isTheChangelogs() throws IOException {
    List<String> headings =
        Files.readAllLines(ROOT.resolve("CHANGELOG.md")).stream()
            .filter(line -> line.startsWith("## ["))
            .toList();
    String first = headings.get(0);

    if (version().endsWith("-SNAPSHOT")) {
      assertThat(first).isEqualTo("## [Unreleased]");
    } else {
      assertThat(first).matches("## \\[" + Pattern.quote(version()) + "] - \\d{4}-\\d\\d-\\d\\d");
    }
    assertThat(headings).doesNotHaveDuplicates();
  }

  private static String version() throws IOException {
    Matcher matcher = OURS.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(2);
  }
}
