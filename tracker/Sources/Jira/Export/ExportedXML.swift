import Diagnostics
import XML

/// Reads an XML file that was just made back, and says how many items it holds.
public enum ExportedXML {
  public static func itemCount(_ bytes: [UInt8], name: String) throws(Failure) -> Int {
    let root = try XMLReader.root(of: bytes, name: name)
    switch root.name {
    case "rss": return root["channel"]?.all("item").count ?? 0
    case "workflow": return root["steps"]?.all("step").count ?? 0
    default: throw Failure(doing: "reading \(name) back", problem: "its root is `\(root.name)`")
    }
  }
}
