import Diagnostics

/// Every rule there is.
public enum RuleRegistry {
  /// In the order of their ids.
  public static let all: [Rule] = [
    .encoding, .syntax, .duplicateKey, .limit, .documents, .unknownKey, .wrongType, .badValue, .missingKey, .emptyFile,
    .formatVersion, .unavailableStore, .noDefinitions, .unusedSuppression,
    .spaceName, .missingOwner, .unknownFlavour, .hardwareOnStatic, .sleepOnFree, .runtimeOnStatic, .volumesOnStatic,
    .streamlit, .replicasOnFree, .duplicateMount, .mountPath, .zeroGPU, .unknownRegion, .writableRepository, .ignoredChange,
    .cardContradiction, .shortDescription, .cardKeyTwice,
    .missingSource, .outsideProject, .missingDockerfile, .missingAppFile, .portMismatch, .noExpose, .loopbackOnly,
    .gradioConflict, .missingLargeFile, .tooMuchContent, .largeFileAttributes, .droppedExecutable, .unpublishableLink,
    .nothingPublished, .zeroGPUFunction, .refusedPath, .missingCopySource, .nameCase, .missingRequirement, .exposedPort,
    .listensByDefault, .hugeFile,
    .literalSecret, .keyInBoth, .keyPattern, .reservedKey, .secretOnStatic, .secretSource, .leakedToken, .leakedPrivateKey,
    .publicSecret, .passwordInURL, .likelySecret, .publishedSecretFile, .credentialFile, .passwordInApp,
    .allowedHardware, .monthlyCost, .monthlyWarning, .sleepRequired, .publicSpace, .namePattern, .badPattern, .unknownPrice,
    .duplicateAddress, .danglingReference, .ambiguousReference, .dependencyCycle, .malformedReference, .removedButDefined,
    .movedFromDefined, .addressCase,
  ]

  /// The rule with this id; letter case does not count.
  public static func rule(_ id: String) -> Rule? { byID[id.uppercased()] }

  private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// What a person should know about a rule, as text: its summary, explanation and examples; nil when there is no such rule.
  public static func explain(_ id: String) -> String? { rule(id)?.explained }
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
