import Content
import Files
import SpaceModel
import Testing

@Suite("Folders that already are apps") struct AppRecogniserTests {
  private func apps(_ files: [String: String]) throws -> [RecognisedApp] {
    let folder = try ScratchFolder()
    for (path, text) in files { try folder.write(path, text) }
    return try AppRecogniser.spaces(in: try WorkTree(folder.path), projectName: "my project")
  }

  @Test("are found by README, Dockerfile, imports and page") func signs() throws {
    let found = try apps([
      "apps/a/README.md": "---\nsdk: gradio\n---\n", "apps/a/Dockerfile": "FROM x",
      "apps/b/Dockerfile": "FROM x",
      "apps/c/app.py": "import os\nfrom gradio.themes import Soft\n",
      "apps/d/app.py": "import numpy as np, streamlit as st\n",
      "apps/e/index.html": "<p>",
      "apps/f/app.py": "# import gradio\nimport gradio_client\n",
      "apps/g/README.md": "# no front matter\n",
      "node_modules/x/index.html": "<p>", ".hidden/Dockerfile": "FROM x",
    ])
    #expect(found.map(\.folder) == ["apps/a", "apps/b", "apps/c", "apps/d", "apps/e"])
    #expect(found.map(\.sdk) == [.gradio, .docker, .gradio, .docker, .static])
    #expect(
      found.map(\.evidence) == [
        .readme, .dockerfile, .pythonImport(file: "apps/c/app.py"), .pythonImport(file: "apps/d/app.py"), .indexPage,
      ])
    #expect(found.map(\.suggestedName) == ["a", "b", "c", "d", "e"])
  }

  @Test("a sign inside an app, or above a proven one, is not an app of its own; proof always is") func nesting() throws {
    let found = try apps([
      "Dockerfile": "FROM ci", "apps/a/README.md": "---\nsdk: docker\n---\n", "apps/a/templates/index.html": "<p>",
      "apps/a/demo/README.md": "---\nsdk: static\n---\n",
    ])
    #expect(found.map(\.folder) == ["apps/a", "apps/a/demo"])
  }

  @Test("get names the Hub takes, each its own") func names() throws {
    let found = try apps([
      "Dockerfile": "FROM x"
    ])
    #expect(found.map(\.folder) == ["."])
    #expect(found.map(\.suggestedName) == ["my-project"])
    let alike = try apps([
      "eu/Chat/Dockerfile": "", "us/chat/Dockerfile": "", "us/--é--/Dockerfile": "", "x/a..b/Dockerfile": "",
    ])
    #expect(alike.map(\.suggestedName) == ["Chat", "space", "us-chat", "a-b"])
    for app in alike { #expect(SpaceID.isValidSegment(app.suggestedName)) }
  }
}
