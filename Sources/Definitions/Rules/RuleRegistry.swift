import Diagnostics

/// Every rule there is.
public enum RuleRegistry {
  /// In the order of their ids.
  public static let all: [Rule] = [
    .encoding, .syntax, .duplicateKey, .limit, .documents, .unknownKey, .wrongType, .badValue, .missingKey, .emptyFile,
    .formatVersion, .unavailableStore, .noDefinitions,
    .spaceName, .missingOwner, .unknownFlavour, .hardwareOnStatic, .sleepOnFree, .runtimeOnStatic, .volumesOnStatic,
    .streamlit, .replicasOnFree, .duplicateMount, .mountPath, .zeroGPU, .unknownRegion, .writableRepository, .ignoredChange,
    .cardContradiction, .shortDescription, .cardKeyTwice,
    .missingSource, .outsideProject,
    .literalSecret, .keyInBoth, .keyPattern, .reservedKey, .secretOnStatic, .secretSource,
    .allowedHardware, .monthlyCost, .monthlyWarning, .sleepRequired, .publicSpace, .namePattern, .badPattern, .unknownPrice,
    .duplicateAddress, .danglingReference, .ambiguousReference, .dependencyCycle, .malformedReference, .removedButDefined,
    .movedFromDefined, .addressCase,
  ]

  /// The rule with this id; letter case does not count.
  public static func rule(_ id: String) -> Rule? {
    let wanted = id.uppercased()
    return all.first { $0.id == wanted }
  }

  /// What a person should know about a rule, as text: its summary, explanation and examples; nil when there is no such rule.
  public static func explain(_ id: String) -> String? { rule(id)?.explained }

  /// A rule's check, in a value of its own: an array of bare functions would wrap each so that a draft, which is large, is copied
  /// for every call.
  private struct SpaceCheck: Sendable {
    let run: @Sendable (SpaceDraft, FleetDraft) -> [Finding]
  }

  /// What every rule finds in a fleet. The rules of the reader have spoken by then.
  static func check(_ fleet: FleetDraft) -> [Finding] {
    var findings: [Finding] = []
    var ofSpaces: [SpaceCheck] = []
    for rule in all {
      switch rule.check {
      case .reading: continue
      case .space(let check): ofSpaces.append(SpaceCheck(run: check))
      case .fleet(let check): findings += check(fleet)
      }
    }
    // Space by Space, not rule by rule: a draft is large, and so is copied once and not dozens of times.
    let checks = ofSpaces
    let ofEach = fleet.spaces.concurrentMap { space in checks.flatMap { $0.run(space, fleet) } }
    for found in ofEach where !found.isEmpty { findings += found }
    return findings
  }
}

extension Rule {
  /// The page `spaceform explain` prints.
  public var explained: String {
    func indented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
        .joined(separator: "\n")
    }
    return """
      \(id) (\(severity.rawValue)): \(summary)

      \(explanation)

      Breaks the rule (\(failing.shown)):

      \(indented(failing.text))
      Keeps it (\(passing.shown)):

      \(indented(passing.text))
      """
  }
}
