using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace DermAssistant.Channels.BotConnector;

/// <summary>Registers the bot endpoint.</summary>
public static class BotConnectorRegistration
{
    /// <summary>Adds what <see cref="BotConnectorEndpoint.MapBotConnector"/> serves.</summary>
    /// <remarks>Needs <see cref="IChatDesk"/> and <see cref="ITurnQueue"/>. The host has to call <see cref="BotConnectorOptions.Validate"/>, for only it knows where it listens.</remarks>
    public static IServiceCollection AddBotConnector(this IServiceCollection services, BotConnectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton(new BotConnections(options, Dns.GetHostAddressesAsync))
            .AddSingleton(provider => new AllowedHosts(options))
            .AddSingleton(provider => new BotTokens(options, Connections(provider).Services, Clock(provider), Log<BotTokens>(provider)))
            .AddSingleton(provider => new AccessTokens(options, Connections(provider).Services, Clock(provider)))
            .AddSingleton(provider => new ConnectorClient(
                Connections(provider).Services, provider.GetRequiredService<AccessTokens>(), provider.GetRequiredService<AllowedHosts>(), Clock(provider), Random.Shared.NextDouble))
            .AddSingleton(provider => new AttachedFiles(
                options, Connections(provider).Files, provider.GetRequiredService<AccessTokens>(), provider.GetRequiredService<AllowedHosts>(), Clock(provider), Log<AttachedFiles>(provider)))
            .AddSingleton(provider => new SeenDeliveries(Clock(provider)))
            .AddSingleton<SentAnswers>()
            .AddSingleton(provider => new BotTurn(
                provider.GetRequiredService<IChatDesk>(),
                provider.GetRequiredService<AttachedFiles>(),
                provider.GetRequiredService<SentAnswers>(),
                provider.GetRequiredService<ConnectorClient>(),
                Clock(provider),
                Log<BotTurn>(provider)))
            .AddSingleton<BotConnectorDoor>();
    }

    private static BotConnections Connections(IServiceProvider provider) => provider.GetRequiredService<BotConnections>();

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    private static ILogger<T> Log<T>(IServiceProvider provider) => provider.GetRequiredService<ILogger<T>>();
}
