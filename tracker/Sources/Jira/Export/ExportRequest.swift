/// What to export.
public struct ExportRequest: Hashable, Sendable {
  public var sites: [JiraSite]
  /// Leave out what is delivered.
  public var onlyOpen: Bool
  public var ids: SiteIDs?

  public init(sites: [JiraSite], onlyOpen: Bool, ids: SiteIDs?) {
    self.sites = sites
    self.onlyOpen = onlyOpen
    self.ids = ids
  }
}
