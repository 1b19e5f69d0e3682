/// What to export.
public struct ExportRequest: Hashable, Sendable {
  public var sites: [JiraSite]
  /// Leave out what is delivered.
  public var onlyOpen: Bool
  public var ids: SiteIDs?
  /// Also write a backup for Data Center's project import.
  public var withProjectImport: Bool

  public init(sites: [JiraSite], onlyOpen: Bool, ids: SiteIDs?, withProjectImport: Bool = false) {
    self.sites = sites
    self.onlyOpen = onlyOpen
    self.ids = ids
    self.withProjectImport = withProjectImport
  }
}
