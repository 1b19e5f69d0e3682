import Diagnostics
import Files
import SpaceModel

/// Which of a project's files belong to a Space (DESIGN section 3, "Content").
public struct PublishedFiles: Sendable {
  /// The source folder, relative to the project folder.
  public let folder: String
  private let ignore: IgnoreList

  /// Fails when the source leads out of the project folder.
  public init(_ source: ContentSource) throws(Failure) {
    folder = try ProjectPath.normalised(source.path)
    ignore = IgnoreList(source.ignore)
  }

  /// The path a file of the project has on the Space; nil when it is not published.
  /// - Parameter path: relative to the project folder.
  public func pathOnSpace(_ path: String) -> String? {
    guard let relative = ProjectPath.relative(path, to: folder) else { return nil }
    return PublishedFiles.isNeverPublished(relative) || ignore.ignores(relative) ? nil : relative
  }

  /// Whether a path is one that no Space ever gets: git's folder, environment files, Spaceform's own files.
  public static func isNeverPublished(_ path: String) -> Bool {
    let segments = ProjectPath.segments(path[...])
    if segments.contains(where: { $0.hasPrefix(".env") || $0 == ".spaceform" || $0.lowercased() == ".git" }) { return true }
    guard let name = segments.last else { return true }
    return name == "spaceform.yaml" || name.hasSuffix(".space.yaml") || name.hasPrefix("spaceform") && name.hasSuffix(".lock")
  }

  /// The file that a link in the source stands for: one of the source's own files, because the Hub has no links, and because a link
  /// must not publish what would not be published by itself. Fails when it leads to nothing of the kind.
  /// - Parameters:
  ///   - link: relative to the project folder.
  ///   - tree: the files that links are followed in.
  public func target(of link: String, in tree: any SourceTree) throws(Failure) -> String {
    func refused(_ problem: String) -> Failure {
      Failure(
        doing: "reading \(link)", problem: problem, help: "Replace the link by the file, or name it in `source.ignore`.")
    }
    guard let target = try tree.resolved(link) else {
      throw refused("the symbolic link leads to no file")
    }
    guard let inside = ProjectPath.relative(target, to: folder) else {
      throw refused("the symbolic link leads out of the source folder \(folder), to \(target)")
    }
    let listed = try tree.files(under: ProjectPath.folder(of: target)).contains { $0.path == target }
    guard listed, !PublishedFiles.isNeverPublished(inside) else {
      throw refused("the symbolic link leads to \(target), which is not published")
    }
    return target
  }
}
