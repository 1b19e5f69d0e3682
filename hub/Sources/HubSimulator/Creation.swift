import Cryptography
import HubAPI
import SpaceModel

/// Everything a create call may carry. Secret values come as digests: their text never reaches the state.
public struct Creation: Sendable {
  public struct Key: Sendable {
    public var key: String
    public var value: String
    public var note: String?
    public init(key: String, value: String, note: String? = nil) {
      self.key = key
      self.value = value
      self.note = note
    }
  }
  public var id: SpaceID
  public var sdk: SDK?
  public var visibility: Visibility?
  public var hardware: Flavour?
  /// Seconds; -1 is never.
  public var sleepSeconds: Int?
  public var variables: [Key] = []
  /// Values are SHA-256 digests.
  public var secrets: [Key] = []
  public var volumes: [WireVolume] = []
  public var region: Region?
  public var resourceGroup: String?
  public var template: String?
  public var devMode = false
  public var shortDescription: String?
  public var license: String?
  public var sdkVersion: String?
  /// Initial files, in the first commit.
  public var files: [(path: String, bytes: [UInt8])] = []

  public init(id: SpaceID, sdk: SDK?) {
    self.id = id
    self.sdk = sdk
  }
}

extension World {
  /// Makes a Space with its first commit and starts it.
  ///
  /// - Returns: its Hub id.
  /// - Throws: 400 for values the Hub does not know, 401 and 403 for callers who may not, 402 where the plan or the payment does
  ///   not allow it, 409 with the address when it exists (facts hub-api sections 2.1 and 7.1).
  public mutating func create(_ request: Creation, by caller: Caller, at now: Timestamp) throws(Refusal) -> String {
    let id = request.id
    try allowCreation(caller, in: id.owner)
    guard let sdk = request.sdk, SDK.creatable.contains(sdk) else {
      throw .rejected("\"sdk\" must be one of [gradio, docker, static]")
    }
    guard addresses[id.description] == nil else {
      throw Refusal(409, .alreadyExists(url: nil), "You already created this space repo", url: id.description)
    }
    guard let owner = accounts[id.owner] else { throw .rejected("there is no account \(id.owner)") }
    let flavour = request.hardware == "zerogpu" ? .zeroA10G : request.hardware
    try admit(flavour, sdk: sdk, owner: owner, group: request.resourceGroup)
    if request.visibility == .protected, owner.plan == .free {
      throw .payment("Protected Spaces need a PRO, Team or Enterprise plan")
    }
    if let region = request.region {
      guard Region.known.contains(region) else { throw .rejected("\"region\" must be one of [us, eu]") }
      guard owner.plan.choosesRegion else { throw .payment("Choosing a region needs a Team or Enterprise plan") }
    }
    if let seconds = request.sleepSeconds { try World.check(sleepSeconds: seconds) }
    if request.devMode, owner.plan == .free { throw .payment("Dev mode needs a PRO, Team or Enterprise plan") }
    for key in request.variables + request.secrets { try World.check(key: key.key) }
    try World.check(volumes: request.volumes, isStatic: sdk == .static)
    let group = try request.resourceGroup.map { wanted throws(Refusal) in try resourceGroup(wanted, of: owner) }
    let template = try request.template.map { wanted throws(Refusal) in try Template.find(wanted, sdk: sdk) }

    // Hardware of a create was not always honoured (facts hub-api section 7.2).
    let given = assumptions["create-hardware"] == "ignore" ? nil : flavour
    var life = Life(requested: sdk == .static ? nil : given ?? .cpuBasic)
    if let flavour = given, !flavour.hasFixedSleep { life.sleepSeconds = request.sleepSeconds }
    life.devMode = request.devMode
    let standard = Visibility(rawValue: assumptions["default-visibility"]) ?? .public
    let hubID = newHubID()
    var space = Space(hubID: hubID, address: id, visibility: request.visibility ?? standard, life: life, now: now)
    space.region = request.region ?? owner.plan.standardRegion
    space.resourceGroup = group
    for key in request.variables {
      space.variables[key.key] = LiveVariable(value: key.value, description: key.note, updatedAt: now)
    }
    for key in request.secrets {
      space.secrets[key.key] = Space.StoredSecret(sha256: key.value, description: key.note, updatedAt: now)
    }
    space.volumes = request.volumes.map(World.normalised)
    spaces[hubID] = space
    index(id, hubID)
    try commitFirst(InitialFiles.files(for: request, sdk: sdk, template: template), to: hubID, by: caller, at: now)
    return hubID
  }

