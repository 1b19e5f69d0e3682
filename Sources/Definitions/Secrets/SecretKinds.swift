extension SecretKind {
  /// Every kind there is. Of those with a common prefix the longer one comes first.
  ///
  /// Prefixes, characters and lengths are those the issuers publish or that their tokens are known to have; where an issuer gives its
  /// tokens a checksum it is verified.
  static let all: [SecretKind] = hub + code + cloud + models + services + [privateKey, urlPassword]

  private static let mixed: [ByteSet] = [.upper, .lower]
  private static let mixedWithDigits: [ByteSet] = [.upper, .lower, .digits]

  private static let hub = [
    SecretKind(
      "a Hugging Face OAuth token", "hf_oauth_", body: run(.urlSafe + ByteSet("."), 20...4096, needs: mixedWithDigits)),
    SecretKind(
      "a Hugging Face session token", "hf_jwt_", body: run(.urlSafe + ByteSet("."), 20...4096, needs: mixedWithDigits)),
    SecretKind("a Hugging Face access token", "hf_", body: run(.alphanumerics, 34...128, needs: mixed)),
    SecretKind("a Hugging Face organisation token", "api_org_", body: run(.alphanumerics, 34...128, needs: mixed)),
  ]

  private static let code =
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map {
      SecretKind("a GitHub token", $0, body: run(.alphanumerics, 36...36, hasChecksum: true))
    } + [
      SecretKind("a GitHub access token", "github_pat_", body: parts(.alphanumerics, [22, 59], between: "_")),
      SecretKind("a GitLab access token", "glpat-", body: run(.urlSafe + ByteSet("."), 20...320)),
      SecretKind("a GitLab deploy token", "gldt-", body: run(.urlSafe, 20...64)),
      SecretKind("a GitLab runner token", "glrt-", body: run(.urlSafe + ByteSet("."), 20...320)),
      SecretKind("a GitLab trigger token", "glptt-", body: run(.hex, 40...40)),
      SecretKind("an npm token", "npm_", body: run(.alphanumerics, 36...36, hasChecksum: true)),
      SecretKind("a PyPI token", "pypi-AgE", body: run(.urlSafe, 80...1024)),
      SecretKind("a Docker Hub token", "dckr_pat_", body: run(.urlSafe, 27...27)),
      SecretKind("a Docker Hub token", "dckr_oat_", body: run(.urlSafe, 32...32)),
    ]

  private static let cloud = [
    SecretKind("an AWS access key", "AKIA", body: awsKey),
    SecretKind("a temporary AWS access key", "ASIA", body: awsKey),
    SecretKind("a Google API key", "AIza", body: googleKey),
    SecretKind("a Google OAuth client secret", "GOCSPX-", body: run(.urlSafe, 28...28)),
    SecretKind("an Azure storage key", "AccountKey=", body: azureKey),
    SecretKind("a DigitalOcean token", "dop_v1_", body: run(.hex, 64...64)),
    SecretKind("a DigitalOcean token", "doo_v1_", body: run(.hex, 64...64)),
    SecretKind("a DigitalOcean token", "dor_v1_", body: run(.hex, 64...64)),
    SecretKind("a Databricks token", "dapi", body: run(.hex, 32...32)),
    SecretKind("a Supabase token", "sbp_", body: run(.hex, 40...40)),
  ]

  private static let models = [
    SecretKind("an Anthropic API key", "sk-ant-", body: run(.urlSafe, 80...160, needs: mixed)),
    SecretKind("an OpenRouter API key", "sk-or-v1-", body: run(.hex, 64...64)),
    SecretKind("an OpenAI API key", "sk-proj-", body: run(.urlSafe, 40...200, needs: mixedWithDigits)),
    SecretKind("an OpenAI API key", "sk-svcacct-", body: run(.urlSafe, 40...200, needs: mixedWithDigits)),
    SecretKind("an OpenAI API key", "sk-admin-", body: run(.urlSafe, 40...200, needs: mixedWithDigits)),
    SecretKind("an API key", "sk-", body: plainKey),
    SecretKind("a Groq API key", "gsk_", body: run(.alphanumerics, 52...52, needs: mixed)),
    SecretKind("a Replicate token", "r8_", body: run(.alphanumerics, 37...37, needs: mixed)),
    SecretKind("a Perplexity API key", "pplx-", body: run(.alphanumerics, 48...48)),
    SecretKind("an xAI API key", "xai-", body: run(.word, 80...80, needs: mixed)),
    SecretKind("an NVIDIA API key", "nvapi-", body: run(.urlSafe, 64...64, needs: mixed)),
    SecretKind("a LangSmith API key", "lsv2_pt_", body: parts(.hex, [32, 10], between: "_")),
    SecretKind("a LangSmith API key", "lsv2_sk_", body: parts(.hex, [32, 10], between: "_")),
    SecretKind("a Tavily API key", "tvly-", body: run(.alphanumerics + ByteSet("-"), 32...64, needs: mixed)),
    SecretKind("an ElevenLabs API key", "sk_", body: run(.hex, 48...48)),
  ]

  private static let services =
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-"].map {
      SecretKind("a Slack token", $0, body: run(.alphanumerics + ByteSet("-"), 24...300, needs: [.digits]))
    } + [
      SecretKind("a Slack app token", "xapp-1-", body: run(.alphanumerics + ByteSet("-"), 60...200)),
      SecretKind("a Slack webhook", "//hooks.slack.com/services/", body: run(.alphanumerics + ByteSet("/"), 40...80)),
      SecretKind("a Discord webhook", "//discord.com/api/webhooks/", body: run(.urlSafe + ByteSet("/"), 78...110)),
      SecretKind("a Stripe key", "sk_live_", body: run(.alphanumerics, 24...247)),
      SecretKind("a Stripe key", "rk_live_", body: run(.alphanumerics, 24...247)),
      SecretKind("a SendGrid API key", "SG.", body: sendGridKey),
      SecretKind("a Telegram bot token", ":AA", body: telegramToken),
      SecretKind("an age key", "AGE-SECRET-KEY-1", body: run(.upper + .digits, 58...58)),
    ]
}
