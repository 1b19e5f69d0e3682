/// How the page of a plan looks, in light and in dark.
enum HTMLStyle {
  static let text = """

    :root { color-scheme: light dark; --ground: #ffffff; --card: #f6f7f9; --line: #dde1e7; --ink: #1d2330; --dim: #667085;
      --green: #16803c; --red: #c0262d; --amber: #9a6700; --blue: #2458c5; --added: #dcf5e3; --removed: #fde3e3; }
    @media (prefers-color-scheme: dark) { :root { --ground: #14171d; --card: #1c2029; --line: #323846; --ink: #e3e6ec;
      --dim: #97a0b0; --green: #6fd38a; --red: #ff8080; --amber: #e8b949; --blue: #82aaff; --added: #16351f; --removed: #43191c; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--ground); color: var(--ink);
      font: 15px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.35rem; margin: 0 0 .5rem; } h2 { font-size: .95rem; margin: 1rem 0 .25rem; }
    header p, footer p { color: var(--dim); margin: .15rem 0; }
    code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    main { margin: 1.25rem 0; }
    main details, .file { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0;
      padding: .5rem .8rem; }
    .file { background: var(--ground); }
    main details.create { border-left: 4px solid var(--green); } main details.update { border-left: 4px solid var(--amber); }
    main details.destroy, main details.blocked { border-left: 4px solid var(--red); }
    summary { cursor: pointer; } summary code { font-weight: 600; }
    .mark { display: inline-block; width: 1.2em; font-family: ui-monospace, monospace; font-weight: 700; }
    .create .mark { color: var(--green); } .update .mark { color: var(--amber); } .destroy .mark { color: var(--red); }
    .verb, .dim { color: var(--dim); margin-left: .6em; } td .dim { margin: 0; }
    .badge { border: 1px solid var(--line); border-radius: 999px; color: var(--dim); font-size: .8rem; margin-left: .5em;
      padding: .05em .6em; }
    table { border-collapse: collapse; table-layout: fixed; margin: .75rem 0; width: 100%; }
    th { color: var(--dim); font-size: .8rem; font-weight: 600; text-align: left; }
    th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: top; }
    th:first-child { width: 12rem; } th:last-child { width: 8rem; }
    .refused { border-left: 3px solid var(--red); margin: .6rem 0; padding-left: .7rem; } .refused p { margin: 0; }
    ul { margin: .25rem 0; padding-left: 1.2rem; }
    pre { margin: .6rem 0 .2rem; overflow-x: auto; } pre span { display: inline-block; min-width: 100%; white-space: pre-wrap; }
    .added { background: var(--added); } .removed { background: var(--removed); } .place { color: var(--blue); }

    """
}
