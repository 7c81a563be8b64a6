using System.Net;
using DermAssistant.Channels;
using DermAssistant.Channels.DirectLine;

namespace DermAssistant.Web;

/// <summary>Reads and checks the server's options before anything is opened.</summary>
internal static class Configuration
{
    /// <exception cref="ChannelSetupException">A section holds something unknown or something that cannot be used.</exception>
    public static ServerOptions AddServerOptions(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var conversations = Section<ConversationSettings>(configuration, "Conversations");
        var turns = Section<TurnSettings>(configuration, "Turns");
        Require(conversations.Hours is > 0 and <= 24 * 365, "Conversations:Hours", "give more than 0 hours and no more than a year");
        var channels = new ChannelsOptions
        {
            DataDirectory = conversations.Directory ?? Path.Combine(DataFolders.FromEnvironment().User, "server"),
            KeyDirectory = conversations.KeyDirectory,
            ConversationLifetime = TimeSpan.FromHours(conversations.Hours),
            KeptPhotoSide = conversations.KeptPhotoSide,
            MaxRunningTurns = turns.Running,
            MaxWaitingTurns = turns.Waiting,
            MaxWaitingTurnsPerConversation = turns.WaitingPerConversation,
            MaxWaitingBytes = turns.WaitingMegabytes * 1_000_000L,
            DirectLine = Section<DirectLineOptions>(configuration, "DirectLine"),
        };
        channels.Validate();

        var options = new ServerOptions(channels, Section<LimitOptions>(configuration, "Limits"), Section<ProxyOptions>(configuration, "Proxy"), Section<ApiOptions>(configuration, "Api"));
        var limits = options.Limits;
        Require(limits is { RequestsPerMinute: >= 1, RequestBurst: >= 1, SessionsPerMinute: >= 1, ApiCallsPerMinute: >= 1 }, "Limits", "give at least 1 for each");
        Require(options.Api.Keys.All(key => key.Length >= 32), "Api:Keys", "give at least 32 random characters for each");
        Require(options.Api.MaxPhotos is >= 1 and <= 64, "Api:MaxPhotos", "give 1 to 64");
        foreach (var proxy in options.Proxy.Trusted)
            Require(IPNetwork.TryParse(proxy, out _) || IPAddress.TryParse(proxy, out _), $"Proxy:Trusted ({proxy})", "give addresses or networks, such as 10.0.0.7 or 10.0.0.0/8");
        builder.Services.AddSingleton(options);
        return options;
    }

    private static T Section<T>(ConfigurationManager configuration, string name)
        where T : new()
    {
        try
        {
            // A misspelt option that is ignored is a door somebody thinks is closed.
            return configuration.GetSection(name).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException failure)
        {
            throw new ChannelSetupException($"The section {name} of the configuration cannot be used: {failure.Message}", "docs/server.md lists the options of each section.");
        }
    }

    private static void Require(bool holds, string option, string remedy)
    {
        if (!holds) throw new ChannelSetupException($"The option {option} cannot be used.", $"For {option}, {remedy}.");
    }
}
