import Diagnostics
import XML

/// Reads an XML file that was just written back, and says how many items it holds.
public enum ExportedXML {
  /// Items of the view, steps of the workflow.
  public static func itemCount(ofFile path: String) throws(Failure) -> Int {
    let counts = try XMLReader.elementCounts(ofFile: path)
    return counts["workflow"] == nil ? counts["item"] ?? 0 : counts["step"] ?? 0
  }
}
