namespace DermAssistant.Hosts;

/// <summary>Where the data lie.</summary>
/// <param name="BuiltIn">What ships with the product (<c>ontology</c>, <c>prompts</c>, <c>models</c>, <c>cases</c>); never written to.</param>
/// <param name="User">What the user added: packs, the choice of the default pack, conversations, caches. Made on first write.</param>
internal sealed record DataFolders(string BuiltIn, string User)
{
    public string Ontology => Path.Combine(BuiltIn, "ontology");

    public string Prompts => Path.Combine(BuiltIn, "prompts");

    public string BuiltInPacks => Path.Combine(BuiltIn, "models");

    public string UserPacks => Path.Combine(User, "models");

    public string BuiltInCases => Path.Combine(BuiltIn, "cases");

    public string UserCases => Path.Combine(User, "cases");

    public string Conversations => Path.Combine(User, "conversations");

    public string Cache => Path.Combine(User, "cache");

    /// <summary>Built-in data beside the executable; user data under <c>DERM_HOME</c>, else the user's data folder (XDG_DATA_HOME).</summary>
    public static DataFolders FromEnvironment()
    {
        var home = Environment.GetEnvironmentVariable("DERM_HOME");
        if (string.IsNullOrWhiteSpace(home))
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            home = Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "dermassistant");
        }
        return new DataFolders(AppContext.BaseDirectory, Path.GetFullPath(home));
    }
}
