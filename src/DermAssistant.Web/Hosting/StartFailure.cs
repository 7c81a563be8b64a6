using DermAssistant.Agent;
using DermAssistant.Cases;
using DermAssistant.Channels;

namespace DermAssistant.Web;

/// <summary>Why the server does not start, for whoever starts it.</summary>
internal static class StartFailure
{
    /// <summary>What is wrong and what to do, or null for a fault of the program itself.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        ChannelSetupException channels => Words(channels.Message, channels.Hint),
        AgentSetupException agent => Words(agent.Message, agent.Hint),
        CaseStoreException cases => Words(cases.Message, cases.Hint),
        IOException address => Words(address.Message, "Another program may use the address: set Urls to another one, for example Urls=http://127.0.0.1:5081."),
        _ => null,
    };

    private static string Words(string message, string hint) => $"error: {message}\n{hint}";
}
