// Made by `script/generate` from the files beside this one; do not edit.

extension RuleRegistry {
  /// Every rule there is, in the order of their ids.
  public static let all: [Rule] = [
    // SF0xx, reading
    .encoding, .syntax, .duplicateKey, .limit, .documents, .unknownKey, .wrongType, .badValue, .missingKey, .emptyFile,
    .formatVersion, .noDefinitions, .unusedSuppression, .gitStoreSettings,
    // SF1xx, settings
    .spaceName, .missingOwner, .unknownFlavour, .hardwareOnStatic, .sleepOnFree, .runtimeOnStatic, .volumesOnStatic, .streamlit,
    .replicasOnFree, .duplicateMount, .mountPath, .zeroGPU, .unknownRegion, .writableRepository, .ignoredChange,
    .endlessBilling, .templateAddress, .nestedMount, .bucketRevision, .shortWait, .idleTimeout, .mountForm,
    // SF2xx, card
    .cardContradiction, .shortDescription, .cardKeyTwice, .frontMatterForm, .readmeValue, .misspeltCardKey, .cardEmoji,
    .oauthScope, .oauthExpiration, .oauthIsOff, .customHeader, .preloadEntry, .basePath, .idlePort, .idleCardKey,
    .settingInFrontMatter, .pythonVersion, .zeroGPUVersions, .sdkVersion, .suggestedHardware, .repositoryIDs, .thumbnail,
    .bareCard, .license, .readmeSDK,
    // SF3xx, app content
    .missingSource, .outsideProject, .missingDockerfile, .missingAppFile, .portMismatch, .noExpose, .loopbackOnly,
    .gradioConflict, .missingLargeFile, .tooMuchContent, .largeFileAttributes, .droppedExecutable, .unpublishableLink,
    .nothingPublished, .zeroGPUFunction, .refusedPath, .missingCopySource, .nameCase, .missingRequirement, .exposedPort,
    .listensByDefault, .hugeFile,
    // SF4xx, secrets
    .literalSecret, .keyInBoth, .keyPattern, .reservedKey, .secretOnStatic, .secretSource, .leakedToken, .leakedPrivateKey,
    .publicSecret, .passwordInURL, .likelySecret, .publishedSecretFile, .credentialFile, .passwordInApp,
    // SF5xx, policy
    .allowedHardware, .monthlyCost, .monthlyWarning, .sleepRequired, .publicSpace, .namePattern, .badPattern, .unknownPrice,
    // SF6xx, fleet
    .duplicateAddress, .danglingReference, .ambiguousReference, .dependencyCycle, .malformedReference, .removedButDefined,
    .movedFromDefined, .addressCase, .subdomainCollision, .unwaitedDependency, .idlePreviewKey,
  ]
}
