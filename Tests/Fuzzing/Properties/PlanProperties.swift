import Diagnostics
import Reconciler
import SpaceModel
import State

/// What holds of the reader of saved plans, whatever the bytes.
enum PlanProperties {
  private static let name = "fleet.plan"

  static func broken(by input: [UInt8]) -> [String] {
    let saved: SavedPlan
    do throws(Failure) {
      saved = try SavedPlan(bytes: input, name: name)
    } catch {
      var broken = DefinitionProperties.broken(error)
      if error.status != .stale, error.status != .usage { broken.append("a plan was refused with status \(error.status)") }
      if error.help?.contains("spaceform plan --out") != true { broken.append("the way out names no command: \(error)") }
      return broken
    }
    var broken: [String] = []
    do throws(Failure) {
      let back = try SavedPlan(bytes: Array(saved.json.prettyText.utf8), name: name)
      if back.json != saved.json || back.addresses != saved.addresses || back.operationsDigest != saved.operationsDigest {
        broken.append("a saved plan reads back as another one")
      }
    } catch {
      broken.append("what was written cannot be read: \(error)")
    }
    // Nothing is defined and nothing recorded now, so that no plan that does anything can hold.
    guard !saved.addresses.isEmpty else { return broken }
    do throws(Failure) {
      _ = try saved.bound(to: Plan(project: saved.project, hub: saved.hub, spaces: [], totals: Totals()), name: name)
      broken.append("a plan for Spaces that are gone was taken")
    } catch {
      if error.status != .stale { broken.append("a stale plan was refused with status \(error.status)") }
      broken += DefinitionProperties.broken(error)
    }
    return broken
  }
}