  private mutating func commitFirst(
    _ files: [(path: String, bytes: [UInt8])], to hubID: String, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    var list: [String: Repository.File] = [:]
    var card = Card()
    for (path, bytes) in files {
      let git = Digest.gitBlobID(bytes)
      store(blob: bytes, id: git)
      list[path] = Repository.File(
        git: git, size: bytes.count, lfs: nil, changed: "", marker: BuildMarker.find(in: bytes),
        steps: BuildSteps.read(path: path, bytes: bytes))
      if path == "README.md" { card = Card(readme: bytes) }
    }
    let assumptions = self.assumptions
    try change(hubID, at: now) { space in
      _ = space.repository.add(
        to: "main", title: "initial commit", message: "", files: list, author: caller.account ?? "system", at: now)
      space.card = card
      space.begin(.change, at: now, assumptions: assumptions)
    }
  }

  /// Whether this owner may have this flavour (facts hub-api section 7.1).
  func admit(_ flavour: Flavour?, sdk: SDK, owner: Account, group: String?) throws(Refusal) {
    guard sdk != .static else {
      if flavour != nil { throw .rejected("Static Spaces have no hardware") }
      return
    }
    let wanted = flavour ?? .cpuBasic
    guard let offer = HardwareCatalogue.published[wanted] else {
      throw .rejected("\"hardware\" has no flavor \(wanted)")
    }
    if wanted == .zeroA10G {
      guard sdk == .gradio else { throw .rejected("ZeroGPU Spaces must use the gradio SDK") }
      let count = (names[owner.name] ?? []).count {
        addresses["\(owner.name)/\($0)"].flatMap { spaces[$0] }?.life.requested == .zeroA10G
      }
      guard count < owner.plan.zeroGPUSpaces else {
        throw .payment("\(owner.name) may host \(owner.plan.zeroGPUSpaces) ZeroGPU Spaces")
      }
    } else if !owner.plan.hostsCompute {
      throw .payment(
        "Hosting Gradio and Docker Spaces needs a PRO subscription; static Spaces are free. Upgrade \(owner.name) to PRO.")
    } else if offer.isPaid, !owner.canPay {
      throw .payment("You must add a payment method to use \(wanted)", status: assumptions.number("unpaid-hardware"))
    }
    if offer.isPaid { try refuseOverLimit(owner, group: group) }
  }

  func resourceGroup(_ id: String, of owner: Account) throws(Refusal) -> ResourceGroup {
    guard let group = owner.resourceGroups.first(where: { $0.id == id }) else {
      throw Refusal(404, .notFound(.other), "Resource group not found")
    }
    return group
  }

  static func check(sleepSeconds: Int) throws(Refusal) {
    guard sleepSeconds > 0 || sleepSeconds == -1 else {
      throw .rejected("the sleep time must be a positive number of seconds or -1")
    }
  }

  /// The published pattern of variable and secret names: `^[a-zA-Z][_a-zA-Z0-9]*$`.
  static func check(key: String) throws(Refusal) {
    let bytes = Array(key.utf8)
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    guard let first = bytes.first, isLetter(first),
      bytes.allSatisfy({ isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") })
    else { throw .rejected("\"key\" with value \"\(key)\" fails to match the required pattern: /^[a-zA-Z][_a-zA-Z0-9]*$/") }
  }

  static func check(volumes: [WireVolume], isStatic: Bool) throws(Refusal) {
    if volumes.isEmpty { return }
    if isStatic { throw .rejected("Static Spaces have no volumes") }
    for volume in volumes {
      guard Volume.Kind(rawValue: volume.type) != nil else {
        throw .rejected("\"type\" of a volume must be one of [bucket, model, dataset, space]")
      }
      guard volume.mountPath.hasPrefix("/") else { throw .rejected("\"mountPath\" must be an absolute path") }
      guard SpaceID(volume.source) != nil else { throw .rejected("\"source\" of a volume must be owner/name") }
    }
    guard Set(volumes.map(\.mountPath)).count == volumes.count else {
      throw .rejected("two volumes are mounted at the same path")
    }
  }
}

extension Plan {
  /// Where Spaces run when nobody chose: shown only to those who may choose.
  var standardRegion: Region? { choosesRegion ? "us" : nil }
}
