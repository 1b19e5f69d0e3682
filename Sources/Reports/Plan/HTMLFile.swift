import Diagnostics
import Reconciler

/// One file of a plan on a page: its line, and below it what changes inside.
struct HTMLFile {
  let page: HTMLPage

  func write(_ file: FileChange) throws(Failure) {
    guard case .hunks(let hunks) = file.difference, !hunks.isEmpty else {
      return try page.element("div", ["class": "file"]) { () throws(Failure) in try head(file) }
    }
    try page.element("details", ["class": "file", "open": "open"]) { () throws(Failure) in
      try page.element("summary") { () throws(Failure) in try head(file) }
      try page.element("pre") { () throws(Failure) in
        // Text first, so that no white space is put between the lines for looks.
        try page.text("")
        for line in DiffLine.lines(of: hunks) {
          try page.element("span", ["class": line.kind.rawValue], text: line.text)
          try page.text("\n")
        }
      }
    }
  }

  private func head(_ file: FileChange) throws(Failure) {
    try page.element("span", ["class": "mark"], text: mark(file.operation))
    try page.element("code", text: file.path)
    try page.element("span", ["class": "dim"], text: ByteCount.text(file.size))
    if case .omitted(let reason) = file.difference { try page.element("span", ["class": "dim"], text: reason) }
  }

  private func mark(_ operation: FileChange.Operation) -> String {
    switch operation {
    case .add: "+"
    case .update: "~"
    case .delete: "-"
    }
  }
}
