import ArgumentParser

/// What every verb of `spaceform ci` takes.
struct CIOptions: ParsableArguments {
  @Flag(help: "Print what would be posted and left for later steps, and write and call nothing but the Hub's reads.")
  var dryRun = false

  @Flag(inversion: .prefixedNo, help: "Post to the code host: comments and issues.")
  var post = true
}
