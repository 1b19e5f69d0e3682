/// The text of the hooks, POSIX sh. `hooks/` at the top of the repository holds the same, for people who copy a hook themselves: a
/// test compares, and writes the files when `SPACEFORM_UPDATE_GOLDEN` is set.
enum HookText {
  /// What the hook does, as its first comment says it.
  static func about(_ kind: HookKind) -> String {
    switch kind {
    case .preCommit: aboutPreCommit
    case .prePush: aboutPrePush
    }
  }

  static func body(_ kind: HookKind) -> String {
    switch kind {
    case .preCommit: preCommit
    case .prePush: prePush
    }
  }

  /// What every hook begins with.
  static let common = #"""
    set -u
    case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
    # A line end in a name becomes this until the name is used, so that there is one name a line.
    mark=$(printf '\001')

    fail() {
      printf 'error: %s\n  help: %s\n' "$1" "$2" >&2
      exit 1
    }

    find_program() {
      if command -v spaceform >/dev/null 2>&1; then
        program=spaceform
      elif [ ! -x "$program" ]; then
        fail "checking the Spaces: spaceform is not on the PATH${program:+, and not at $program any more}" "$1"
      fi
    }
    """#

  private static let aboutPreCommit = #"""
    # Checks what is staged in every Spaceform project of the repository, and leaves the work tree alone. It may be copied as it is;
    # `spaceform hook install` writes the same text and keeps a hook that is there already. docs/hooks.md has more.
    """#

  private static let aboutPrePush = #"""
    # Plans what the pushed commits would change, offline: each commit's definitions against its lock. Stops the push when the
    # definitions have errors, or when the plan may not be carried out. It may be copied as it is; `spaceform hook install` writes the
    # same text and keeps a hook that is there already. docs/hooks.md has more.
    """#

  private static let preCommit = #"""
    if [ -n "$previous" ] && [ -x "$here/$previous" ]; then
      "$here/$previous" "$@" || exit
    fi

    # Front ends set these for calls of their own; below, patterns have to mean what they mean in git.
    unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS

    # The last line says that git came to its end.
    projects=$({ git ls-files -z -- ':(top,glob)**/spaceform.yaml' && printf '/\0'; } | tr '\n\000' '\001\n')
    case $projects in
      */) ;;
      *) fail 'checking the Spaces: git cannot list what is staged' "Look at what \`git status\` says." ;;
    esac

    status=0
    while IFS= read -r file; do
      if [ "$file" = / ]; then break; fi
      case $file in *"$mark"*) file=$(printf '%s.' "$file" | tr '\001' '\n') && file=${file%.} ;; esac
      folder=${file%spaceform.yaml}
      # Everything is below the top; only of other folders there is a question whether the commit touches them.
      if [ -n "$folder" ] && git diff --cached --quiet --no-ext-diff -- ":(top,literal)$folder"; then continue; fi
      find_program "Install it, or commit without this check: \`git commit --no-verify\`."
      if [ ! -f "./$file" ]; then
        fail "checking the Spaces: $file is staged and is not in the work tree" \
          "Bring it back with \`git checkout-index -- '$file'\`, or unstage it with \`git rm --cached '$file'\`."
      fi
      if [ -n "$folder" ]; then printf 'spaceform: %s\n' "$folder" >&2; fi
      "$program" validate --staged -C "./$folder" </dev/null || status=$?
    done <<END
    $projects
    END

    if [ "$status" -ne 0 ]; then
      printf '%s\n' "Nothing was committed. Correct what is named above and stage it; \`git commit --no-verify\` skips every hook." >&2
    fi
    exit "$status"
    """#

  private static let prePush = #"""
    # One line for each ref: its name here, the object to push, its name there, the object that is there.
    updates=$(cat)
    if [ -n "$previous" ] && [ -x "$here/$previous" ]; then
      if [ -n "$updates" ]; then
        "$here/$previous" "$@" <<END || exit
    $updates
    END
      else
        "$here/$previous" "$@" </dev/null || exit
      fi
    fi

    # Front ends set these for calls of their own; below, patterns have to mean what they mean in git.
    unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
    remote=${1-}

    # Whether what is pushed beyond the old object touches a folder; whatever cannot be told counts as touched.
    is_touched() {
      case $2 in
        *[!0]*) ! git diff --quiet --no-ext-diff "$2" "$1" -- ":(top,literal)$3" 2>/dev/null ;;
        *) [ -n "$(git rev-list --max-count=1 "$1" --not "--remotes=$remote" -- ":(top,literal)$3")" ] ;;
      esac
    }

    status=0
    seen=' '
    while IFS= read -r update; do
      # From the end, for the first name may be an expression with spaces in it.
      old=${update##* }
      new=${update% * *}
      new=${new##* }
      # Zeros: the ref is to be deleted. And what is no commit, as a tag may be, has no definitions.
      case $new in *[!0]*) ;; *) continue ;; esac
      commit=$(git rev-parse --verify --quiet "$new^{commit}") || continue
      case $seen in *" $commit $old "*) continue ;; esac
      seen="$seen$commit $old "

      projects=$({ git ls-tree -r -z --name-only --full-tree "$commit" && printf '/\0'; } | tr '\n\000' '\001\n' |
        LC_ALL=C sed -n -e '/^spaceform\.yaml$/p' -e '/\/spaceform\.yaml$/p' -e '/^\/$/p')
      case $projects in
        */) ;;
        *) fail "checking the Spaces: git cannot list the files of $commit" "Look at what \`git fsck\` says." ;;
      esac

      while IFS= read -r file; do
        if [ "$file" = / ]; then break; fi
        case $file in *"$mark"*) file=$(printf '%s.' "$file" | tr '\001' '\n') && file=${file%.} ;; esac
        folder=${file%spaceform.yaml}
        is_touched "$commit" "$old" "$folder" || continue
        place="${folder:-spaceform.yaml} at $(printf '%.12s' "$commit")"
        if [ ! -f "./$file" ]; then
          printf 'spaceform: %s was not checked, because it is not in the work tree\n' "$place" >&2
          continue
        fi
        find_program "Install it, or push without this check: \`git push --no-verify\`."
        printf 'spaceform: %s\n' "$place" >&2
        "$program" plan --refresh none --summary --revision "$commit" -C "./$folder" </dev/null >&2
        case $? in
          0) ;;
          1 | 3) status=1 ;;
          *) printf 'spaceform: %s was not checked, for the reason above\n' "$place" >&2 ;;
        esac
      done <<END
    $projects
    END
    done <<END
    $updates
    END

    if [ "$status" -ne 0 ]; then
      printf '%s\n' "Nothing was pushed. Correct what is named above and commit it; \`git push --no-verify\` skips this hook." >&2
    fi
    exit "$status"
    """#
}
