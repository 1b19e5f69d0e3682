import State

/// The lease of one project's state, `lease.json` on the branch: who may write, and how long that is to be believed without a sign.
public struct Lease: Hashable, Sendable {
  /// Counts the holders; it never goes back.
  public var term: Int
  /// Counts the signs of life within a term.
  public var sequence: Int
  /// Seconds a holder may stay unseen.
  public var duration: Int
  /// Nil: nobody holds it.
  public var holder: Holder?
  /// The session that ended it, when nobody holds it: of two that end the same lease each has to know whether it was the one.
  public var endedBy: String?

  /// Who holds a lease.
  public struct Holder: Hashable, Sendable {
    /// For people.
    public var owner: String
    /// The CI run, where it is one.
    public var run: String?
    /// Which attempt of that run.
    public var attempt: Int?
    /// The page of the run.
    public var page: String?
    /// Random, so that two holders are never taken for each other, whatever else they have in common.
    public var session: String

    public init(owner: String, run: String? = nil, attempt: Int? = nil, page: String? = nil, session: String) {
      self.owner = owner
      self.run = run
      self.attempt = attempt
      self.page = page
      self.session = session
    }

    var described: LeaseHolder { LeaseHolder(owner: owner, page: page) }
  }

  public init(term: Int, sequence: Int, duration: Int, holder: Holder?, endedBy: String? = nil) {
    self.term = term
    self.sequence = sequence
    self.duration = duration
    self.holder = holder
    self.endedBy = endedBy
  }

  /// What two readings have in common exactly when the holder gave no sign in between.
  struct Sign: Hashable, Sendable {
    var term: Int
    var sequence: Int
    var session: String?
  }

  var sign: Sign { Sign(term: term, sequence: sequence, session: holder?.session) }

  /// Seconds that clocks, networks and calls under way are given: the holder stops so much before the end, and others wait so much
  /// longer (DESIGN section 5).
  public static let margin = 60.0

  /// The next holder's.
  static func taken(after last: Lease?, by holder: Holder, duration: Int, seenTerm: Int = 0) -> Lease {
    Lease(term: max(last?.term ?? 0, seenTerm) + 1, sequence: 0, duration: duration, holder: holder)
  }

  func ended(by session: String) -> Lease {
    Lease(term: term, sequence: sequence + 1, duration: duration, holder: nil, endedBy: session)
  }
}
