import HubAPI
import SpaceModel
import State

extension Observation {
  /// The Hub as the lock remembers it, for a plan that asks nothing: each recorded Space stands at its address with its id and our
  /// last commit.
  ///
  /// Nothing else is made up. Settings, keys and volumes stay unread, and what is unread the planner compares with the lock; stages,
  /// quota and the account stay unknown; a Space that the lock does not know counts as one to be created.
  public init(recordedIn lock: Lock?) {
    self.init(identity: nil)
    for (address, record) in lock?.spaces ?? [:] {
      var info = SpaceInfo(hubID: record.hubID, address: address)
      info.sha = record.content?.commit
      spaces[address] = ObservedSpace(info: info)
      addresses[record.hubID] = address
    }
  }
}
