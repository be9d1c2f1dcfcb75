package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.AtomicFile;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.report.FigureCurve.Kind;
import io.github.sgn4j.examples.results.report.PublishedCurves.Published;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A figure of a section: one measure against seconds, as the page shows it at first.
 *
 * @param section whose
 * @param measure on the vertical axis
 * @param name of the files, without their ending
 */
record SectionFigure(Section section, Measure measure, String name, PublishedCurves published) {

  /** Long names do not make good file names. */
  private static final int LONGEST_NAME = 60;

  /** The figures of each of these sections. */
  static List<List<SectionFigure>> of(List<Section> sections, PublishedCurves published) {
    List<List<SectionFigure>> all = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      List<SectionFigure> figures = new ArrayList<>();
      String number = sections.size() == 1 ? "" : (i + 1) + "-";
      for (Measure measure : sections.get(i).curveMeasures()) {
        String name = number + fileName(sections.get(i).title() + " " + measure.title());
        figures.add(new SectionFigure(sections.get(i), measure, name, published));
      }
      all.add(figures);
    }
    return all;
  }

  private static String fileName(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    // The measure stands at the end.
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME / 2) + name.substring(name.length() - LONGEST_NAME / 2);
  }

  /** What it shows. */
  String title() {
    return section.title() + ": " + measure.title();
  }

  /**
   * Draws it as PNG and SVG into a folder.
   *
   * @throws OutputException if that fails
   */
  void write(Path folder) {
    CurveFigure figure = figure();
    SvgCanvas svg = new SvgCanvas(CurveFigure.WIDTH, figure.height(), title());
    figure.draw(svg);
    try {
      AtomicFile.write(folder.resolve(name + ".svg"), svg.toBytes());
      RasterCanvas png = new RasterCanvas(CurveFigure.WIDTH, figure.height());
      figure.draw(png);
      AtomicFile.write(folder.resolve(name + ".png"), png.toBytes());
    } catch (IOException e) {
      throw new OutputException("Cannot write to " + folder + ": " + IoReasons.of(e) + ".", e);
    } catch (LinkageError | InternalError e) {
      // What Java throws on a machine without fonts, or without the libraries that read them.
      throw new OutputException(
          "Cannot draw the figures as PNG: Java finds no fonts on this machine.\n"
              + "Install fontconfig and a font such as DejaVu.",
          e);
    }
  }

  /** The configurations in their order, and the published runs that are shown at first. */
  CurveFigure figure() {
    CurveFigure figure = new CurveFigure(title(), measure.title(), measure.isFraction());
    int look = 0;
    for (RunGroup group : section.groups()) {
      if (!group.done().isEmpty()) {
        figure.add(curve(group.name(), look, Kind.MEAN, group.done()));
      }
      for (FoundRun run : group.undone()) {
        String name = group.name() + ", seed " + run.seed() + ", " + run.ending().text();
        figure.add(curve(name, look, Kind.BROKEN, List.of(run)));
      }
      look++;
    }
    for (Published each : published.of(section.task())) {
      if (published.isShown(each, section.task()) && each.of(measure) != null) {
        String label = "published: " + each.name();
        figure.add(new FigureCurve(label, look, Kind.PUBLISHED, each.seconds(), each.of(measure)));
      }
      look++;
    }
    return figure;
  }

  private FigureCurve curve(String label, int look, Kind kind, List<FoundRun> runs) {
    Curve curve = Curve.of(measure, runs.stream().map(FoundRun::results).toList());
    return new FigureCurve(label, look, kind, curve.seconds(), curve.mean());
  }
}
