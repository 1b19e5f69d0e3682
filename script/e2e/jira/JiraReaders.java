import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.joda.time.Period;

/**
 * The Java classes that Jira's importers read files with. Takes one task a line on standard input, its parts between tabs, and answers
 * with lines that end with one that says "end": a row of cells in Base64 between commas, a date, a number of seconds, or an error.
 */
public final class JiraReaders {
  private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws Exception {
    BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
      String[] parts = line.split("\t", -1);
      try {
        switch (parts[0]) {
          case "opencsv" -> openCSV(Path.of(parts[1]));
          case "commons" -> commonsCSV(Path.of(parts[1]));
          case "date" -> date(parts[1], parts[2], parts[3]);
          case "period" -> OUT.println(Period.parse(parts[1]).toStandardSeconds().getSeconds());
          default -> OUT.println("error: unknown task " + parts[0]);
        }
      } catch (Exception exception) {
        OUT.println("error: " + exception);
      }
      OUT.println("end");
      OUT.flush();
    }
  }

  /** As Jira's importer sets it up: the backslash escapes. */
  private static void openCSV(Path file) throws Exception {
    try (CSVReader reader =
        new CSVReaderBuilder(Files.newBufferedReader(file, StandardCharsets.UTF_8))
            .withCSVParser(new CSVParserBuilder().withSeparator(',').withQuoteChar('"').withEscapeChar('\\').build())
            .build()) {
      for (String[] row : reader) print(Stream.of(row));
    }
  }

  private static void commonsCSV(Path file) throws Exception {
    List<CSVRecord> rows = CSVFormat.RFC4180.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8)).getRecords();
    for (CSVRecord row : rows) print(row.stream());
  }

  private static void print(Stream<String> cells) {
    Base64.Encoder encoder = Base64.getEncoder();
    OUT.println(
        cells.map(cell -> encoder.encodeToString(cell.getBytes(StandardCharsets.UTF_8))).collect(Collectors.joining(",")));
  }

  private static void date(String locale, String pattern, String text) throws ParseException {
    SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.forLanguageTag(locale));
    format.setLenient(false);
    format.setTimeZone(TimeZone.getTimeZone("UTC"));
    Date date = format.parse(text);
    SimpleDateFormat plain = new SimpleDateFormat("yyyy-MM-dd HH:mm", Locale.ROOT);
    plain.setTimeZone(TimeZone.getTimeZone("UTC"));
    OUT.println(plain.format(date));
  }
}
