package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** The tables and figures in Markdown, for a README. */
final class ReportMarkdown {

  private final Report report;
  private final List<List<SectionFigure>> figures;

  ReportMarkdown(Report report, List<List<SectionFigure>> figures) {
    this.report = report;
    this.figures = figures;
  }

  /** The file's content. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder("# " + escape(report.title()) + "\n\n");
    text.append(report.overview()).append("\n\n");
    for (int i = 0; i < report.sections().size(); i++) {
      text.append(section(report.sections().get(i), figures.get(i)));
    }
    text.append("## Environment\n\n");
    EnvironmentTable.of(report.runs())
        .forEach((fact, value) -> text.append("- " + fact + ": " + escape(value) + "\n"));
    if (!report.damaged().isEmpty()) {
      text.append("\nFolders that could not be read as runs:\n\n");
      report.damaged().forEach(line -> text.append("- " + escape(line) + "\n"));
    }
    return text.toString();
  }

  private static String section(Section section, List<SectionFigure> figures) {
    ResultsTable results = new ResultsTable(section);
    TextTable table = new TextTable(results.titles().toArray(String[]::new));
    for (List<ResultsTable.Cell> row : results.rows()) {
      table.row(row.stream().map(cell -> escape(cell.text())).toArray(String[]::new));
    }
    return "## "
        + escape(section.title())
        + "\n\n"
        + escape(new Verdict(section).text())
        + "\n\n"
        + table.toMarkdown()
        + "\n"
        + Explanations.results(results)
        + "\n\n"
        + figures.stream()
            .map(
                figure ->
                    "!["
                        + escape(figure.title())
                        + "]("
                        + Report.FIGURES
                        + "/"
                        + figure.name()
                        + ".png)\n\n")
            .collect(Collectors.joining());
  }

  /** What Markdown or HTML in it would take for markup. */
  static String escape(String text) {
    return text.replaceAll("[\\\\`*_\\[\\]<>|#]", "\\\\$0").replaceAll("[\r\n]+", " ");
  }
}
